import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { api } from '@/api/http';
import type { AuthOptions, Session } from '@/api/shapes';
import { placeToReturn, useSessionQuery, useTakeSession } from '@/app/session';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState } from '@/components/states';
import { AccountPage } from './AccountPage';
import { ProviderProblem, ProviderSignIns } from './ProviderSignIns';

/** Sign-in; leads on to the page that was asked for. */
export function SignInPage() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const take = useTakeSession();
  const session = useSessionQuery();
  const options = useQuery({ queryKey: ['auth-options'], queryFn: () => api.get<AuthOptions>('/auth/options') });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.post<Session>('/auth/sign-in', { email, password }),
    onSuccess: (signedIn) => {
      take(signedIn);
      void navigate(placeToReturn(search), { replace: true });
    },
  });
  if (session.data?.signedIn) return <Navigate to={placeToReturn(search)} replace />;
  if (options.data?.firstUser) return <Navigate to={`/sign-up${search}`} replace />;
  const returning = new URLSearchParams(search).has('to');
  return (
    <AccountPage title="Sign in" lead={returning ? 'You come back to where you were.' : undefined}>
      <ProviderProblem search={search} providers={options.data?.providers ?? []} />
      <ProviderSignIns search={search} providers={options.data?.providers ?? []} />
      <form className="flex flex-col gap-4" onSubmit={onSubmit(() => signIn.mutate())}>
        <Field label="Email" required>
          <Input
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label="Password" required>
          <Input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {signIn.error && <ErrorState error={signIn.error} compact />}
        <Button type="submit" look="primary" busy={signIn.isPending}>
          Sign in
        </Button>
        <p className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-sm">
          <Link className="text-accent underline" to="/forgot-password">
            Forgot the password?
          </Link>
          {options.data?.registration === 'open' && (
            <Link className="text-accent underline" to={`/sign-up${search}`}>
              Create an account
            </Link>
          )}
        </p>
        {options.error && <ErrorState error={options.error} compact retry={() => void options.refetch()} />}
      </form>
    </AccountPage>
  );
}
