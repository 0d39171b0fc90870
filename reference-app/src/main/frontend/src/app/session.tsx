import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, Suspense, useContext, useEffect, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { currentSession, onSessionEnded, onSignInElsewhere, rememberSignIn } from '@/api/http';
import type { Session } from '@/api/shapes';
import { ErrorState, Skeleton } from '@/components/states';

const SESSION = ['session'];
const ChangePassword = lazy(() => import('@/pages/account/ChangePasswordPage'));
const Context = createContext<Session | null>(null);

/** Who is signed in. Only inside {@link SignedInOnly}. */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error('useSession is called where nobody needs to be signed in');
  return session;
}

/** Whether whoever is signed in may do this, such as `dataset:edit`. */
export function useMay(scope: string): boolean {
  return useSession().scopes.includes(scope);
}

/** The session as the server knows it, also where nobody is signed in. */
export function useSessionQuery() {
  return useQuery({ queryKey: SESSION, queryFn: currentSession, staleTime: 60_000 });
}

/** Takes the session that a sign-in answered with, and forgets what was shown to whoever was here before. */
export function useTakeSession() {
  const client = useQueryClient();
  return (session: Session) => {
    client.clear();
    rememberSignIn(true);
    client.setQueryData(SESSION, session);
  };
}

/** Where to go after signing in: the path that was asked for, if it is one of ours. */
export function placeToReturn(search: string): string {
  const place = new URLSearchParams(search).get('to') ?? '/';
  return place.startsWith('/') && !place.startsWith('//') && !place.includes('\\') ? place : '/';
}

/** Shows its content to whoever is signed in, and the sign-in page, which leads back here, to everybody else. */
export function SignedInOnly({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useSessionQuery();
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  useEffect(
    () =>
      onSessionEnded(() => {
        rememberSignIn(false);
        client.setQueryData<Session>(
          SESSION,
          (before) => before && { ...before, signedIn: false, user: null, scopes: [] },
        );
      }),
    [client],
  );
  const person = data?.user?.id;
  useEffect(
    () =>
      onSignInElsewhere(async (signedIn) => {
        // Whoever it is now, nothing of whoever it was before may stay on the screen.
        const now = signedIn ? await currentSession().catch(() => null) : null;
        if (now?.signedIn && now.user?.id === person) return;
        location.reload();
      }),
    [person],
  );
  if (error && !data) {
    return (
      <main className="p-6">
        <ErrorState error={error} retry={() => void refetch()} />
      </main>
    );
  }
  if (!data) {
    return (
      <main className="mx-auto max-w-6xl p-6">
        <Skeleton label="Opening Studio" />
      </main>
    );
  }
  if (!data.signedIn) {
    const to = pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${to}`} replace />;
  }
  if (data.mustChangePassword) {
    return (
      <Suspense>
        <ChangePassword />
      </Suspense>
    );
  }
  return <Context value={data}>{children}</Context>;
}
