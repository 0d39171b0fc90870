import { compactNumber, dollars, millis } from '@/components/format';
import type { NodeRun } from '../shapes';

/** How long a node took and what it used of language models, in a line. */
export function usageOf({ millis: took, tokens, cost }: NodeRun): string {
  return [took === null ? '' : millis(took), tokens ? `${compactNumber(tokens)} tokens` : '', cost ? dollars(cost) : '']
    .filter(Boolean)
    .join(' · ');
}
