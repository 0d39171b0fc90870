import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState } from '@/components/states';
import { AccountPage, NewPassword } from './AccountPage';

/** For somebody whose password somebody else chose: nothing else works before they have chosen their own. */
export default function ChangePasswordPage() {
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => api.put('/auth/password', { current, password }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <AccountPage title="Choose your own password" lead="The one that you signed in with was chosen by somebody else.">
      <form className="flex flex-col gap-4" onSubmit={onSubmit(() => change.mutate())}>
        <Field label="Current password" required>
          <Input
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <NewPassword label="New password" value={password} onChange={setPassword} />
        {change.error && <ErrorState error={change.error} compact />}
        <Button type="submit" look="primary" busy={change.isPending}>
          Go on
        </Button>
      </form>
    </AccountPage>
  );
}
