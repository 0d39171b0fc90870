import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  History,
  LoaderCircle,
  Pin,
  SkipForward,
  UserCheck,
  type LucideIcon,
} from 'lucide-react';
import type { Tone } from '@/components/small';
import type { NodeState, RunState } from '../shapes';

export interface Look {
  word: string;
  icon: LucideIcon;
  tone: Tone;
  spins?: boolean;
}

/** How a state shows: never by colour alone. */
export const LOOKS: Record<NodeState | RunState, Look> = {
  idle: { word: 'Idle', icon: CircleDashed, tone: 'plain' },
  queued: { word: 'Queued', icon: Clock, tone: 'plain' },
  running: { word: 'Running', icon: LoaderCircle, tone: 'accent', spins: true },
  waiting: { word: 'Waits for you', icon: UserCheck, tone: 'warn' },
  done: { word: 'Done', icon: CircleCheck, tone: 'good' },
  failed: { word: 'Failed', icon: CircleAlert, tone: 'bad' },
  skipped: { word: 'Skipped', icon: SkipForward, tone: 'plain' },
  cached: { word: 'Reused', icon: History, tone: 'good' },
  pinned: { word: 'Pinned', icon: Pin, tone: 'accent' },
  cancelled: { word: 'Stopped', icon: CircleSlash, tone: 'warn' },
};

export const TEXT_TONES: Record<Tone, string> = {
  plain: 'text-soft',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  accent: 'text-accent-strong',
};
