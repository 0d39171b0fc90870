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
import { ErrorState } from '@/components/states';
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

function inputOf(draft: Draft): SourceInput {
  const { name, kind, host, port, database, user, password } = draft;
  if (FILES.has(kind)) return { name: name.trim(), kind, database: database.trim() };
  return {
    name: name.trim(),
    kind,
    host: host.trim(),
    ...(port !== '' && { port: Number(port) }),
    database: database.trim(),
    user: user.trim(),
    password,
  };
}

/** Connects once: a database that can't be reached is not kept. */
async function connect(draft: Draft): Promise<Source> {
  const source = await api.post<Source>('/sources', inputOf(draft));
  try {
    const check = await api.post<SourceCheck>(`/sources/${source.id}/check`);
    if (!check.ok) throw ApiProblem.told({ detail: check.message, code: 'SOURCE_UNREACHABLE', mend: check.mend });
    toastDone([`${source.name} is connected`, ...check.advice].join('. '));
    return source;
  } catch (error) {
    await api.remove(`/sources/${source.id}`);
    throw error;
  }
}

/** How a database is reached, part by part. Its password goes in and never comes back. */
export function ConnectForm({
  onClose,
  onBack,
  onConnected,
}: {
  onClose: () => void;
  onBack: () => void;
  onConnected: (source: Source) => void;
}) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    name: '',
    kind: 'postgresql',
    host: '',
    port: '',
    database: '',
    user: '',
    password: '',
  });
  const save = useMutation({
    mutationFn: () => connect(draft),
    onSuccess: async (source) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      onConnected(source);
    },
  });
  const input = (name: Exclude<keyof Draft, 'kind'>) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: event.target.value })),
  });
  const isFile = FILES.has(draft.kind);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Connect a database"
      footer={
        <>
          <Button icon={ChevronLeft} className="mr-auto" onClick={onBack}>
            Databases
          </Button>
          <Button type="submit" form="connect-database" look="primary" busy={save.isPending}>
            Connect
          </Button>
        </>
      }
    >
      <form
        id="connect-database"
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={onSubmit(() => save.mutate())}
        autoComplete="off"
      >
        <Field label="Kind" required>
          <Select
            value={draft.kind}
            onChange={(event) => setDraft((before) => ({ ...before, kind: event.target.value as SourceKind }))}
          >
            {CHOICES.map((kind) => (
              <option key={kind} value={kind}>
                {KINDS[kind]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Name" required hint="What you call it.">
          <Input maxLength={100} {...input('name')} />
        </Field>
        {!isFile && (
          <>
            <Field label="Host" required hint="A name or an address, no URL.">
              <Input {...input('host')} />
            </Field>
            <Field label="Port" hint={`${PORTS[draft.kind] ?? ''} if left empty.`}>
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
        {!isFile && (
          <>
            <Field label="User" required hint="One who may only read is best.">
              <Input autoComplete="off" {...input('user')} />
            </Field>
            <Field label="Password" hint="Kept encrypted; never shown again.">
              <Input type="password" autoComplete="new-password" {...input('password')} />
            </Field>
          </>
        )}
        {save.error && (
          <div className="sm:col-span-2">
            <ErrorState error={save.error} compact />
          </div>
        )}
      </form>
    </Dialog>
  );
}
