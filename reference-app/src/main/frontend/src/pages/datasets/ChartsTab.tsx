import { useMutation, useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Chart as Drawn, ChartSuggestion, DatasetDetail, Table } from '@/api/shapes';
import { Button } from '@/components/Button';
import { Chart } from '@/components/Chart';
import { classes } from '@/components/classes';
import { Field, Select } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Section } from '@/components/Page';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';

const AGGREGATES = ['count', 'sum', 'mean', 'median', 'min', 'max'];

interface Spec {
  kind: string;
  columns: string[];
  x: string;
  y: string;
  group: string;
  aggregate: string;
}

const NOTHING: Spec = { kind: '', columns: [], x: '', y: '', group: '', aggregate: '' };

/** The request of a chart: what was left open is left to the server. */
function bodyOf({ columns, ...rest }: Spec) {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  return columns.length > 0 ? { ...given, columns } : given;
}

const words = (name: string) => name.replaceAll(/[_-]/g, ' ');

function described(suggestion: ChartSuggestion): string {
  const columns = [suggestion.x, suggestion.y, suggestion.group, ...suggestion.columns].filter(Boolean);
  const named = columns.length === 0 ? '' : `: ${columns.slice(0, 3).join(', ')}${columns.length > 3 ? ', …' : ''}`;
  return words(suggestion.kind) + named;
}

/** Charts of a data set: those that fit it, or one of chosen columns. */
export function ChartsTab({ dataset }: { dataset: DatasetDetail }) {
  const suggestions = useQuery({
    queryKey: ['datasets', dataset.id, 'chart-suggestions'],
    queryFn: () => api.get<ChartSuggestion[]>(`/datasets/${dataset.id}/charts/suggestions`),
    staleTime: Infinity,
  });
  const kinds = useQuery({ queryKey: ['chart-kinds'], queryFn: () => api.get<string[]>('/chart-kinds'), staleTime: Infinity });
  const [spec, setSpec] = useState(NOTHING);
  const draw = useMutation({ mutationFn: (wanted: Spec) => api.post<Drawn>(`/datasets/${dataset.id}/charts`, bodyOf(wanted)) });
  const set = (part: Partial<Spec>) => setSpec((before) => ({ ...before, columns: [], ...part }));
  const take = (suggestion: ChartSuggestion) => {
    const wanted = { ...NOTHING, ...suggestion };
    setSpec(wanted);
    draw.mutate(wanted);
  };
  const column = (name: 'x' | 'y' | 'group', label: string) => (
    <Field label={label} unmarked>
      <Select value={spec[name]} onChange={(event) => set({ [name]: event.target.value })}>
        <option value="">–</option>
        {dataset.columns.map((one) => (
          <option key={one.name}>{one.name}</option>
        ))}
      </Select>
    </Field>
  );
  return (
    <div className="grid gap-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        <Section title="What fits this data">
          <Loaded query={suggestions}>
            {(all) => (
              <ul className="-mx-2 -my-1.5 flex flex-col">
                {all.map((one) => (
                  <li key={described(one)}>
                    <button
                      type="button"
                      aria-pressed={one.kind === spec.kind && one.x === spec.x}
                      onClick={() => take(one)}
                      className={classes(
                        'w-full rounded-md px-2 py-1.5 text-left break-words first-letter:uppercase hover:bg-hover',
                        one.kind === spec.kind && one.x === spec.x && 'bg-accent-wash',
                      )}
                    >
                      {described(one)}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </Loaded>
        </Section>
        <Section title="Your own">
          <form className="flex flex-col gap-3" onSubmit={onSubmit(() => draw.mutate(spec))}>
            <Field label="Kind" unmarked>
              <Select value={spec.kind} onChange={(event) => set({ kind: event.target.value })}>
                <option value="">What the columns suggest</option>
                {(kinds.data ?? []).map((kind) => (
                  <option key={kind} value={kind}>
                    {words(kind)}
                  </option>
                ))}
              </Select>
            </Field>
            {column('x', 'First column')}
            {column('y', 'Second column')}
            {column('group', 'Colour by')}
            <Field label="Computed as" unmarked>
              <Select value={spec.aggregate} onChange={(event) => set({ aggregate: event.target.value })}>
                <option value="">What fits</option>
                {AGGREGATES.map((aggregate) => (
                  <option key={aggregate}>{aggregate}</option>
                ))}
              </Select>
            </Field>
            <Button type="submit" look="primary" busy={draw.isPending}>
              Draw
            </Button>
          </form>
        </Section>
      </div>
      <div className="min-w-0">
        {draw.isPending && <Skeleton lines={8} label="Drawing" />}
        {draw.error && !draw.isPending && <ErrorState error={draw.error} />}
        {draw.isIdle && (
          <EmptyState icon={ChartColumn} title="No chart yet">
            Choose one that fits, or columns of your own.
          </EmptyState>
        )}
        {draw.data && !draw.isPending && <Shown drawn={draw.data} />}
      </div>
    </div>
  );
}

function Shown({ drawn }: { drawn: Drawn }) {
  const { columns, rows } = drawn.alternative;
  const table: Table = {
    columns: columns.map((name, at) => ({ name, type: typeof rows[0]?.[at] === 'number' ? 'number' : '' })),
    rows,
    totalRows: rows.length,
  };
  return (
    <div className="flex flex-col gap-3">
      <Chart figure={drawn.figure} title={drawn.title} alternative={table} height={460} />
      <p className="text-soft">{[drawn.reason, ...drawn.suggestions].join(' ')}</p>
    </div>
  );
}
