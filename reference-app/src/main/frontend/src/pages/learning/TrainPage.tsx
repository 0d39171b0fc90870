import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/http';
import type { Column, DatasetDetail, Job } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { Checkbox, Field, Input, Select } from '@/components/fields';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Page, Section } from '@/components/Page';
import { EmptyState, ErrorState, NoPermission, Refusal, Skeleton } from '@/components/states';
import { DatasetField, useChosen, useDatasets } from './datasets';
import { BringPictures } from './BringPictures';
import { ChartOf } from './parts';
import type { Algorithm, Parameter, Training, TrainingOrder } from './shapes';
import {
  algorithmName,
  kindText,
  matters,
  parameterName,
  predicts,
  purpose,
  rangeText,
  rowHint,
  rowKinds,
  settings,
} from './words';

const BEST = 'best';
const SECONDS = 60;
const MOST_SECONDS = 3600;
const LOOK_MS = 1500;
const WORDS = 'hashing';
const BRING = 'Pictures of this computer as a new data set';
const ROWS: Record<string, string> = {
  automatic: 'Found out',
  table: 'A table',
  steps: 'Steps in time',
  picture: 'A picture',
  text: 'A text',
};

/** Asks what is to be trained, then shows how it goes; the address names the training, so that it can be come back to. */
export function TrainPage() {
  const mayTrain = useMay('dataset:edit');
  const [params, setParams] = useSearchParams();
  const job = params.get('job');
  const watch = (id: string) => setParams({ job: id }, { replace: true });
  const again = () => setParams({}, { replace: true });
  return (
    <Page
      title={job === null ? 'Train a model' : 'A model is trained'}
      lead={
        <Link to="/learning" className="inline-flex items-center gap-1 text-accent hover:underline">
          <ArrowLeft size={15} aria-hidden />
          Learning
        </Link>
      }
    >
      {!mayTrain ? (
        <NoPermission detail="Training models needs the right “dataset:edit”, which your role doesn’t include." />
      ) : job === null ? (
        <Choices onBegun={watch} />
      ) : (
        <Watch key={job} id={job} again={again} />
      )}
    </Page>
  );
}

function Choices({ onBegun }: { onBegun: (job: string) => void }) {
  const [params] = useSearchParams();
  const datasets = useDatasets();
  const algorithms = useQuery({
    queryKey: ['algorithms'],
    queryFn: ({ signal }) => api.get<Algorithm[]>('/trained-models/algorithms', {}, signal),
    staleTime: Infinity,
  });
  const [id, setChosen] = useChosen(params.get('dataset') ?? '', datasets.data?.items[0]?.id);
  const dataset = useQuery({
    queryKey: ['dataset', id],
    queryFn: ({ signal }) => api.get<DatasetDetail>(`/datasets/${id}`, {}, signal),
    enabled: id !== '',
  });
  if (datasets.data?.items.length === 0) {
    return (
      <div className="flex max-w-3xl flex-col gap-4">
        <EmptyState
          icon={GraduationCap}
          title="There is nothing to learn from yet"
          action={
            <ButtonLink look="primary" to="/datasets">
              Bring data
            </ButtonLink>
          }
        >
          A model learns from the rows of a data set.
        </EmptyState>
        <Folded title={BRING}>
          <BringPictures onMade={setChosen} />
        </Folded>
      </div>
    );
  }
  return (
    <Loaded query={datasets} lines={6}>
      {({ items }) => (
        <div className="flex max-w-3xl flex-col gap-4">
          <DatasetField items={items} id={id} name={dataset.data?.name} onChosen={setChosen} />
          <Folded title={BRING}>
            <BringPictures onMade={setChosen} />
          </Folded>
          <Loaded query={dataset} lines={4}>
            {(known) => (
              <Loaded query={algorithms} lines={4}>
                {(kinds) => <Form key={known.id} dataset={known} algorithms={kinds} onBegun={onBegun} />}
              </Loaded>
            )}
          </Loaded>
        </div>
      )}
    </Loaded>
  );
}

/** What names rows is seldom predicted; a number that is measured mostly is. */
function likelyTarget(columns: Column[]): string {
  const measured = columns.filter((column) => /measure/i.test(column.role));
  return (measured.at(-1) ?? columns.at(-1))?.name ?? '';
}

const isTime = (column: Column) => /date|time/i.test(column.type);
const isText = (column: Column) => /text/i.test(column.type);

function Form({
  dataset,
  algorithms,
  onBegun,
}: {
  dataset: DatasetDetail;
  algorithms: Algorithm[];
  onBegun: (job: string) => void;
}) {
  const client = useQueryClient();
  const [target, setTarget] = useState(() => likelyTarget(dataset.columns));
  const [type, setType] = useState('random_forest');
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [seconds, setSeconds] = useState(String(SECONDS));
  const [left, setLeft] = useState<Set<string>>(new Set());
  const [time, setTime] = useState('');
  const [folds, setFolds] = useState('0');
  const [texts, setTexts] = useState(WORDS);
  const [name, setName] = useState('');
  const algorithm = algorithms.find((each) => each.type === type);
  const rows = algorithm ? rowKinds(algorithm) : [];
  const input = typed.input ?? 'automatic';
  const parameters = (algorithm?.parameters ?? []).filter((each) => matters(each, input));
  const hasTarget = !algorithm || predicts(algorithm);
  const others = dataset.columns.map((column) => column.name).filter((column) => !hasTarget || column !== target);
  const order: TrainingOrder = {
    datasetId: dataset.id,
    spec: {
      ...(hasTarget && { target }),
      ...(others.some((each) => left.has(each)) && { features: others.filter((each) => !left.has(each)) }),
      ...(algorithm && { algorithm: { type, ...settings(algorithm.parameters, typed) } }),
      ...(time !== '' && { split: { timeColumn: time } }),
      ...(texts !== WORDS && { preparation: { texts } }),
      ...(hasTarget && folds !== '0' && { validation: { folds: Number(folds) } }),
    },
    ...(type === BEST && { bestWithinSeconds: Number(seconds) }),
    ...(name.trim() !== '' && { name: name.trim() }),
  };
  const train = useMutation({
    mutationFn: () => api.post<Job>('/trained-models', order),
    onSuccess: (job) => {
      void client.invalidateQueries({ queryKey: ['trainings'] });
      onBegun(job.id);
    },
  });
  const choose = (next: string) => {
    setType(next);
    setTyped({});
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={onSubmit(() => train.mutate())}>
      <div className="grid gap-4 sm:grid-cols-2">
        {hasTarget && (
          <Field label="Column to predict" required hint="Numbers are estimated, words are told apart.">
            <Select value={target} onChange={(event) => setTarget(event.target.value)}>
              {dataset.columns.map((column) => (
                <option key={column.name}>{column.name}</option>
              ))}
            </Select>
          </Field>
        )}
        <Field
          label="Kind of model"
          required
          hint={
            type === BEST
              ? 'Many kinds are tried by cross-validation, and the best is kept.'
              : algorithm && purpose(algorithm)
          }
        >
          <Select value={type} onChange={(event) => choose(event.target.value)}>
            <option value={BEST}>The best of many</option>
            {algorithms.map((each) => (
              <option key={each.type} value={each.type}>
                {kindText(each)}
              </option>
            ))}
          </Select>
        </Field>
        {rows.length > 0 && (
          <Field label="What a row is" unmarked hint={rowHint(input, type)}>
            <Select value={input} onChange={(event) => setTyped({ ...typed, input: event.target.value })}>
              {rows.map((each) => (
                <option key={each} value={each}>
                  {ROWS[each] ?? each}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {type === BEST && (
          <Field label="How long to look, in seconds" required>
            <Input
              type="number"
              min={1}
              max={MOST_SECONDS}
              value={seconds}
              onChange={(event) => setSeconds(event.target.value)}
            />
          </Field>
        )}
        <Field label="Name" hint="A model of a name that is there becomes its next version.">
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
      </div>
      {parameters.length > 0 && (
        <Folded title={`Parameters of ${algorithmName(type)}`}>
          <div className="grid gap-4 sm:grid-cols-2">
            {parameters.map((each) => (
              <Setting
                key={each.name}
                parameter={each}
                value={typed[each.name] ?? each.byDefault}
                onChange={(value) => setTyped({ ...typed, [each.name]: value })}
              />
            ))}
          </div>
        </Folded>
      )}
      <Folded title="Columns and judgement">
        <fieldset>
          <legend className="mb-2 text-sm font-medium">
            {hasTarget ? 'Columns to predict it from' : 'Columns to learn'}
          </legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {others.map((column) => (
              <Checkbox
                key={column}
                label={<span className="break-words">{column}</span>}
                checked={!left.has(column)}
                onChange={() => {
                  const next = new Set(left);
                  if (!next.delete(column)) next.add(column);
                  setLeft(next);
                }}
              />
            ))}
          </div>
        </fieldset>
        <div className="mt-4 grid gap-4 sm:grid-cols-2">
          <Field label="Judged on" unmarked hint="A fifth of the rows is kept apart from learning.">
            <Select value={time} onChange={(event) => setTime(event.target.value)}>
              <option value="">Rows by chance</option>
              {dataset.columns.filter(isTime).map((column) => (
                <option key={column.name} value={column.name}>
                  The latest by {column.name}
                </option>
              ))}
            </Select>
          </Field>
          {hasTarget && (
            <Field
              label="Cross-validation"
              unmarked
              hint="Trains once more for each part, and shows how much it varies."
            >
              <Select value={folds} onChange={(event) => setFolds(event.target.value)}>
                <option value="0">None</option>
                <option value="3">In 3 parts</option>
                <option value="5">In 5 parts</option>
                <option value="10">In 10 parts</option>
              </Select>
            </Field>
          )}
          {dataset.columns.some((column) => isText(column) && others.includes(column.name)) && (
            <Field label="Sentences" unmarked hint="Columns of four words and more, mostly different.">
              <Select value={texts} onChange={(event) => setTexts(event.target.value)}>
                <option value={WORDS}>By their words</option>
                <option value="embedding">By their meaning (slower)</option>
                <option value="leave_out">Left out</option>
              </Select>
            </Field>
          )}
        </div>
      </Folded>
      {train.error && <Refusal error={train.error} />}
      <div>
        <Button look="primary" type="submit" busy={train.isPending} disabled={others.every((each) => left.has(each))}>
          Train
        </Button>
      </div>
    </form>
  );
}

/** Its children are made when it is opened, and stay when it is closed again. */
function Folded({ title, children }: { title: string; children: React.ReactNode }) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details className="rounded-lg border bg-surface" onToggle={() => setWasOpened(true)}>
      <summary className="cursor-pointer px-4 py-2.5 font-medium">{title}</summary>
      <div className="border-t p-4">{wasOpened && children}</div>
    </details>
  );
}

function Setting({
  parameter,
  value,
  onChange,
}: {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
}) {
  const { name, kind, min, max, choices, meaning, byDefault } = parameter;
  const isNumber = kind === 'integer' || kind === 'number';
  const range = rangeText(parameter);
  return (
    <Field
      label={parameterName(name)}
      unmarked
      hint={`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}${range && ` (${range})`}; ${byDefault || 'empty'} unless changed.`}
    >
      {kind === 'choice' ? (
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...(isNumber && {
            type: 'number',
            step: kind === 'integer' ? 1 : 'any',
            ...(min !== null && { min }),
            ...(max !== null && { max }),
          })}
        />
      )}
    </Field>
  );
}

/** A training as it goes on: its progress, the losses of a network, and at the end its model. */
function Watch({ id, again }: { id: string; again: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { job, problem } = useJob(id, (ended) => {
    void client.invalidateQueries({ queryKey: ['trained-models'] });
    void client.invalidateQueries({ queryKey: ['trainings'] });
    if (ended.state === 'done' && ended.result)
      void navigate(`/learning/${ended.result.id}?job=${id}`, { replace: true });
  });
  const isMoving = job?.state === 'queued' || job?.state === 'running';
  const training = useQuery({
    queryKey: ['training', id],
    queryFn: ({ signal }) => api.get<Training>(`/jobs/${id}/training`, {}, signal),
    enabled: isMoving,
    refetchInterval: LOOK_MS,
  });
  if (problem) return <ErrorState error={problem} />;
  if (job === null) return <Skeleton lines={3} label="Loading the training" />;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {isMoving && (
        <Section title={job.state === 'queued' ? 'Waits for its turn' : 'Under way'}>
          <JobRow job={job} />
          <p className="mt-3 text-sm text-soft">
            It goes on when you leave this page, and shows among the models when it is done.
          </p>
        </Section>
      )}
      {training.data?.losses && <ChartOf chart={training.data.losses} />}
      {job.state === 'failed' && <ErrorState error={problemOf(job)} retry={again} />}
      {job.state === 'cancelled' && (
        <EmptyState
          icon={GraduationCap}
          title="The training was cancelled"
          action={
            <Button look="primary" onClick={again}>
              Train another model
            </Button>
          }
        >
          Nothing of it was kept.
        </EmptyState>
      )}
    </div>
  );
}
