import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { ColumnDetails, Profile } from '@/api/shapes';
import { Input } from '@/components/fields';
import { bytes, number } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { Section } from '@/components/Page';
import { Badge, type Tone } from '@/components/small';

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const percent = (value: number) =>
  value > 0 && value < 0.001 ? '< 0.1 %' : `${number(Math.round(value * 1000) / 10)} %`;

/** What a data set holds, column by column. */
export function ProfileTab({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['datasets', id, 'profile'],
    queryFn: ({ signal }) => api.get<Profile>(`/datasets/${id}/profile`, undefined, signal),
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} lines={10}>
      {(profile) => <Shown profile={profile} />}
    </Loaded>
  );
}

function Shown({ profile }: { profile: Profile }) {
  const [search, setSearch] = useState('');
  const columns = profile.columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <div className="flex flex-col gap-5">
      <Overview profile={profile} />
      <Alerts profile={profile} />
      {profile.columns.length > 8 && (
        <Input
          type="search"
          aria-label="Find a column"
          placeholder="Find a column"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-xs"
        />
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))] gap-4">
        {columns.map((column) => (
          <li key={column.name} className="min-w-0">
            <ColumnCard column={column} />
          </li>
        ))}
      </ul>
      {columns.length === 0 && <p className="text-soft">No column is called “{search}”.</p>}
      {profile.notes.map((note) => (
        <p key={note} className="text-sm text-soft">
          {note}
        </p>
      ))}
    </div>
  );
}

function Overview({ profile: { overview } }: { profile: Profile }) {
  const cells = overview.rows * overview.columns;
  const facts = [
    ['Rows', number(overview.rows)],
    ['Columns', number(overview.columns)],
    ['Missing cells', percent(share(overview.missingCells, cells))],
    ['Equal rows', number(overview.duplicateRows)],
    ['Stored', bytes(overview.storedBytes)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-5">
      {facts.map(([name, value]) => (
        <div key={name} className="bg-surface px-4 py-3 last:max-sm:col-span-2">
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const SEVERITIES: Record<string, Tone> = { high: 'bad', error: 'bad', warning: 'warn', medium: 'warn' };

function Alerts({ profile: { alerts } }: { profile: Profile }) {
  if (alerts.length === 0) return null;
  return (
    <Section title="Worth a look">
      <ul className="flex flex-col gap-2">
        {alerts.map((alert) => (
          <li key={alert.message} className="flex items-start gap-2.5">
            <Badge tone={SEVERITIES[alert.severity.toLowerCase()] ?? 'plain'}>
              {alert.kind.replaceAll('_', ' ').toLowerCase()}
            </Badge>
            <span className="min-w-0 break-words">{alert.message}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ColumnCard({ column }: { column: ColumnDetails }) {
  const missing = share(column.missing, column.rows);
  const facts: [string, string][] = [
    ['Missing', percent(missing)],
    ['Distinct', (column.distinctAccuracy.toLowerCase() === 'exact' ? '' : 'about ') + number(column.distinct)],
    ...numberFacts(column),
  ];
  return (
    <section aria-label={column.name} className="flex h-full flex-col gap-3 rounded-lg border bg-surface p-4">
      <header className="flex items-baseline justify-between gap-2">
        <h3 className="min-w-0 font-semibold break-all">{column.name}</h3>
        <span className="shrink-0 text-xs text-soft lowercase">{`${column.type} · ${column.role}`}</span>
      </header>
      {column.histogram.bins.length > 0 ? <Bars column={column} /> : <Top column={column} />}
      <dl className="mt-auto grid grid-cols-2 gap-x-4 gap-y-0.5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-2">
            <dt className="text-soft">{name}</dt>
            <dd className="truncate tabular-nums" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function numberFacts({ numbers, texts, min, max }: ColumnDetails): [string, string][] {
  if (numbers) {
    const median = numbers.quantiles.find(({ part }) => part === 0.5);
    return [
      ['Mean', number(numbers.mean)],
      ['Median', median ? number(median.value) : '–'],
      ['Least', number(numbers.min)],
      ['Most', number(numbers.max)],
      ['Zeros', number(numbers.zeros)],
      ['Outliers', number(numbers.outliers.low + numbers.outliers.high)],
    ];
  }
  if (texts) {
    return [
      ['Longest', number(texts.longest)],
      ['Blank', number(texts.blank)],
    ];
  }
  return [
    ['First', min || '–'],
    ['Last', max || '–'],
  ];
}

function Bars({ column }: { column: ColumnDetails }) {
  const { bins } = column.histogram;
  const most = Math.max(...bins.map((bin) => bin.count), 1);
  return (
    <figure>
      <div
        role="img"
        aria-label={`Distribution of ${column.name} from ${column.min} to ${column.max}`}
        className="flex h-20 items-end gap-px"
      >
        {bins.map((bin) => (
          <div
            key={bin.label}
            title={`${bin.label}: ${number(bin.count)}`}
            className="min-h-px grow bg-accent/75 hover:bg-accent"
            style={{ height: `${(bin.count / most) * 100}%` }}
          />
        ))}
      </div>
      <figcaption className="mt-1 flex justify-between gap-2 border-t pt-1 text-xs text-soft tabular-nums">
        <span className="truncate">{bins[0]?.label}</span>
        <span className="truncate">{bins.at(-1)?.label}</span>
      </figcaption>
    </figure>
  );
}

const MOST_VALUES = 5;

function Top({ column }: { column: ColumnDetails }) {
  const top = column.top.slice(0, MOST_VALUES);
  const most = top[0]?.count ?? 1;
  if (top.length === 0) return <p className="text-soft">No value at all.</p>;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {top.map(({ value, count }) => (
        <li key={value} className="relative flex justify-between gap-3 overflow-hidden rounded px-2 py-0.5">
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 rounded bg-accent-wash"
            style={{ width: `${(count / most) * 100}%` }}
          />
          <span className="relative truncate">{value === '' ? '(empty)' : value}</span>
          <span className="relative text-soft tabular-nums">{number(count)}</span>
        </li>
      ))}
    </ul>
  );
}
