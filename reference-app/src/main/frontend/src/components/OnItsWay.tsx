import type { ReactNode } from 'react';
import type { ApiProblem } from '@/api/problem';
import { ProgressBar } from './small';
import { ErrorState } from './states';

/** A file on its way in: what is done with it, how far that is, and what can be done about it. */
export function OnItsWay({
  name,
  words,
  detail,
  progress,
  problem,
  actions,
}: {
  name: ReactNode;
  /** What is done with it. */
  words: string;
  /** How far that is, behind the words. */
  detail?: ReactNode;
  /** 0 to 1; null where it can't be told; nothing where nothing goes on. */
  progress?: { of: string; value: number | null } | undefined;
  problem?: ApiProblem | null;
  actions?: ReactNode;
}) {
  return (
    <li className="rounded-lg border bg-surface px-4 py-2.5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="min-w-0 font-medium break-all">{name}</span>
            <span className="text-sm text-soft tabular-nums">
              {words}
              {detail}
            </span>
          </p>
          {progress && (
            <div className="mt-1.5">
              <ProgressBar value={progress.value} label={`${words} ${progress.of}`} />
            </div>
          )}
        </div>
        {actions}
      </div>
      {problem && (
        <div className="mt-2">
          <ErrorState error={problem} compact />
        </div>
      )}
    </li>
  );
}
