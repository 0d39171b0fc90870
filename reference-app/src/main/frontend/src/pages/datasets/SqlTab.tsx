import { useMutation } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download, Play, Square } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { save } from '@/api/download';
import { api, newKey } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { DatasetDetail, SqlPlan, SqlRows, SqlWish } from '@/api/shapes';
import { announce } from '@/components/announce';
import { Button, IconButton } from '@/components/Button';
import { CodeBlock } from '@/components/CodeBlock';
import { DataTable } from '@/components/DataTable';
import { Field, Select, TextArea } from '@/components/fields';
import { counted, millis, number } from '@/components/format';
import { Menu } from '@/components/Menu';
import { onSubmit } from '@/components/onSubmit';
import { Note } from '@/components/small';
import { ErrorState } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { FORMATS } from './formats';

const SIZES = [100, 1000, 10_000];
/** What was written last, for who comes back from another tab. */
const DRAFTS = new Map<string, string>();

/** A name as SQL takes it whatever it is. */
const quoted = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** A page of rows, and what they are the rows of. */
interface Shown {
  sql: string;
  offset: number;
  table: SqlRows;
}

/** One SELECT over a data set: run and stopped, explained, looked at by pages, exported. */
export function SqlTab({ dataset }: { dataset: DatasetDetail }) {
  const [sql, setSql] = useState(DRAFTS.get(dataset.id) ?? `SELECT *\nFROM ${quoted(dataset.table)}\nLIMIT 100`);
  const [size, setSize] = useState(100);
  const running = useRef<string | null>(null);
  const wish = (statement: string): SqlWish => ({ datasetIds: [dataset.id], sql: statement });
  const run = useMutation({
    mutationFn: async ({ statement, offset }: { statement: string; offset: number }): Promise<Shown> => {
      const id = newKey();
      running.current = id;
      try {
        const table = await api.post<SqlRows>('/sql', { ...wish(statement), limit: size, offset, run: id });
        return { sql: statement, offset, table };
      } finally {
        running.current = null;
      }
    },
    onSuccess: ({ table }) => announce(counted(table.totalRows, 'row')),
  });
  const explain = useMutation({ mutationFn: () => api.post<SqlPlan>('/sql/explain', wish(sql)) });
  const keep = useMutation({
    mutationFn: (format: string) => save('/sql/export', { method: 'POST', body: wish(sql), query: { format } }),
    onError: toastFailed,
  });
  const stop = () => {
    if (running.current !== null) void api.post('/sql/cancel', { run: running.current }).catch(toastFailed);
  };
  const begin = () => {
    explain.reset();
    run.mutate({ statement: sql, offset: 0 });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!run.isPending) begin();
    }
  };
  const stopped = run.error !== null && ApiProblem.of(run.error).code === 'CANCELLED';
  return (
    <div className="flex flex-col gap-4">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(begin)}>
        <Field
          label="Statement"
          unmarked
          hint={`One SELECT in the language of DuckDB; the table is ${quoted(dataset.table)}. Ctrl and Enter run it.`}
        >
          <TextArea
            className="min-h-36 font-mono text-sm"
            spellCheck={false}
            autoCapitalize="off"
            value={sql}
            onKeyDown={keys}
            onChange={(event) => {
              DRAFTS.set(dataset.id, event.target.value);
              setSql(event.target.value);
            }}
          />
        </Field>
        <div className="flex flex-wrap items-end gap-2">
          {run.isPending ? (
            <Button icon={Square} onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button type="submit" look="primary" icon={Play} disabled={sql.trim() === ''}>
              Run
            </Button>
          )}
          <Button busy={explain.isPending} disabled={sql.trim() === ''} onClick={() => explain.mutate()}>
            Explain
          </Button>
          <Menu
            trigger={
              <Button icon={Download} busy={keep.isPending}>
                Export all rows
              </Button>
            }
            items={Object.entries(FORMATS).map(([format, label]) => ({ label, onSelect: () => keep.mutate(format) }))}
          />
          <label className="ml-auto flex items-center gap-2 text-sm text-soft">
            Rows a page
            <Select className="w-28" value={size} onChange={(event) => setSize(Number(event.target.value))}>
              {SIZES.map((each) => (
                <option key={each} value={each}>
                  {number(each)}
                </option>
              ))}
            </Select>
          </label>
        </div>
      </form>
      {explain.error && <ErrorState error={explain.error} compact />}
      {explain.data && <CodeBlock code={explain.data.plan} label="plan" />}
      {run.error && (stopped ? <Note>The statement was stopped.</Note> : <ErrorState error={run.error} compact />)}
      {run.data && !run.error && (
        <Rows
          shown={run.data}
          size={size}
          busy={run.isPending}
          onPage={(offset) => run.mutate({ statement: run.data.sql, offset })}
        />
      )}
    </div>
  );
}

function Rows({
  shown: { offset, table },
  size,
  busy,
  onPage,
}: {
  shown: Shown;
  size: number;
  busy: boolean;
  onPage: (offset: number) => void;
}) {
  const last = offset + table.rows.length;
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <DataTable
        key={offset}
        label="Rows of the statement"
        columns={table.columns}
        rows={table.rows}
        firstNumber={offset + 1}
        caption={
          <span className="flex items-center justify-between gap-3">
            <span className="tabular-nums">
              {table.rows.length === 0
                ? 'No rows'
                : `Rows ${number(offset + 1)} to ${number(last)} of ${number(table.totalRows)}`}
              {`, in ${millis(table.millis)}`}
            </span>
            {table.totalRows > table.rows.length && (
              <span className="flex">
                <IconButton
                  size="small"
                  icon={ChevronLeft}
                  label="Page before"
                  disabled={busy || offset === 0}
                  onClick={() => onPage(Math.max(0, offset - size))}
                />
                <IconButton
                  size="small"
                  icon={ChevronRight}
                  label="Next page"
                  disabled={busy || last >= table.totalRows}
                  onClick={() => onPage(last)}
                />
              </span>
            )}
          </span>
        }
      />
    </div>
  );
}
