import { useQuery } from '@tanstack/react-query';
import { Database, FileText, Plus, SunMoon, Workflow, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import type { Page } from '@/api/shapes';
import { classes } from '@/components/classes';
import { PLACES } from './places';
import { useSession } from './session';
import { chooseTheme, useIsDark } from './theme';

interface Command {
  id: string;
  title: string;
  kind: string;
  icon: LucideIcon;
  run: () => void;
}

const MOST_SHOWN = 12;

/** Words of the search in any order, each the start of some word of the title. */
function matches(title: string, search: string): boolean {
  const words = title.toLowerCase().split(/[\s._-]+/);
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}

function useThings(
  kind: string,
  path: string,
  icon: LucideIcon,
  allowed: boolean,
  go: (to: string) => void,
): Command[] {
  const { data } = useQuery({
    queryKey: ['palette', path],
    queryFn: () => api.get<Page<{ id: string; name: string }>>(path, { limit: 200 }),
    enabled: allowed,
  });
  return (data?.items ?? []).map(({ id, name }) => ({ id, title: name, kind, icon, run: () => go(`${path}/${id}`) }));
}

/** Ctrl-K: goes to a page, a data set, a graph or a document, or does something, by a few letters. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { scopes } = useSession();
  const navigate = useNavigate();
  const dark = useIsDark();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);

  const go = (to: string) => void navigate(to);
  const places = PLACES.flatMap((group) => group.places).filter(
    ({ scope }) => scope === undefined || scopes.includes(scope),
  );
  const commands: Command[] = [
    ...places.map(({ path, title, icon }) => ({ id: path, title, kind: 'Page', icon, run: () => go(path) })),
    ...(scopes.includes('dataset:edit')
      ? [{ id: 'upload', title: 'Upload a data set', kind: 'Action', icon: Plus, run: () => go('/datasets?add=file') }]
      : []),
    {
      id: 'theme',
      title: dark ? 'Use the light theme' : 'Use the dark theme',
      kind: 'Action',
      icon: SunMoon,
      run: () => chooseTheme(dark ? 'light' : 'dark'),
    },
    ...useThings('Data set', '/datasets', Database, scopes.includes('dataset:get'), go),
    ...useThings('Graph', '/graphs', Workflow, scopes.includes('graph:get'), go),
    ...useThings('Document', '/documents', FileText, scopes.includes('document:get'), go),
  ];
  const found = commands.filter(({ title }) => matches(title, search)).slice(0, MOST_SHOWN);
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Go to or do"
      onClose={onClose}
      className="mt-[12dvh] w-[calc(100vw-1.5rem)] max-w-xl overflow-hidden rounded-xl border bg-raised shadow-float backdrop:bg-black/35"
    >
      <input
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        aria-label="Go to or do"
        placeholder="Go to a page, a data set, a graph…"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
        className="h-12 w-full border-b bg-transparent px-4 text-lg outline-none placeholder:text-soft"
      />
      <div role="listbox" id={`${id}-list`} aria-label="Found" className="max-h-[50dvh] overflow-y-auto p-1.5">
        {found.map((command) => {
          const Icon = command.icon;
          return (
            <div
              key={command.id}
              id={`${id}-${command.id}`}
              role="option"
              aria-selected={command === chosen}
              tabIndex={-1}
              onClick={() => run(command)}
              onKeyDown={(event) => event.key === 'Enter' && run(command)}
              className={classes(
                'flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-3',
                command === chosen ? 'bg-accent-wash' : 'hover:bg-hover',
              )}
            >
              <Icon size={16} className="shrink-0 text-soft" aria-hidden />
              <span className="min-w-0 grow truncate">{command.title}</span>
              <span className="text-xs text-soft">{command.kind}</span>
            </div>
          );
        })}
        {found.length === 0 && <p className="px-3 py-4 text-center text-soft">Nothing is called “{search}”</p>}
      </div>
    </dialog>
  );
}
