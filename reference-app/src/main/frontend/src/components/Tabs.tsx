import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { classes } from './classes';

export interface Tab {
  id: string;
  title: string;
  /** A number beside the title. */
  count?: number;
  content: ReactNode;
}

/** Parts of a page of which one shows; which one is kept in the address. */
export function Tabs({ tabs, name = 'tab', label }: { tabs: Tab[]; name?: string; label: string }) {
  const [params, setParams] = useSearchParams();
  const id = useId();
  const chosen = tabs.find((tab) => tab.id === params.get(name)) ?? tabs[0];
  if (chosen === undefined) return null;
  const show = (tab: Tab) =>
    setParams(
      (before) => {
        before.set(name, tab.id);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  const moved = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.id}`)}`)?.focus();
  };
  return (
    <div>
      <div
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={moved}
        className="mb-4 flex gap-1 overflow-x-auto border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => show(tab)}
            className={classes(
              '-mb-px border-b-2 px-3 py-2 whitespace-nowrap outline-offset-[-3px]',
              tab === chosen
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-soft hover:border-edge/50 hover:text-ink',
            )}
          >
            {tab.title}
            {tab.count !== undefined && <span className="ml-1.5 text-xs text-soft tabular-nums">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen.id}`}>
        {chosen.content}
      </div>
    </div>
  );
}
