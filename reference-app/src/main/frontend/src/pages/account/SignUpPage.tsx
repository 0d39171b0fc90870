import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { api } from '@/api/http';
import type { AuthOptions, Session } from '@/api/shapes';
import { placeToReturn, useSessionQuery, useTakeSession } from '@/app/session';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState } from '@/components/states';
import { AccountPage, NewPassword } from './AccountPage';

/** Sign-up: of the first administrator, or of anybody where the server lets them. */
export function SignUpPage() {
  const { search } = useLocation();
  const session = useSessionQuery();
  const options = useQuery({ queryKey: ['auth-options'], queryFn: () => api.get<AuthOptions>('/auth/options') });
  if (session.data?.signedIn) return <Navigate to={placeToReturn(search)} replace />;
  const first = options.data?.firstUser ?? false;
  const closed = options.data !== undefined && !first && options.data.registration !== 'open';
  return (
    <AccountPage
      title={first ? 'Set up Studio' : 'Create an account'}
      lead={first && 'You are the first here: you become the administrator.'}
    >
      <Loaded query={options}>
        {() =>
          closed ? (
            <p>
              This Studio is joined by invitation: ask one of its administrators.{' '}
              <Link className="text-accent underline" to="/sign-in">
                Sign in
              </Link>
            </p>
          ) : (
            <SignUpForm first={first} />
          )
        }
      </Loaded>
    </AccountPage>
  );
}

function SignUpForm({ first }: { first: boolean }) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const take = useTakeSession();
  const [organisation, setOrganisation] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signUp = useMutation({
    mutationFn: () => api.post<Session>('/auth/sign-up', { email, name, password, organisation }),
    onSuccess: (session) => {
      take(session);
      void navigate(placeToReturn(search), { replace: true });
    },
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={onSubmit(() => signUp.mutate())}>
      <Field label="Organisation" required hint="What you share data with each other in.">
        <Input
          autoComplete="organization"
          value={organisation}
          onChange={(event) => setOrganisation(event.target.value)}
        />
      </Field>
      <Field label="Your name" required>
        <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Email" required>
        <Input type="email" autoComplete="username" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <NewPassword value={password} onChange={setPassword} />
      {signUp.error && <ErrorState error={signUp.error} compact />}
      <Button type="submit" look="primary" busy={signUp.isPending}>
        {first ? 'Set up Studio' : 'Create the account'}
      </Button>
      {!first && (
        <p className="text-sm">
          <Link className="text-accent underline" to={`/sign-in${search}`}>
            I have an account
          </Link>
        </p>
      )}
    </form>
  );
}
