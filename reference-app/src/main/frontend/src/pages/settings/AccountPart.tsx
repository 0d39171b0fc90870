import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import { useSession } from '@/app/session';
import { chooseTheme, useTheme, type Theme } from '@/app/theme';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { Section, useTitle } from '@/components/Page';
import { Facts } from '@/components/small';
import { ErrorState } from '@/components/states';
import { toastDone } from '@/components/Toasts';
import { NewPassword } from '../account/AccountPage';
import { Tokens } from './Tokens';

const THEMES: { theme: Theme; label: string }[] = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'As the system' },
];

/** What is one's own: who one is, how Studio looks, the password, the tokens. */
export function AccountPart() {
  useTitle('Your account');
  const { user, organisation, mode } = useSession();
  const accounts = mode === 'accounts';
  return (
    <>
      <Section title="You">
        {accounts && user ? (
          <Facts
            facts={[
              ['Name', user.name],
              ['Email', user.email],
              ['Role', user.role],
              ['Organisation', organisation?.name ?? '–'],
            ]}
          />
        ) : (
          <p>Studio runs for one person on this computer: nobody signs in, and nobody else can reach it.</p>
        )}
      </Section>
      <Section title="Look">
        <ThemeChoice />
      </Section>
      {accounts && <Password />}
      {accounts && <Tokens />}
    </>
  );
}

function ThemeChoice() {
  const chosen = useTheme();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Theme</legend>
      <div className="inline-flex flex-wrap gap-1 rounded-lg border bg-sunken p-1">
        {THEMES.map(({ theme, label }) => (
          <label
            key={theme}
            className="cursor-pointer rounded-md px-3 py-1.5 text-soft has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              value={theme}
              checked={chosen === theme}
              onChange={() => chooseTheme(theme)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Password() {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => api.put('/auth/password', { current, password }),
    onSuccess: () => {
      setCurrent('');
      setPassword('');
      toastDone('The password is changed; your other sessions have ended');
    },
  });
  return (
    <Section title="Password">
      <form className="flex max-w-sm flex-col gap-4" onSubmit={onSubmit(() => change.mutate())}>
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
        <Button type="submit" className="self-start" busy={change.isPending}>
          Change the password
        </Button>
      </form>
    </Section>
  );
}
