import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '@/components/Button';
import { placeAmong } from './branch';
import type { Message } from './shapes';

/** Goes between the branches that begin with a message and those beside it. */
export function Switcher({
  message,
  what,
  isIdle,
  onChoose,
}: {
  message: Message;
  what: 'question' | 'answer';
  isIdle: boolean;
  onChoose: (number: number) => void;
}) {
  const place = placeAmong(message);
  if (place === null) return null;
  const { at, of, before, after } = place;
  return (
    <span role="group" aria-label={`Versions of this ${what}`} className="inline-flex items-center text-sm text-soft">
      <IconButton
        size="small"
        icon={ChevronLeft}
        label={`Show the ${what} before`}
        disabled={before === null || !isIdle}
        onClick={() => before !== null && onChoose(before)}
      />
      <span className="px-0.5 tabular-nums">
        {at}
        <span aria-hidden>/</span>
        <span className="sr-only"> of </span>
        {of}
      </span>
      <IconButton
        size="small"
        icon={ChevronRight}
        label={`Show the ${what} after`}
        disabled={after === null || !isIdle}
        onClick={() => after !== null && onChoose(after)}
      />
    </span>
  );
}
