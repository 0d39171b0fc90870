import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '@/components/classes';
import type { Conversation } from './shapes';

const MARK = 'message-';

/** Where a conversation opens: at what was said, where it was found by that. */
export function placeOf({ id, said }: Conversation): string {
  return `/assistant/${id}${said === null ? '' : `#${MARK}${said.message}`}`;
}

/** The number of the message that an address asks for; null for none. */
export function wantedOf(hash: string): number | null {
  const [, number] = /^#message-([1-9]\d{0,8})$/.exec(hash) ?? [];
  return number === undefined ? null : Number(number);
}

/** The place of a message on the page; null when it is not there. */
export function placeOnPage(number: number): HTMLElement | null {
  return document.getElementById(MARK + number);
}

/** A message with its place, marked when it is the one that was found; then it can take the focus. */
export function Spot({ number, isFound, children }: { number: number; isFound: boolean; children: ReactNode }) {
  return (
    <div
      id={MARK + number}
      className={classes(
        'scroll-mt-18',
        isFound && '-m-2 rounded-xl bg-accent-wash/60 p-2 ring-2 ring-accent/70 outline-none',
      )}
      {...(isFound && { role: 'group', tabIndex: -1, 'aria-label': 'The message that was found' })}
    >
      {isFound && (
        <p aria-hidden className="mb-2 flex items-center gap-1.5 text-xs font-medium text-accent-strong">
          <Search size={13} />
          Found here
        </p>
      )}
      {children}
    </div>
  );
}
