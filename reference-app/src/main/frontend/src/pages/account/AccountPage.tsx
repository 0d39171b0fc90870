import { useState, type ReactNode } from 'react';
import { Mark } from '@/app/Mark';
import { Field, Input } from '@/components/fields';
import { useTitle } from '@/components/Page';

/** The frame of the pages for those who are not signed in. */
export function AccountPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex items-center gap-2.5">
          <Mark size={28} />
          <span className="text-lg font-semibold tracking-tight">Studio</span>
        </div>
        <div className="rounded-xl border bg-surface p-6 shadow-card">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {lead && <div className="mt-1 text-soft">{lead}</div>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}

/** The shortest password that is taken (NIST SP 800-63B-4 for one that is not the only factor; ours is the server's rule). */
export const SHORTEST_PASSWORD = 12;

/** A new password, with the one rule there is. */
export function NewPassword({
  value,
  onChange,
  label = 'Password',
}: {
  value: string;
  onChange: (value: string) => void;
  label?: string;
}) {
  const [left, setLeft] = useState(false);
  return (
    <Field
      label={label}
      required
      hint={`At least ${SHORTEST_PASSWORD} characters; several words are easiest to remember.`}
      error={left && value !== '' && value.length < SHORTEST_PASSWORD && 'This is too short.'}
    >
      <Input
        type="password"
        autoComplete="new-password"
        minLength={SHORTEST_PASSWORD}
        value={value}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
