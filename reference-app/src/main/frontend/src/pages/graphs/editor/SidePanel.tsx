import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '@/components/classes';
import { useEditor, useEditorStore, type Panel } from '../model/editorStore';

export interface Side {
  id: Panel;
  title: string;
  count?: number;
  content: () => ReactNode;
}

/** What stands beside the canvas, one part at a time. */
export function SidePanel({ sides, className }: { sides: Side[]; className?: string }) {
  const store = useEditorStore();
  const panel = useEditor((state) => state.panel);
  const id = useId();
  const chosen = sides.find((side) => side.id === panel) ?? sides[0];
  if (chosen === undefined) return null;
  const moved = (event: KeyboardEvent<HTMLElement>) => {
    const at = sides.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: sides.length - 1 }[event.key];
    const next = to === undefined ? undefined : sides.at(to % sides.length);
    if (next === undefined) return;
    event.preventDefault();
    store.set({ panel: next.id });
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.id}`)}`)?.focus();
  };
  return (
    <aside aria-label="Details" className={classes('flex min-h-0 flex-col bg-surface', className)}>
      <div role="tablist" tabIndex={-1} aria-label="Details" onKeyDown={moved} className="flex border-b px-1">
        {sides.map((side) => (
          <button
            key={side.id}
            id={`${id}-${side.id}`}
            type="button"
            role="tab"
            aria-selected={side === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={side === chosen ? 0 : -1}
            onClick={() => store.set({ panel: side.id })}
            className={classes(
              '-mb-px border-b-2 px-2.5 py-2 text-sm whitespace-nowrap outline-offset-[-3px]',
              side === chosen ? 'border-accent font-medium text-ink' : 'border-transparent text-soft hover:text-ink',
            )}
          >
            {side.title}
            {side.count !== undefined && side.count > 0 && (
              <span className="ml-1.5 rounded-full bg-bad-wash px-1.5 text-xs font-medium text-bad tabular-nums">
                {side.count}
              </span>
            )}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${chosen.id}`}
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto p-4 outline-offset-[-2px]"
      >
        {chosen.content()}
      </div>
    </aside>
  );
}
