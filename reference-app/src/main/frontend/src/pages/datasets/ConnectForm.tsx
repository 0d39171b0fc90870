import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Source, SourceCheck, SourceInput, SourceKind } from '@/api/shapes';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input, Select } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { Refusal } from '@/components/states';
import { toastDone } from '@/components/Toasts';

export const KINDS: Record<SourceKind, string> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlserver: 'SQL Server',
  sqlite: 'SQLite',
  duckdb: 'DuckDB',
  host: 'This application’s',
};

const FILES = new Set<SourceKind>(['sqlite', 'duckdb']);
const PORTS: Partial<Record<SourceKind, number>> = { postgresql: 5432, mysql: 3306, mariadb: 3306, sqlserver: 1433 };
const CHOICES: SourceKind[] = ['postgresql', 'mysql', 'mariadb', 'sqlserver', 'sqlite', 'duckdb'];

type Draft = Record<'name' | 'host' | 'port' | 'database' | 'user' | 'password', string> & { kind: SourceKind };

const draftOf = (source: Source | null): Draft => ({
  name: source?.name ?? '',
  kind: source?.kind ?? 'postgresql',
  host: source?.host ?? '',
  port: source?.port ? String(source.port) : '',
  database: source?.database ?? '',
  user: source?.user ?? '',
  password: '',
});

const isServer = (kind: SourceKind) => kind in PORTS;

/** The API calls MariaDB what it reaches it as. */
const reachedAs = (kind: SourceKind) => (kind === 'mariadb' ? 'mysql' : kind);

/** Whether a kept password would go to another server than before. */
function goesElsewhere(draft: Draft, source: Source): boolean {
  const port = draft.port === '' ? PORTS[draft.kind] : Number(draft.port);
  return reachedAs(draft.kind) !== source.kind || draft.host.trim() !== source.host || port !== source.port;
}

function inputOf(draft: Draft, source: Source | null): SourceInput {
  const { kind, host, port, user, password } = draft;
  const schema = source !== null && reachedAs(kind) === source.kind ? source.schema : '';
  const input = { name: draft.name.trim(), kind, database: draft.database.trim(), ...(schema !== '' && { schema }) };
  if (!isServer(kind)) return input;
  return {
    ...input,
    host: host.trim(),
    ...(port !== '' && { port: Number(port) }),
    user: user.trim(),
    ...(password !== '' && { password }),
  };
}

/** Connects once. */
async function check(source: Source, unless: string): Promise<void> {
  const { ok, message, mend, advice } = await api.post<SourceCheck>(`/sources/${source.id}/check`);
  if (!ok) throw ApiProblem.told({ detail: unless + message, code: 'SOURCE_UNREACHABLE', mend });
  toastDone([`${source.name} is connected`, ...advice].join('. '));
}

/** A new database that can't be reached is not kept. */
async function connect(draft: Draft): Promise<Source> {
  const source = await api.post<Source>('/sources', inputOf(draft, null));
  try {
    await check(source, '');
    return source;
  } catch (error) {
    await api.remove(`/sources/${source.id}`);
    throw error;
  }
}

/** How a database is reached, part by part. Its password goes in and never comes back. */
export function ConnectForm({
  source = null,
  onClose,
  onBack,
  onConnected,
}: {
  /** One to change; nothing for a new one. */
  source?: Source | null;
  onClose: () => void;
  onBack: () => void;
  onConnected: (source: Source) => void;
}) {
  const client = useQueryClient();
  /** As it is on the server, as far as is known here. */
  const [kept, setKept] = useState(source);
  const [draft, setDraft] = useState(() => draftOf(source));
  const refresh = () => client.invalidateQueries({ queryKey: ['sources'] });
  const change = async (before: Source) => {
    const input = inputOf(draft, before);
    const changed = await api.put<Source>(`/sources/${before.id}`, input, { revision: before.revision });
    setKept(changed);
    setDraft(draftOf(changed));
    await refresh();
    await check(changed, 'The change is saved, but the database can’t be reached: ');
    return changed;
  };
  const save = useMutation({
    mutationFn: () => (kept === null ? connect(draft) : change(kept)),
    onSuccess: refresh,
  });
  const reload = useMutation({
    mutationFn: (id: string) => api.get<Source>(`/sources/${id}`),
    onSuccess: async (current) => {
      setKept(current);
      setDraft(draftOf(current));
      save.reset();
      await refresh();
    },
  });
  const input = (name: Exclude<keyof Draft, 'kind'>) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: event.target.value })),
  });
  const isFile = FILES.has(draft.kind);
  const isOutdated = kept !== null && save.error instanceof ApiProblem && save.error.status === 409;
  return (
    <Dialog
      open
      onClose={onClose}
      title={source === null ? 'Connect a database' : `Change ${source.name}`}
      footer={
        <>
          <Button icon={ChevronLeft} className="mr-auto" onClick={onBack}>
            Databases
          </Button>
          <Button type="submit" form="connect-database" look="primary" busy={save.isPending}>
            {source === null ? 'Connect' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id="connect-database"
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={onSubmit(() =>
          // Whoever has gone elsewhere meanwhile is not called back.
          save.mutate(undefined, { onSuccess: onConnected }),
        )}
        autoComplete="off"
      >
        <Field label="Kind" required>
          <Select
            value={draft.kind}
            onChange={(event) => setDraft((before) => ({ ...before, kind: event.target.value as SourceKind }))}
          >
            {(source?.kind === 'host' ? [...CHOICES, source.kind] : CHOICES).map((kind) => (
              <option key={kind} value={kind}>
                {KINDS[kind]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Name" required hint="What you call it.">
          <Input maxLength={100} {...input('name')} />
        </Field>
        {isServer(draft.kind) && (
          <>
            <Field label="Host" required hint="A name or an address, no URL.">
              <Input {...input('host')} />
            </Field>
            <Field label="Port" hint={`${PORTS[draft.kind]} if left empty.`}>
              <Input type="number" min={1} max={65535} {...input('port')} />
            </Field>
          </>
        )}
        <Field
          label={isFile ? 'File' : 'Database'}
          required
          className="sm:col-span-2"
          hint={isFile && 'Its path on the server, inside a folder that whoever runs Studio has allowed.'}
        >
          <Input {...input('database')} />
        </Field>
        {isServer(draft.kind) && (
          <>
            <Field label="User" required hint="One who may only read is best.">
              <Input autoComplete="off" {...input('user')} />
            </Field>
            <Field label="Password" unmarked={kept !== null} hint={passwordHint(draft, kept)}>
              <Input type="password" autoComplete="new-password" {...input('password')} />
            </Field>
          </>
        )}
        <div className="flex flex-col items-start gap-2 empty:hidden sm:col-span-2">
          {save.error && <Refusal error={save.error} />}
          {isOutdated && (
            <Button busy={reload.isPending} onClick={() => reload.mutate(kept.id)}>
              Show it as it is now
            </Button>
          )}
          {reload.error && <Refusal error={reload.error} />}
        </div>
      </form>
    </Dialog>
  );
}

function passwordHint(draft: Draft, kept: Source | null): string {
  if (kept === null) return 'Kept encrypted; never shown again.';
  return goesElsewhere(draft, kept)
    ? 'Needed again: one that is kept goes to no other server.'
    : 'One that is kept stays. What you type replaces it.';
}
