import type { LucideIcon } from 'lucide-react';
import { useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode, cloneElement } from 'react';
import { useNavigate } from 'react-router';
import { classes } from './classes';

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  /** What it does, … */
  onSelect?: () => void;
  /** … or where it goes, … */
  to?: string;
  /** … or what it downloads. */
  href?: string;
  danger?: boolean;
  disabled?: boolean;
}

const GAP = 4;

/** Puts the menu below its button, or above where there is no room, inside the window. */
function place(menu: HTMLElement, button: HTMLElement) {
  const from = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + GAP + height <= window.innerHeight;
  menu.style.top = `${Math.max(GAP, below ? from.bottom + GAP : from.top - GAP - height)}px`;
  menu.style.left = `${Math.min(Math.max(GAP, from.right - width), window.innerWidth - width - GAP)}px`;
}

/** A button that opens a list of things to do. Arrows, Home, End and letters move; Escape closes. */
export function Menu({
  trigger,
  items,
  header,
}: {
  /** The button; it is given what opens the menu. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuItem[];
  /** Above the items. */
  header?: ReactNode;
}) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const button = () => document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(id)}"]`);
  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)') ?? [])];

  const toggled = (event: { newState: string }) => {
    const open = event.newState === 'open';
    button()?.setAttribute('aria-expanded', String(open));
    const from = button();
    if (!open || menu.current === null || from === null) return;
    place(menu.current, from);
    // The browser tells of the opening a little later: somebody may have chosen an entry by then.
    if (!menu.current.contains(document.activeElement)) entries()[0]?.focus();
  };
  const moved = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const byLetter = () =>
      [...all.slice(at + 1), ...all.slice(0, at + 1)].find((entry) =>
        entry.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()),
      );
    const next: Record<string, () => HTMLElement | undefined> = {
      ArrowDown: () => all[(at + 1) % all.length],
      ArrowUp: () => all[(at - 1 + all.length) % all.length],
      Home: () => all[0],
      End: () => all.at(-1),
    };
    if (event.key === 'Tab') menu.current?.hidePopover();
    const target = next[event.key]?.() ?? (event.key.length === 1 && event.key !== ' ' ? byLetter() : undefined);
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };
  const choose = (item: MenuItem) => {
    menu.current?.hidePopover();
    button()?.focus();
    if (item.to !== undefined) void navigate(item.to);
    item.onSelect?.();
  };
  const shape = (item: MenuItem) =>
    classes(
      'flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left outline-offset-[-2px]',
      'focus:bg-hover hover:bg-hover disabled:opacity-50',
      item.danger && 'text-bad',
    );
  return (
    <>
      {cloneElement(trigger, { popoverTarget: id, 'aria-haspopup': 'menu' })}
      <div
        ref={menu}
        id={id}
        popover="auto"
        onToggle={toggled}
        className="fixed inset-auto m-0 min-w-44 max-w-[calc(100vw-1rem)] rounded-lg border bg-raised p-1 text-ink shadow-float"
      >
        {header}
        <div role="menu" tabIndex={-1} onKeyDown={moved}>
          {items.map((item) => {
            const Icon = item.icon;
            const content = (
              <>
                {Icon && <Icon size={16} className="shrink-0" aria-hidden />}
                {item.label}
              </>
            );
            return item.href === undefined ? (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                disabled={item.disabled}
                className={shape(item)}
                onClick={() => choose(item)}
              >
                {content}
              </button>
            ) : (
              <a
                key={item.label}
                role="menuitem"
                tabIndex={-1}
                href={item.href}
                download
                className={shape(item)}
                onClick={() => menu.current?.hidePopover()}
              >
                {content}
              </a>
            );
          })}
        </div>
      </div>
    </>
  );
}
