import type { ReactNode } from 'react';
import { classes } from './classes';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

const TONES: Record<Tone, string> = {
  plain: 'bg-hover text-soft',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
  accent: 'bg-accent-wash text-accent-strong',
};

/** A word or two that mark something. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classes('inline-flex items-center rounded px-1.5 text-xs font-medium whitespace-nowrap', TONES[tone])}
    >
      {children}
    </span>
  );
}

/** How far something is. */
export function ProgressBar({ value, label }: { value: number | null; label: string }) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div
        className={classes(
          'h-full rounded-full bg-accent transition-[width]',
          percent === null && 'w-1/3 animate-pulse',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return <kbd className="rounded border border-edge/50 bg-surface px-1 font-sans text-xs text-soft">{children}</kbd>;
}

/** Facts in two columns. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A note beside the content: a warning, a hint. */
export function Note({ tone = 'plain', children }: { tone?: Exclude<Tone, 'accent'>; children: ReactNode }) {
  const edge = { plain: 'border-line', good: 'border-good/40', warn: 'border-warn/40', bad: 'border-bad/40' }[tone];
  return (
    <div
      className={classes('rounded-md border px-3 py-2', edge, tone === 'plain' ? 'bg-sunken' : TONES[tone], 'text-ink')}
    >
      {children}
    </div>
  );
}
