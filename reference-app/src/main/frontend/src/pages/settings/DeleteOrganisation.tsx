import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, rememberSignIn } from '@/api/http';
import type { Organisation, OrganisationData } from '@/api/shapes';
import { Button } from '@/components/Button';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { Field, Input } from '@/components/fields';
import { ErrorState } from '@/components/states';
import { amount } from './amount';

/** The end of an organisation, with how much goes. */
export function DeleteOrganisation({ organisation }: { organisation: Organisation }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex max-w-xl flex-col items-start gap-4">
      <p className="text-soft">
        Everybody in it is signed out, and all data, documents, conversations, graphs, models, keys and the audit log are
        deleted for good.
      </p>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete this organisation
      </Button>
      {asking && <Confirm organisation={organisation} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Confirm({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const data = useQuery({
    queryKey: ['organisation-data'],
    queryFn: () => api.get<OrganisationData>('/organisation/data'),
    staleTime: 0,
  });
  const remove = async () => {
    await api.remove('/organisation', { body: { name, password } });
    rememberSignIn(false);
    // Loading the page anew leaves nothing in memory of what was shown.
    location.assign('/sign-in');
  };
  return (
    <ConfirmDelete
      title={`Delete ${organisation.name}?`}
      action="Delete for good"
      ready={name.trim() === organisation.name}
      onConfirm={remove}
      onClose={onClose}
    >
      <p aria-live="polite">{data.data ? `This deletes ${amounts(data.data)}.` : 'Counting what goes…'}</p>
      <p className="mt-2">It can’t be undone. Backups that somebody made stay where they are.</p>
      <div className="mt-4 flex flex-col gap-4 text-text">
        <Field label="Name of the organisation" required hint={`Type ${organisation.name}`}>
          <Input autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Your password" hint="Empty if you sign in through another service.">
          <Input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </div>
      {data.error && <ErrorState error={data.error} compact />}
    </ConfirmDelete>
  );
}

function amounts({ members, datasets, documents, conversations, graphs, sources }: OrganisationData): string {
  return [
    `the ${members === 1 ? 'account of 1 person' : `accounts of ${members} people`}`,
    amount(datasets, 'version of a data set', 'versions of data sets'),
    amount(documents, 'document', 'documents'),
    amount(conversations, 'conversation', 'conversations'),
    amount(graphs, 'graph', 'graphs'),
    amount(sources, 'connected database', 'connected databases'),
    'and all that was made of them',
  ].join(', ');
}
