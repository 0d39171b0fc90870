import { ArrowUp, Square } from 'lucide-react';
import type { ComponentProps, KeyboardEvent, ReactNode, RefObject } from 'react';
import { IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { Key } from '@/components/small';

const LONGEST = 100_000;

/** What a text box with Enter, Shift-Enter, Escape and Up does; composing characters is left alone. */
export function pressed(
  event: KeyboardEvent<HTMLTextAreaElement>,
  actions: { send: () => void; escape?: (() => void) | undefined; up?: (() => void) | undefined },
): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    actions.send();
  } else if (event.key === 'Escape' && actions.escape) {
    event.preventDefault();
    actions.escape();
  } else if (event.key === 'ArrowUp' && event.currentTarget.value === '' && actions.up) {
    event.preventDefault();
    actions.up();
  }
}

/** A text box as high as its text, up to a limit. */
export function GrowingBox({ value, className, ...rest }: ComponentProps<'textarea'> & { value: string }) {
  const place = 'col-start-1 row-start-1 max-h-60 min-w-0 break-words whitespace-pre-wrap';
  return (
    <div className="grid">
      <div aria-hidden className={classes(place, 'invisible overflow-hidden', className)}>
        {value}{' '}
      </div>
      <textarea {...rest} value={value} rows={1} className={classes(place, 'resize-none bg-transparent', className)} />
    </div>
  );
}

/** Where questions are written. */
export function Composer({
  box,
  text,
  onText,
  onSend,
  onStop,
  onEditLast,
  answering,
  stopping,
  disabled,
  chips,
  choosers,
  note,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
  /** Nothing where there is no question yet. */
  onEditLast: (() => void) | undefined;
  answering: boolean;
  stopping: boolean;
  /** Why nothing can be asked here. */
  disabled?: string | undefined;
  chips: ReactNode;
  choosers: ReactNode;
  /** Below the box. */
  note?: ReactNode;
}) {
  const send = () => {
    if (text.trim() !== '' && !answering) onSend();
  };
  return (
    <form
      aria-label="Your question"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div
        className={classes(
          'rounded-xl border border-edge/70 bg-surface shadow-card transition-colors focus-within:border-accent',
          'focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
        )}
      >
        {chips}
        <GrowingBox
          ref={box}
          value={text}
          maxLength={LONGEST}
          disabled={disabled !== undefined}
          placeholder={disabled ?? 'Ask about your data or documents'}
          aria-label="Question"
          aria-describedby="composer-keys"
          aria-keyshortcuts="Enter Escape ArrowUp"
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => pressed(event, { send, escape: answering ? onStop : undefined, up: onEditLast })}
          className="min-h-11 px-3.5 pt-2.5 pb-1 text-lg outline-none placeholder:text-soft disabled:cursor-not-allowed"
        />
        <div className="flex items-end gap-2 px-2 pb-2">
          <div className="flex min-w-0 grow flex-wrap items-center gap-1">{choosers}</div>
          {answering ? (
            <IconButton
              icon={Square}
              look="plain"
              label={stopping ? 'Stopping' : 'Stop the answer (Escape)'}
              busy={stopping}
              disabled={stopping}
              onClick={onStop}
            />
          ) : (
            <IconButton
              icon={ArrowUp}
              look="primary"
              type="submit"
              label="Send (Enter)"
              disabled={disabled !== undefined || text.trim() === ''}
            />
          )}
        </div>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-1 text-xs text-soft">
        <span id="composer-keys" className="hidden items-center gap-1 md:flex">
          <Key>Enter</Key> sends, <Key>Shift Enter</Key> begins a line, <Key>Esc</Key> stops, <Key>↑</Key> edits the
          last question
        </span>
        {note}
      </div>
    </form>
  );
}
