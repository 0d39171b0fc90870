import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api } from '@/api/http';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState } from '@/components/states';
import { AccountPage, NewPassword } from './AccountPage';

const toSignIn = (
  <Link className="text-accent underline" to="/sign-in">
    Back to sign in
  </Link>
);

/** Asks for a link to choose a new password; says the same whether or not the address is known. */
export function ForgotPage() {
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => api.post('/auth/password/forgot', { email }) });
  if (ask.isSuccess) {
    return (
      <AccountPage title="Look into your mail">
        <p className="mb-4">
          If {email} belongs to an account, a link to choose a new password is on its way. Where Studio sends no mail,
          ask your administrator for the link.
        </p>
        {toSignIn}
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Forgot the password" lead="You get a link with which you choose a new one.">
      <form className="flex flex-col gap-4" onSubmit={onSubmit(() => ask.mutate())}>
        <Field label="Email" required>
          <Input
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        {ask.error && <ErrorState error={ask.error} compact />}
        <Button type="submit" look="primary" busy={ask.isPending}>
          Send the link
        </Button>
        <p className="text-sm">{toSignIn}</p>
      </form>
    </AccountPage>
  );
}

/** Chooses a new password: the secret is in the link that was sent, behind the `#`, which no server is told. */
export function ResetPage() {
  const token = useLocation().hash.slice(1);
  const [password, setPassword] = useState('');
  const reset = useMutation({ mutationFn: () => api.post('/auth/password/reset', { token, password }) });
  if (reset.isSuccess || token === '') {
    return (
      <AccountPage title={token === '' ? 'This link is incomplete' : 'The password is changed'}>
        <p className="mb-4">
          {token === ''
            ? 'Open the link as it was sent to you, to its last letter.'
            : 'Every other session of yours has ended. Sign in with the new password.'}
        </p>
        {toSignIn}
      </AccountPage>
    );
  }
  return (
    <AccountPage title="Choose a new password">
      <form className="flex flex-col gap-4" onSubmit={onSubmit(() => reset.mutate())}>
        <NewPassword label="New password" value={password} onChange={setPassword} />
        {reset.error && <ErrorState error={reset.error} compact />}
        <Button type="submit" look="primary" busy={reset.isPending}>
          Change the password
        </Button>
      </form>
    </AccountPage>
  );
}
