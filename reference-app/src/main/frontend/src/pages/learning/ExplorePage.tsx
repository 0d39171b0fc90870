import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Telescope } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '@/api/http';
import type { Cell, Column, DatasetDetail, Job } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { classes } from '@/components/classes';
import { DataTable } from '@/components/DataTable';
import { Checkbox, Field, Input, Select } from '@/components/fields';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Page, Section } from '@/components/Page';
import { Note } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Refusal, Skeleton } from '@/components/states';
import { DatasetField, useChosen, useDatasets } from './datasets';
import { ChartOf, Sentences } from './parts';
import type { Exploration, ExplorationOrder, Finding } from './shapes';

const KINDS: Record<string, { name: string; says: string }> = {
  groups: { name: 'Groups of alike rows', says: 'Which rows belong together, and what sets each group apart.' },
  unusual: { name: 'Unusual rows', says: 'Which rows differ most from the others, and why.' },
  components: { name: 'Principal components', says: 'Along which directions rows differ most.' },
  forecast: { name: 'A forecast', says: 'How a value goes on over time, with bounds.' },
};

/** What each kind keeps for new rows. */
const MODELS: Record<string, string> = {
  groups: 'Tells the group of new rows.',
  unusual: 'Tells whether new rows are unusual.',
  components: 'Tells where new rows lie on the components.',
};

/** Asks what is to be looked for, then shows what was found; the address names the job, so that it can be come back to. */
export function ExplorePage() {
  const mayExplore = useMay('dataset:edit');
  const [params, setParams] = useSearchParams();
  const job = params.get('job');
  return (
    <Page
      title="Explore"
      lead={
        <Link to="/learning" className="inline-flex items-center gap-1 text-accent hover:underline">
          <ArrowLeft size={15} aria-hidden />
          Learning
        </Link>
      }
    >
      {!mayExplore ? (
        <NoPermission detail="Exploring data needs the right “dataset:edit”, which your role doesn’t include." />
      ) : job === null ? (
        <Choices onBegun={(id) => setParams({ job: id })} />
      ) : (
        <Watch key={job} id={job} again={(dataset) => setParams(dataset ? { dataset } : {})} />
      )}
    </Page>
  );
}

function Choices({ onBegun }: { onBegun: (job: string) => void }) {
  const [params] = useSearchParams();
  const datasets = useDatasets();
  const [id, setChosen] = useChosen(params.get('dataset') ?? '', datasets.data?.items[0]?.id);
  const dataset = useQuery({
    queryKey: ['dataset', id],
    queryFn: ({ signal }) => api.get<DatasetDetail>(`/datasets/${id}`, {}, signal),
    enabled: id !== '',
  });
  if (datasets.data?.items.length === 0) {
    return (
      <EmptyState
        icon={Telescope}
        title="There is nothing to explore yet"
        action={
          <ButtonLink look="primary" to="/datasets">
            Bring data
          </ButtonLink>
        }
      >
        Groups, unusual rows and forecasts are looked for in the rows of a data set.
      </EmptyState>
    );
  }
  return (
    <Loaded query={datasets} lines={6}>
      {({ items }) => (
        <div className="flex max-w-3xl flex-col gap-4">
          <DatasetField items={items} id={id} name={dataset.data?.name} onChosen={setChosen} />
          <Loaded query={dataset} lines={4}>
            {(known) => <Form key={known.id} dataset={known} onBegun={onBegun} />}
          </Loaded>
        </div>
      )}
    </Loaded>
  );
}

const isTime = (column: Column) => /date|time/i.test(column.type);
const isNumber = (column: Column) => /int|decimal|double|float|numeric/i.test(column.type);
/** Years are whole numbers, which others are, too. */
const isYear = ({ name, type, role }: Column) => /int/i.test(type) && (/^time$/i.test(role) || /year/i.test(name));
const wholeNumber = (text: string) => (text.trim() === '' ? {} : { count: Number(text) });

function Form({ dataset, onBegun }: { dataset: DatasetDetail; onBegun: (job: string) => void }) {
  const [kind, setKind] = useState('groups');
  const [columns, setColumns] = useState<string[]>([]);
  const [count, setCount] = useState('');
  const [percent, setPercent] = useState('1');
  const [value, setValue] = useState(dataset.columns.filter(isNumber).at(-1)?.name ?? '');
  const [time, setTime] = useState((dataset.columns.find(isTime) ?? dataset.columns.find(isYear))?.name ?? '');
  const [period, setPeriod] = useState('automatic');
  const [horizon, setHorizon] = useState('');
  const [aggregate, setAggregate] = useState('automatic');
  const [keepAs, setKeepAs] = useState('');
  const [keepModelAs, setKeepModelAs] = useState('');
  const times = dataset.columns.filter((column) => isTime(column) || isYear(column));
  const lacksTimes = kind === 'forecast' && times.length === 0;
  const order: ExplorationOrder = {
    kind,
    ...(kind !== 'forecast' && columns.length > 0 && { columns }),
    ...((kind === 'groups' || kind === 'components') && wholeNumber(count)),
    ...(kind === 'unusual' && { share: Number(percent) / 100 }),
    ...(kind === 'forecast' && {
      value,
      time,
      period,
      ...(value !== '' && { aggregate }),
      ...(horizon.trim() !== '' && { horizon: Number(horizon) }),
    }),
    ...(keepAs.trim() !== '' && { keepAs: keepAs.trim() }),
    ...(kind !== 'forecast' && keepModelAs.trim() !== '' && { keepModelAs: keepModelAs.trim() }),
  };
  const explore = useMutation({
    mutationFn: () => api.post<Job>(`/datasets/${dataset.id}/explorations`, order),
    onSuccess: ({ id }) => onBegun(id),
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={onSubmit(() => explore.mutate())}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Look for" required hint={KINDS[kind]?.says}>
          <Select value={kind} onChange={(event) => setKind(event.target.value)}>
            {Object.entries(KINDS).map(([name, each]) => (
              <option key={name} value={name}>
                {each.name}
              </option>
            ))}
          </Select>
        </Field>
        {(kind === 'groups' || kind === 'components') && (
          <Field
            label={kind === 'groups' ? 'How many groups' : 'How many components'}
            hint="As many as fit best, when it is left empty."
          >
            <Input
              type="number"
              min={kind === 'groups' ? 2 : 1}
              max={50}
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          </Field>
        )}
        {kind === 'unusual' && (
          <Field label="Percent of the rows" required hint="So many are called unusual.">
            <Input
              type="number"
              step="any"
              min={0.01}
              max={50}
              value={percent}
              onChange={(event) => setPercent(event.target.value)}
            />
          </Field>
        )}
        {kind === 'forecast' && (
          <>
            <Field label="Value" required>
              <Select value={value} onChange={(event) => setValue(event.target.value)}>
                <option value="">The number of rows</option>
                {dataset.columns.filter(isNumber).map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            </Field>
            <Field label="Along" required hint="A column of dates, or of years.">
              <Select value={time} onChange={(event) => setTime(event.target.value)}>
                {times.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            </Field>
            {value !== '' && (
              <Field label="The rows of a period" required hint="Amounts are summed, prices and rates averaged.">
                <Select value={aggregate} onChange={(event) => setAggregate(event.target.value)}>
                  <option value="automatic">What fits the data</option>
                  <option value="sum">Are summed</option>
                  <option value="mean">Are averaged</option>
                  <option value="count">Are counted</option>
                </Select>
              </Field>
            )}
            <Field label="Period" required>
              <Select value={period} onChange={(event) => setPeriod(event.target.value)}>
                <option value="automatic">What fits the data</option>
                <option value="day">Days</option>
                <option value="week">Weeks</option>
                <option value="month">Months</option>
                <option value="quarter">Quarters</option>
                <option value="year">Years</option>
              </Select>
            </Field>
            <Field label="How many periods ahead" hint="About a year, when it is left empty.">
              <Input
                type="number"
                min={1}
                max={500}
                value={horizon}
                onChange={(event) => setHorizon(event.target.value)}
              />
            </Field>
          </>
        )}
        <Field
          label="Name of a new data set"
          hint={
            kind === 'forecast'
              ? 'With past and forecast; none is made without a name.'
              : 'With what was found of each row; none is made without a name.'
          }
        >
          <Input value={keepAs} maxLength={200} onChange={(event) => setKeepAs(event.target.value)} />
        </Field>
        {kind !== 'forecast' && (
          <Field label="Keep as a model named" hint={`${MODELS[kind]} None is kept without a name.`}>
            <Input value={keepModelAs} maxLength={200} onChange={(event) => setKeepModelAs(event.target.value)} />
          </Field>
        )}
      </div>
      {kind !== 'forecast' && (
        <details className="rounded-lg border bg-surface">
          <summary className="cursor-pointer px-4 py-2.5 font-medium">
            {columns.length === 0 ? 'Columns: all that fit' : `Columns: ${columns.join(', ')}`}
          </summary>
          <fieldset className="border-t p-4">
            <legend className="sr-only">Columns that rows are compared by</legend>
            <div className="grid gap-2 sm:grid-cols-2">
              {dataset.columns.map(({ name }) => (
                <Checkbox
                  key={name}
                  label={<span className="break-words">{name}</span>}
                  checked={columns.includes(name)}
                  onChange={() =>
                    setColumns(columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name])
                  }
                />
              ))}
            </div>
          </fieldset>
        </details>
      )}
      {lacksTimes && (
        <Note tone="warn">
          This data set has no column of dates or years, which a forecast goes along. Choose another one, or look for
          something else.
        </Note>
      )}
      {explore.error && <Refusal error={explore.error} />}
      <div>
        <Button look="primary" type="submit" busy={explore.isPending} disabled={lacksTimes}>
          Explore
        </Button>
      </div>
    </form>
  );
}

/** An exploration as it goes on, and what it found. */
function Watch({ id, again }: { id: string; again: (dataset?: string) => void }) {
  const client = useQueryClient();
  const { job, problem } = useJob(id, () => {
    void client.invalidateQueries({ queryKey: ['datasets'] });
    void client.invalidateQueries({ queryKey: ['trained-models'] });
  });
  const isDone = job?.state === 'done';
  const { data, error } = useQuery({
    queryKey: ['exploration', id],
    queryFn: ({ signal }) => api.get<Exploration>(`/jobs/${id}/exploration`, {}, signal),
    enabled: isDone,
    staleTime: Infinity,
  });
  const found = data?.found;
  const wrong = problem ?? error;
  return (
    <div className="flex flex-col gap-4">
      {wrong && <ErrorState error={wrong} />}
      {job?.state === 'failed' && <ErrorState error={problemOf(job)} retry={() => again()} />}
      {job?.state === 'cancelled' && <Note>The exploration was cancelled. Nothing of it was kept.</Note>}
      {(job?.state === 'queued' || job?.state === 'running') && (
        <Section title="Under way">
          <JobRow job={job} />
        </Section>
      )}
      {!wrong && (job === null || (isDone && !found)) && <Skeleton lines={6} label="Loading what was found" />}
      {found && <Found found={found} />}
      {job !== null && (
        <div>
          <Button onClick={() => again(job.result?.id)}>Explore something else</Button>
        </div>
      )}
    </div>
  );
}

/** Words, then pictures, then the numbers behind them. */
function Found({ found }: { found: Finding }) {
  const { sentences, notes, charts, tables, datasetId, modelId } = found;
  const [first, second, ...others] = sentences;
  return (
    <>
      <Section title="What was found">
        <p className="font-medium break-words">{first}</p>
        {second && <p className="mt-1.5 break-words">{second}</p>}
        {(datasetId || modelId) && (
          <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
            {modelId && (
              <Link to={`/learning/${modelId}`} className="text-accent underline">
                Use the model on new rows
              </Link>
            )}
            {datasetId && (
              <Link to={`/datasets/${datasetId}?tab=data`} className="text-accent underline">
                See the new data set
              </Link>
            )}
          </p>
        )}
      </Section>
      <div className={classes('grid gap-4', charts.length > 1 && 'lg:grid-cols-2')}>
        {charts.map((chart) => (
          <ChartOf key={chart.name} chart={chart} />
        ))}
      </div>
      {others.length > 0 && (
        <Section title="In words">
          <Sentences of={others} />
        </Section>
      )}
      {notes.length > 0 && (
        <Note tone="warn">
          <p className="font-medium">What was noticed</p>
          <ul className="mt-0.5 list-disc pl-5">
            {notes.map((note) => (
              <li key={note} className="break-words">
                {note}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {tables.map(({ title, columns, rows }) => (
        <section key={title} className="min-w-0 overflow-hidden rounded-lg border bg-surface">
          <h2 className="border-b px-4 py-2.5 font-semibold">{title}</h2>
          <DataTable
            unnumbered
            label={title}
            columns={columns.map((name, at) => ({ name, type: '', right: at > 0 && holdsNumbers(rows, at) }))}
            rows={rows}
          />
        </section>
      ))}
    </>
  );
}

const holdsNumbers = (rows: Cell[][], at: number) => rows.some((row) => typeof row[at] === 'number');
