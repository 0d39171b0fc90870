import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import { COLUMN_TYPES, type Column, type ColumnType, type ImportPreview, type ImportWish } from '@/api/shapes';
import { Button } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Dialog } from '@/components/Dialog';
import { Checkbox, Field, Input, Select } from '@/components/fields';
import { counted } from '@/components/format';
import { onSubmit } from '@/components/onSubmit';
import { Note } from '@/components/small';
import { ErrorState, Skeleton } from '@/components/states';
import { dismiss, importUpload, type Import } from './imports';

/** More rows than any file has: all that can't be read may be left out. */
const ANY = 1_000_000_000_000;

const TYPES: Record<ColumnType, string> = {
  TEXT: 'text',
  INTEGER: 'whole numbers',
  DECIMAL: 'numbers',
  BOOLEAN: 'yes or no',
  DATE: 'days',
  TIMESTAMP: 'points in time',
  TIME: 'times of day',
};

/** Shows what is in a file that waits, how it is read, and imports it or takes it back. */
export function LookDialog({ one, onClose }: { one: Import; onClose: () => void }) {
  const [name, setName] = useState(one.name);
  const [types, setTypes] = useState<Record<string, ColumnType>>({});
  const [leaveOut, setLeaveOut] = useState(false);
  const wish: ImportWish = { types, maxRejectedRows: leaveOut ? ANY : 0 };
  const query = useQuery({
    queryKey: ['upload-preview', one.uploadId, wish],
    queryFn: ({ signal }) => api.post<ImportPreview>(`/uploads/${one.uploadId ?? ''}/preview`, wish, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const seen = query.data;
  // Still to be chosen where a choice made that the file can't be read.
  const [columns, setColumns] = useState<Column[]>([]);
  if (seen !== undefined && seen.columns !== columns) setColumns(seen.columns);
  const take = () => {
    importUpload(one.id, { ...wish, name: name.trim() });
    onClose();
  };
  return (
    <Dialog
      open
      size="large"
      onClose={onClose}
      title={`Look at “${one.name}”`}
      footer={
        <>
          <Button
            className="mr-auto"
            onClick={() => {
              dismiss(one.id);
              onClose();
            }}
          >
            Don’t import
          </Button>
          <Button
            type="submit"
            form="look-at-file"
            look="primary"
            disabled={seen === undefined || query.error !== null}
            busy={query.isFetching}
          >
            Import
          </Button>
        </>
      }
    >
      <form id="look-at-file" className="flex flex-col gap-4" onSubmit={onSubmit(take)}>
        <Field label="Name" required hint="What the data set is called.">
          <Input maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {query.isPending && <Skeleton lines={6} label="Reading the file" />}
        {query.error && <ErrorState error={query.error} compact retry={() => void query.refetch()} />}
        {seen && !query.error && <Seen preview={seen} />}
        {(query.error || leaveOut) && (
          <Checkbox
            label="Leave out rows that can’t be read"
            hint="They are kept in a file of their own beside the data set."
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.target.checked)}
          />
        )}
        {columns.length > 0 && <Types columns={columns} types={types} onChange={setTypes} />}
      </form>
    </Dialog>
  );
}

function Seen({ preview }: { preview: ImportPreview }) {
  const { rejectedRows, messages } = preview.report;
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={`First rows of ${preview.name}`}
          columns={preview.columns}
          rows={preview.rows}
          height={280}
          caption={`${counted(preview.totalRows, 'row')}, ${counted(preview.columns.length, 'column')}${
            preview.rows.length < preview.totalRows ? `; the first ${preview.rows.length} are shown` : ''
          }`}
        />
      </div>
      {rejectedRows > 0 && (
        <Note tone="warn">
          <p className="font-medium">{counted(rejectedRows, 'row')} would be left out</p>
          <Sentences all={messages.slice(0, 20)} />
        </Note>
      )}
      {preview.warnings.length > 0 && (
        <Note>
          <Sentences all={preview.warnings} />
        </Note>
      )}
    </>
  );
}

function Sentences({ all }: { all: string[] }) {
  return (
    <ul className="list-disc pl-5 text-sm">
      {all.map((sentence) => (
        <li key={sentence} className="break-words">
          {sentence}
        </li>
      ))}
    </ul>
  );
}

function Types({
  columns,
  types,
  onChange,
}: {
  columns: Column[];
  types: Record<string, ColumnType>;
  onChange: (types: Record<string, ColumnType>) => void;
}) {
  const choose = (column: string, type: string) => {
    const { [column]: _, ...others } = types;
    onChange(type === '' ? others : { ...others, [column]: type as ColumnType });
  };
  return (
    <details>
      <summary className="w-fit text-soft hover:text-ink">Types of the columns</summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        {columns.map((column) => (
          <Field key={column.name} label={column.name} unmarked>
            <Select value={types[column.name] ?? ''} onChange={(event) => choose(column.name, event.target.value)}>
              <option value="">
                As found{types[column.name] === undefined ? `: ${TYPES[column.type as ColumnType] ?? column.type}` : ''}
              </option>
              {COLUMN_TYPES.map((type) => (
                <option key={type} value={type}>
                  {TYPES[type]}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
    </details>
  );
}
