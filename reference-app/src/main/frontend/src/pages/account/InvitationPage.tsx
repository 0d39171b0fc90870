import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api } from '@/api/http';
import type { Session } from '@/api/shapes';
import { useTakeSession } from '@/app/session';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState } from '@/components/states';
import { AccountPage, NewPassword } from './AccountPage';

/** Accepts an invitation: its secret is in the link that was sent, behind the `#`, which no server is told. */
export function InvitationPage() {
  const token = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const take = useTakeSession();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => api.post<Session>('/auth/invitations/accept', { token, name, password }),
    onSuccess: (session) => {
      take(session);
      void navigate('/', { replace: true });
    },
  });
  if (token === '') {
    return (
      <AccountPage title="This link is incomplete">
        <p>Open the link of the invitation as it was sent to you, to its last letter.</p>
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Join Studio" lead="You were invited: choose how you are called and a password.">
      <form className="flex flex-col gap-4" onSubmit={onSubmit(() => accept.mutate())}>
        <Field label="Your name" required>
          <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <NewPassword value={password} onChange={setPassword} />
        {accept.error && <ErrorState error={accept.error} compact />}
        <Button type="submit" look="primary" busy={accept.isPending}>
          Join
        </Button>
      </form>
    </AccountPage>
  );
}
