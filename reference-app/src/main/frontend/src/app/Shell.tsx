import { NavLink, Outlet } from 'react-router';
import { classes } from '@/components/classes';
import { PLACES } from './places';

export function Shell() {
  return (
    <div className="flex min-h-dvh flex-col sm:flex-row">
      <nav aria-label="Pages" className="shrink-0 border-r bg-surface p-2 sm:w-52">
        {PLACES.flatMap((group) => group.places).map(({ path, title, icon: Icon }) => (
          <NavLink
            key={path}
            to={path}
            end={path === '/'}
            className={({ isActive }) =>
              classes('flex min-h-9 items-center gap-2.5 rounded-md px-2.5', isActive && 'bg-accent-wash font-medium')
            }
          >
            <Icon size={17} aria-hidden />
            {title}
          </NavLink>
        ))}
      </nav>
      <main className="min-w-0 grow">
        <Outlet />
      </main>
    </div>
  );
}
