import { CircleAlert, Lock, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { ApiProblem } from '@/api/problem';
import { Button } from './Button';
import { classes } from './classes';
import { CopyButton } from './CopyButton';

/** What a place shows that has nothing to show yet: why, and what to do first. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <Icon size={28} strokeWidth={1.5} className="text-edge" aria-hidden />
      <h2 className="text-lg font-semibold">{title}</h2>
      {children && <div className="max-w-md text-soft">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** A failure: what happened, what to do, and the id to name when asking for help. */
export function ErrorState({ error, retry, compact }: { error: unknown; retry?: () => void; compact?: boolean }) {
  const problem = ApiProblem.of(error);
  // A wrong password is no missing right: what was typed can be mended on the spot.
  if (problem.status === 403 && problem.code !== 'PASSWORD_WRONG')
    return <NoPermission detail={problem.message} mend={problem.mend} />;
  return (
    <div
      role="alert"
      className={classes(
        'rounded-lg border border-bad/40 bg-bad-wash text-ink',
        compact ? 'p-3' : 'mx-auto max-w-2xl p-4',
      )}
    >
      <div className="flex gap-3">
        <CircleAlert size={18} className="mt-0.5 shrink-0 text-bad" aria-hidden />
        <div className="min-w-0 grow">
          <p className="font-semibold break-words">{problem.message}</p>
          {problem.mend && <p className="mt-0.5 break-words">{problem.mend}</p>}
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
            {retry && (
              <Button size="small" onClick={retry}>
                Try again
              </Button>
            )}
            <span className="font-mono">{problem.code}</span>
            {problem.traceId && (
              <span className="inline-flex items-center gap-1">
                <span className="font-mono break-all">{problem.traceId}</span>
                <CopyButton text={problem.traceId} label="Copy the id of this failure" />
              </span>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Why what a form sends was refused; comes into sight by itself, below what may be a long form. */
export function Refusal({ error }: { error: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not given back: newer browsers answer with a promise, which is nothing to clean up with.
    void place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className="w-full">
      <ErrorState error={error} compact />
    </div>
  );
}

/** Somebody is signed in, but may not do this. */
export function NoPermission({ detail, mend }: { detail?: string; mend?: string }) {
  return (
    <EmptyState icon={Lock} title="You may not see this">
      <p>{detail ?? 'Your role doesn’t include it.'}</p>
      <p>{mend || 'Ask an administrator of your organisation for the right.'}</p>
    </EmptyState>
  );
}

/** Grey bars where something will be; says once to screen readers that it loads. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="flex flex-col gap-3 py-1">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div
          key={line}
          aria-hidden
          className={classes('h-4 animate-pulse rounded bg-hover', line % 3 === 2 ? 'w-2/3' : 'w-full')}
        />
      ))}
    </div>
  );
}
