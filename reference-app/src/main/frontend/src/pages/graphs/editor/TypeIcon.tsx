import { createElement } from 'react';
import { iconOf } from './icons';

/** The picture of a type of node; of an unknown one, a question mark. */
export function TypeIcon({ type, size = 15 }: { type: { id: string; category: string } | undefined; size?: number }) {
  return createElement(iconOf(type), { size, className: 'mt-0.5 shrink-0 text-accent', 'aria-hidden': true });
}
