import { NavLink, Outlet } from 'react-router';
import { useSession } from '@/app/session';
import { classes } from '@/components/classes';
import { Page } from '@/components/Page';

const PARTS = [
  { path: 'models', title: 'Models', scope: 'model:get' },
  { path: 'agents', title: 'Agents', scope: 'agent:get' },
  { path: 'account', title: 'Your account', scope: 'self:edit' },
  { path: 'members', title: 'Members', scope: 'member:get', accounts: true },
  { path: 'organisation', title: 'Organisation', scope: 'settings:get' },
  { path: 'usage', title: 'Usage', scope: 'settings:get' },
  { path: 'audit', title: 'Audit log', scope: 'audit:get' },
];

/** The settings: one part at a time. */
export function SettingsPage() {
  const { scopes, mode } = useSession();
  const parts = PARTS.filter((part) => scopes.includes(part.scope) && !(part.accounts && mode === 'single-user'));
  return (
    <Page title="Settings">
      <div className="flex flex-col gap-5 md:flex-row md:gap-8">
        <nav aria-label="Settings" className="shrink-0 md:w-44">
          <ul className="flex flex-wrap gap-1 md:flex-col">
            {parts.map((part) => (
              <li key={part.path}>
                <NavLink
                  to={`/settings/${part.path}`}
                  className={({ isActive }) =>
                    classes(
                      'flex min-h-8 items-center rounded-md px-2.5',
                      isActive
                        ? 'bg-accent-wash font-medium text-accent-strong'
                        : 'text-soft hover:bg-hover hover:text-ink',
                    )
                  }
                >
                  {part.title}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 grow flex-col gap-5">
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
