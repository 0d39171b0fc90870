import { CircleUserRound, Ellipsis, LogOut, Search, Settings, UserRound } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { api, rememberSignIn } from '@/api/http';
import { IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { Dialog } from '@/components/Dialog';
import { Menu } from '@/components/Menu';
import { Key } from '@/components/small';
import { toastFailed } from '@/components/Toasts';
import { useFormats } from './formats';
import { Mark } from './Mark';
import { PLACES, type Place } from './places';
import { useSession } from './session';
import { Status } from './Status';

const Palette = lazy(() => import('./CommandPalette'));

/** How many places the bar of a narrow window has; the rest is behind “More”. */
const IN_BAR = 4;

/** The places that whoever is signed in may see. */
function usePlaces() {
  const { scopes } = useSession();
  return PLACES.map((group) => ({
    ...group,
    places: group.places.filter(({ scope }) => scope === undefined || scopes.includes(scope)),
  })).filter((group) => group.places.length > 0);
}

function RailLink({ place: { path, title, icon: Icon }, onClick }: { place: Place; onClick?: () => void }) {
  return (
    <NavLink
      to={path}
      end={path === '/'}
      title={title}
      onClick={onClick}
      className={({ isActive }) =>
        classes(
          'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 outline-offset-[-2px]',
          isActive ? 'bg-accent-wash font-medium text-accent-strong' : 'text-soft hover:bg-hover hover:text-ink',
        )
      }
    >
      <Icon size={18} strokeWidth={1.75} className="shrink-0" aria-hidden />
      <span className="sm:max-lg:sr-only">{title}</span>
    </NavLink>
  );
}

function Account({ named }: { named?: boolean }) {
  const { user, organisation, mode } = useSession();
  const signOut = async () => {
    try {
      await api.post('/auth/sign-out');
      rememberSignIn(false);
      // Loading the page anew leaves nothing in memory of what was shown.
      location.assign('/sign-in');
    } catch (error) {
      toastFailed(error);
    }
  };
  const single = mode === 'single-user';
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-left text-soft hover:bg-hover hover:text-ink"
        >
          <CircleUserRound size={18} strokeWidth={1.75} className="shrink-0" aria-hidden />
          <span className={named ? 'min-w-0 truncate sm:max-lg:sr-only' : 'sr-only'}>
            <span className="sr-only">Your account: </span>
            {single ? 'This computer' : user?.name}
          </span>
        </button>
      }
      header={
        <div className="mb-1 border-b px-2.5 pt-1 pb-2">
          <p className="font-medium">{single ? 'Single-user mode' : user?.name}</p>
          <p className="text-xs text-soft">{single ? 'Only this computer can open Studio' : user?.email}</p>
          {!single && organisation && <p className="text-xs text-soft">{organisation.name}</p>}
        </div>
      }
      items={[
        { label: 'Your account', icon: UserRound, to: '/settings/account' },
        { label: 'Settings', icon: Settings, to: '/settings' },
        ...(single ? [] : [{ label: 'Sign out', icon: LogOut, onSelect: () => void signOut() }]),
      ]}
    />
  );
}

function Rail({ onSearch }: { onSearch: () => void }) {
  const groups = usePlaces();
  return (
    <header className="hidden w-14 shrink-0 border-r bg-surface sm:block lg:w-52">
      <div className="sticky top-0 flex h-dvh flex-col">
        <div className="flex h-14 items-center gap-2.5 px-4 lg:px-4.5">
          <Mark />
          <span className="text-lg font-semibold tracking-tight sm:max-lg:sr-only">Studio</span>
        </div>
        <div className="px-2 pb-2">
          <button
            type="button"
            onClick={onSearch}
            className="flex min-h-8 w-full items-center gap-2.5 rounded-md border bg-paper px-2.5 text-sm text-soft hover:border-edge/60"
          >
            <Search size={15} className="shrink-0" aria-hidden />
            <span className="grow text-left sm:max-lg:sr-only">Go to…</span>
            <span className="sm:max-lg:hidden">
              <Key>Ctrl K</Key>
            </span>
          </button>
        </div>
        <nav aria-label="Pages" className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-2 py-1">
          {groups.map((group) => (
            <div key={group.title}>
              <p className="px-2.5 pb-1 text-xs text-soft sm:max-lg:sr-only">{group.title}</p>
              <ul className="flex flex-col gap-0.5">
                {group.places.map((place) => (
                  <li key={place.path}>
                    <RailLink place={place} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div className="flex flex-col border-t p-2">
          <Status small />
          <Account named />
        </div>
      </div>
    </header>
  );
}

function Bar() {
  const groups = usePlaces();
  const [open, setOpen] = useState(false);
  const places = groups.flatMap((group) => group.places);
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {places.slice(0, IN_BAR).map(({ path, title, icon: Icon }) => (
        <NavLink
          key={path}
          to={path}
          end={path === '/'}
          className={({ isActive }) =>
            classes(
              'flex min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-[0.6875rem] outline-offset-[-3px]',
              isActive ? 'font-medium text-accent-strong' : 'text-soft',
            )
          }
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          <span className="max-w-full truncate">{title}</span>
        </NavLink>
      ))}
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-[0.6875rem] text-soft outline-offset-[-3px]"
      >
        <Ellipsis size={20} strokeWidth={1.75} aria-hidden />
        More
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Pages" size="small">
        <ul className="flex flex-col gap-1">
          {places.map((place) => (
            <li key={place.path}>
              <RailLink place={place} onClick={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}

/** What surrounds every page: the menu, the state of Studio, the account. */
export function Shell() {
  const { pathname } = useLocation();
  const formats = useFormats();
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    // A new page begins at its top, for the eye and for the keyboard.
    if (before.current === pathname) return;
    before.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setSearching(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <div className="flex min-h-dvh flex-col sm:flex-row">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Rail onSearch={() => setSearching(true)} />
      <header className="flex h-12 items-center gap-2 border-b bg-surface pr-2 pl-4 sm:hidden">
        <Mark />
        <span className="grow font-semibold">Studio</span>
        <Status />
        <IconButton icon={Search} label="Go to or do…" onClick={() => setSearching(true)} />
        <div>
          <Account />
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1} className="flex min-w-0 grow flex-col pb-16 outline-none sm:pb-0">
        <Outlet key={formats} />
      </main>
      <Bar />
      {searching && (
        <Suspense>
          <Palette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}
