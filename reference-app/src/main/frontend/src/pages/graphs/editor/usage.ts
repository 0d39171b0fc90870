import { compactNumber, millis } from '@/components/format';
import type { NodeRun } from '../shapes';

/** A price, to the hundredth of a cent where it is small. */
export const dollars = (cost: number): string => `$${cost.toFixed(cost < 1 ? 4 : 2)}`;

/** How long a node took and what it used of language models, in a line. */
export function usageOf({ millis: took, tokens, cost }: NodeRun): string {
  return [took === null ? '' : millis(took), tokens ? `${compactNumber(tokens)} tokens` : '', cost ? dollars(cost) : '']
    .filter(Boolean)
    .join(' · ');
}
