import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Organisation, Preferences } from '@/api/shapes';
import { useMay, useSession } from '@/app/session';
import { Button } from '@/components/Button';
import { Field, Input, Select } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Section, useTitle } from '@/components/Page';
import { ErrorState } from '@/components/states';
import { toastDone } from '@/components/Toasts';
import { DeleteOrganisation } from './DeleteOrganisation';

/** What holds for everybody: the name, the language of numbers and dates, and the time zone. */
export function OrganisationPart() {
  useTitle('Organisation');
  const organisation = useQuery({ queryKey: ['organisation'], queryFn: () => api.get<Organisation>('/organisation') });
  const { mode } = useSession();
  const mayDelete = useMay('member:edit') && mode === 'accounts';
  const preferences = useQuery({ queryKey: ['settings'], queryFn: () => api.get<Preferences>('/settings') });
  return (
    <>
      <Section title="Organisation">
        <Loaded query={organisation}>{(data) => <NameForm key={data.revision} organisation={data} />}</Loaded>
      </Section>
      <Section title="Numbers and dates">
        <Loaded query={preferences}>{(data) => <PreferencesForm key={data.revision} preferences={data} />}</Loaded>
      </Section>
      {mayDelete && organisation.data && (
        <Section title="End">
          <DeleteOrganisation organisation={organisation.data} />
        </Section>
      )}
    </>
  );
}

function NameForm({ organisation }: { organisation: Organisation }) {
  const client = useQueryClient();
  const { mode } = useSession();
  const mayEdit = useMay('member:edit') && mode === 'accounts';
  const [name, setName] = useState(organisation.name);
  const save = useMutation({
    mutationFn: () => api.put<Organisation>('/organisation', { name }, { revision: organisation.revision }),
    onSuccess: () => {
      toastDone('The name is saved');
      return Promise.all([
        client.invalidateQueries({ queryKey: ['organisation'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]);
    },
  });
  return (
    <form className="flex max-w-sm flex-col gap-4" onSubmit={onSubmit(() => save.mutate())}>
      <Field label="Name" required>
        <Input maxLength={100} disabled={!mayEdit} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {save.error && <ErrorState error={save.error} compact />}
      {mayEdit && (
        <Button type="submit" className="self-start" busy={save.isPending} disabled={name === organisation.name}>
          Save
        </Button>
      )}
    </form>
  );
}

/** A number and a date as a language and zone write them; nothing where there are no such. */
function sample({ locale, timeZone }: Omit<Preferences, 'revision'>): string {
  try {
    const when = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
      new Date(),
    );
    return `${new Intl.NumberFormat(locale).format(1234567.5)} · ${when}`;
  } catch {
    return '';
  }
}

function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const client = useQueryClient();
  const mayEdit = useMay('settings:edit');
  const [draft, setDraft] = useState({
    locale: preferences.locale,
    timeZone: preferences.timeZone,
  });
  const save = useMutation({
    mutationFn: () => api.put<Preferences>('/settings', draft, { revision: preferences.revision }),
    onSuccess: () => {
      toastDone('Saved');
      return client.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  const shown = sample(draft);
  return (
    <form className="grid max-w-xl gap-4 sm:grid-cols-2" onSubmit={onSubmit(() => save.mutate())}>
      <Field label="Language" required hint="Such as en-GB or de-CH.">
        <Input
          disabled={!mayEdit}
          value={draft.locale}
          onChange={(event) => setDraft({ ...draft, locale: event.target.value })}
        />
      </Field>
      <Field label="Time zone" required>
        <Select
          disabled={!mayEdit}
          value={draft.timeZone}
          onChange={(event) => setDraft({ ...draft, timeZone: event.target.value })}
        >
          {[...new Set([draft.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
      </Field>
      {shown && <p className="text-soft sm:col-span-2">{shown}</p>}
      {save.error && (
        <div className="sm:col-span-2">
          <ErrorState error={save.error} compact />
        </div>
      )}
      {mayEdit && (
        <Button type="submit" className="justify-self-start" busy={save.isPending}>
          Save
        </Button>
      )}
    </form>
  );
}
