import { useEffect, type ReactNode } from 'react';
import { classes } from './classes';

/** Sets the title of the window while the component shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Studio`;
  }, [title]);
}

/** A page: its title, what can be done on it, and its content. */
export function Page({
  title,
  lead,
  actions,
  wide,
  children,
}: {
  title: string;
  /** A line below the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** As wide as the window, for tables and canvases. */
  wide?: boolean;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={classes('mx-auto w-full px-4 pt-5 pb-10 sm:px-6', wide ? 'max-w-[110rem]' : 'max-w-6xl')}>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
          {lead && <div className="mt-0.5 max-w-prose text-soft">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a heading. */
export function Section({
  title,
  actions,
  children,
  className,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={classes('min-w-0 rounded-lg border bg-surface', className)}>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b px-4 py-1.5">
        <h2 className="font-semibold">{title}</h2>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      <div className="p-4">{children}</div>
    </section>
  );
}
