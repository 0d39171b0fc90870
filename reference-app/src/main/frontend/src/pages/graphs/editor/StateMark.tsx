import { classes } from '@/components/classes';
import type { NodeState, RunState } from '../shapes';
import { LOOKS, TEXT_TONES } from './states';

/** A state as picture, word and colour. */
export function StateMark({ state, detail }: { state: NodeState | RunState; detail?: string }) {
  const { word, icon: Icon, tone, spins } = LOOKS[state] ?? LOOKS.idle;
  return (
    <span className={classes('inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap', TEXT_TONES[tone])}>
      <Icon size={13} className={classes('shrink-0', spins && 'animate-spin')} aria-hidden />
      {word}
      {detail && <span className="font-normal text-soft tabular-nums">{detail}</span>}
    </span>
  );
}
