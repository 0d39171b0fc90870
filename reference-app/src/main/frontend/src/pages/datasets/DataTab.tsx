import { useQueries } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { api } from '@/api/http';
import type { Cell, DatasetDetail, Table } from '@/api/shapes';
import { IconButton } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { number } from '@/components/format';
import { ErrorState } from '@/components/states';

/** Rows of one request. */
const PAGE = 200;
/** Rows that one scroll bar can hold: browsers stop at about 17 million pixels. */
const WINDOW = 500_000;
const HOUR_MS = 3_600_000;

/** The rows of a data set, fetched as they come into sight. */
export function DataTab({ dataset }: { dataset: DatasetDetail }) {
  const [start, setStart] = useState(0);
  const [[from, to], setSight] = useState<[number, number]>([0, PAGE]);
  const count = Math.min(WINDOW, dataset.rows - start);
  const first = Math.floor((start + from) / PAGE);
  const last = Math.max(first, Math.floor((start + Math.max(from, to - 1)) / PAGE));
  const pages = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, index) => {
      const offset = (first + index) * PAGE;
      return {
        queryKey: ['datasets', dataset.id, 'rows', dataset.version, offset],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api.get<Table>(`/datasets/${dataset.id}/rows`, { offset, limit: PAGE }, signal),
        staleTime: HOUR_MS,
      };
    }),
    combine: (results) => ({
      tables: results.map((result) => result.data),
      error: results.find((result) => result.error)?.error ?? null,
      retry: () => results.forEach((result) => void result.refetch()),
    }),
  });
  const rows = useMemo(() => {
    const sparse: (Cell[] | undefined)[] = [];
    pages.tables.forEach((table, index) =>
      table?.rows.forEach((row, at) => {
        sparse[(first + index) * PAGE + at - start] = row;
      }),
    );
    return sparse;
  }, [pages.tables, first, start]);
  const onSight = useCallback((a: number, b: number) => setSight([a, b]), []);
  if (pages.error !== null) return <ErrorState error={pages.error} retry={pages.retry} />;
  const move = (row: number) => {
    setStart(row);
    setSight([0, PAGE]);
  };
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <DataTable
        key={start}
        label={`Rows of ${dataset.name}`}
        columns={dataset.columns}
        rows={rows}
        rowCount={count}
        firstNumber={start + 1}
        height={Math.max(320, window.innerHeight - 300)}
        onSight={onSight}
        caption={
          <span className="flex items-center justify-between gap-3">
            <span className="tabular-nums">
              {dataset.rows > WINDOW
                ? `Rows ${number(start + 1)} to ${number(start + count)} of ${number(dataset.rows)}`
                : `${number(dataset.rows)} rows, ${number(dataset.columnCount)} columns`}
            </span>
            {dataset.rows > WINDOW && (
              <span className="flex">
                <IconButton
                  size="small"
                  icon={ChevronLeft}
                  label="Rows before"
                  disabled={start === 0}
                  onClick={() => move(start - WINDOW)}
                />
                <IconButton
                  size="small"
                  icon={ChevronRight}
                  label="Rows after"
                  disabled={start + WINDOW >= dataset.rows}
                  onClick={() => move(start + WINDOW)}
                />
              </span>
            )}
          </span>
        }
      />
    </div>
  );
}
