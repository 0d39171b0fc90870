import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Database, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Page, Preview, Source, SourceTable, SourceWish } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, IconButton } from '@/components/Button';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { DataTable } from '@/components/DataTable';
import { Dialog } from '@/components/Dialog';
import { Field, Input, TextArea } from '@/components/fields';
import { counted } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { EmptyState, ErrorState, NoPermission, Skeleton } from '@/components/states';
import { ConnectForm, KINDS } from './ConnectForm';
import { importSource } from './imports';

/** How many rows are shown before anything is imported. */
const SHOWN = 50;

type Step = { at: 'sources' } | { at: 'connect' } | { at: 'change' | 'tables'; source: Source } | Look;
interface Look {
  at: 'look';
  source: Source;
  wish: SourceWish;
}

/** From a database to a data set: which database, which table or statement, a look at its rows, the import. */
export function SourceDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ at: 'sources' });
  const mayGet = useMay('source:get');
  const close = { onClose, onBack: () => setStep({ at: 'sources' }) };
  if (!mayGet) {
    return (
      <Dialog open onClose={onClose} title="Import from a database">
        <NoPermission detail="Your role doesn’t include the databases of the organisation." />
      </Dialog>
    );
  }
  switch (step.at) {
    case 'sources':
      return (
        <Sources
          onClose={onClose}
          onConnect={() => setStep({ at: 'connect' })}
          onChange={(source) => setStep({ at: 'change', source })}
          onChoose={(source) => setStep({ at: 'tables', source })}
        />
      );
    case 'connect':
      return <ConnectForm {...close} onConnected={(source) => setStep({ at: 'tables', source })} />;
    case 'change':
      return <ConnectForm {...close} source={step.source} onConnected={close.onBack} />;
    case 'tables':
      return (
        <Tables
          {...close}
          source={step.source}
          onChoose={(wish) => setStep({ at: 'look', source: step.source, wish })}
        />
      );
    case 'look':
      return <LookAtRows look={step} onClose={onClose} onBack={() => setStep({ at: 'tables', source: step.source })} />;
  }
}

function Sources({
  onClose,
  onConnect,
  onChange,
  onChoose,
}: {
  onClose: () => void;
  onConnect: () => void;
  onChange: (source: Source) => void;
  onChoose: (source: Source) => void;
}) {
  const mayEdit = useMay('source:edit');
  const [deleting, setDeleting] = useState<Source | null>(null);
  const query = useQuery({
    queryKey: ['sources'],
    queryFn: () => api.get<Page<Source>>('/sources', { limit: 200 }),
  });
  const connect = mayEdit && (
    <Button icon={Plus} onClick={onConnect}>
      Connect a database
    </Button>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import from a database"
      footer={query.data?.items.length ? connect : undefined}
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Database} title="No database connected" action={connect}>
              {mayEdit
                ? 'Connect one, and choose what to import from it. Studio only ever reads it.'
                : 'Somebody who may edit sources has to connect one first.'}
            </EmptyState>
          ) : (
            <ul aria-label="Databases" className="flex flex-col gap-1">
              {items.map((source) => (
                <li key={source.id} className="flex items-center gap-1">
                  <button
                    type="button"
                    className="flex min-w-0 grow items-center gap-3 rounded-md px-2 py-2 text-left hover:bg-hover"
                    onClick={() => onChoose(source)}
                  >
                    <Database size={18} className="shrink-0 text-soft" aria-hidden />
                    <span className="min-w-0 grow">
                      <span className="block font-medium break-words">{source.name}</span>
                      <span className="block text-xs break-all text-soft">
                        {[KINDS[source.kind], source.host, source.database].filter(Boolean).join(' · ')}
                      </span>
                    </span>
                    <ChevronRight size={16} className="shrink-0 text-soft" aria-hidden />
                  </button>
                  {mayEdit && (
                    <>
                      <IconButton
                        size="small"
                        icon={Pencil}
                        label={`Change ${source.name}`}
                        onClick={() => onChange(source)}
                      />
                      <IconButton
                        size="small"
                        icon={Trash2}
                        label={`Forget ${source.name}`}
                        onClick={() => setDeleting(source)}
                      />
                    </>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {deleting && (
        <ConfirmDelete
          title={`Forget “${deleting.name}”?`}
          action="Forget"
          dependants={`/sources/${deleting.id}/dependants`}
          onConfirm={async () => {
            await api.remove(`/sources/${deleting.id}`);
            await query.refetch();
          }}
          onClose={() => setDeleting(null)}
        >
          How it is reached and its password are deleted. The database itself is not touched.
        </ConfirmDelete>
      )}
    </Dialog>
  );
}

const titleOf = ({ schema, name }: SourceTable) => (schema === '' ? name : `${schema}.${name}`);

function Tables({
  source,
  onClose,
  onBack,
  onChoose,
}: {
  source: Source;
  onClose: () => void;
  onBack: () => void;
  onChoose: (wish: SourceWish) => void;
}) {
  const [words, setWords] = useState('');
  const [sql, setSql] = useState('');
  const query = useQuery({
    queryKey: ['sources', source.id, 'tables'],
    queryFn: () => api.get<SourceTable[]>(`/sources/${source.id}/tables`),
    retry: false,
  });
  const shown = query.data?.filter((table) => titleOf(table).toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Dialog
      open
      onClose={onClose}
      title={source.name}
      footer={
        <Button icon={ChevronLeft} className="mr-auto" onClick={onBack}>
          Databases
        </Button>
      }
    >
      <Loaded query={query}>
        {(tables) => (
          <div className="flex flex-col gap-3">
            {tables.length === 0 && <p className="text-soft">There is no table that this user may read.</p>}
            {tables.length > 8 && (
              <Input
                type="search"
                aria-label="Find a table"
                placeholder="Find a table"
                value={words}
                onChange={(event) => setWords(event.target.value)}
              />
            )}
            <ul aria-label="Tables" className="flex max-h-72 flex-col overflow-y-auto">
              {shown?.map((table) => (
                <li key={titleOf(table)}>
                  <button
                    type="button"
                    className="flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left outline-offset-[-2px] hover:bg-hover"
                    onClick={() => onChoose({ name: table.name, table: titleOf(table) })}
                  >
                    <span className="min-w-0 grow font-medium break-all">{titleOf(table)}</span>
                    <span className="shrink-0 text-xs text-soft tabular-nums">
                      {counted(table.columns.length, 'column')}
                      {table.rows !== null && `, about ${counted(table.rows, 'row')}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Loaded>
      <form
        className="mt-4 flex flex-col gap-2 border-t pt-4"
        onSubmit={onSubmit(() => onChoose({ name: `${source.name} query`, sql: sql.trim() }))}
      >
        <Field label="Or the rows of a statement" unmarked hint="One SELECT in the language of the database.">
          <TextArea
            required
            className="font-mono text-sm"
            spellCheck={false}
            value={sql}
            onChange={(event) => setSql(event.target.value)}
          />
        </Field>
        <Button type="submit" className="self-end">
          Look at the rows
        </Button>
      </form>
    </Dialog>
  );
}

function LookAtRows({ look, onClose, onBack }: { look: Look; onClose: () => void; onBack: () => void }) {
  const { source, wish } = look;
  const [name, setName] = useState(wish.name);
  const query = useQuery({
    queryKey: ['sources', source.id, 'preview', wish.table, wish.sql],
    queryFn: ({ signal }) =>
      api.get<Preview>(
        `/studio/sources/${source.id}/preview`,
        { limit: SHOWN, table: wish.table, query: wish.sql },
        signal,
      ),
    gcTime: 0,
    retry: false,
  });
  const seen = query.data;
  const rows = seen?.rows ?? [];
  const total = seen?.total_rows ?? rows.length;
  const take = () => {
    importSource(source.id, { ...wish, name: name.trim() });
    onClose();
  };
  return (
    <Dialog
      open
      size="large"
      onClose={onClose}
      title={wish.table ?? 'Rows of the statement'}
      footer={
        <>
          <Button icon={ChevronLeft} className="mr-auto" onClick={onBack}>
            Back
          </Button>
          <Button type="submit" form="import-source" look="primary" disabled={!seen?.ok || total === 0}>
            Import
          </Button>
        </>
      }
    >
      <form id="import-source" className="flex flex-col gap-4" onSubmit={onSubmit(take)}>
        {query.isPending && <Skeleton lines={6} label="Reading the first rows" />}
        {query.error && <ErrorState error={query.error} compact retry={() => void query.refetch()} />}
        {seen && !seen.ok && <ErrorState error={new Error(seen.error ?? 'There is nothing to see')} compact />}
        {seen?.ok && (
          <>
            <Field label="Name" required hint="What the data set is called.">
              <Input maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
            <div className="overflow-hidden rounded-lg border bg-surface">
              <DataTable
                label={`First rows of ${wish.table ?? 'the statement'}`}
                columns={(seen.headers ?? []).map((header) => ({ name: header, type: '' }))}
                rows={rows.map((row) => row.values)}
                height={280}
                caption={
                  total === 0
                    ? 'There are no rows, so there is nothing to import.'
                    : `${counted(total, 'row')}${rows.length < total ? `; the first ${rows.length} are shown` : ''}`
                }
              />
            </div>
          </>
        )}
      </form>
    </Dialog>
  );
}
