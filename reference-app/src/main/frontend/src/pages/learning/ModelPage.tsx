import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, BrainCircuit, Download, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { save } from '@/api/download';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Dataset, Job, Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { classes } from '@/components/classes';
import { CodeBlock } from '@/components/CodeBlock';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { Field, Input, Select, TextArea } from '@/components/fields';
import { bytes, counted, dateTime, millis, number } from '@/components/format';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { List } from '@/components/List';
import { Menu } from '@/components/Menu';
import { onSubmit } from '@/components/onSubmit';
import { Page, Section } from '@/components/Page';
import { Badge, Facts, Note, ProgressBar } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Refusal, Skeleton } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { DriftSection } from './DriftSection';
import { ChartOf, MainScore, Verdict } from './parts';
import { PictureInput } from './PictureInput';
import type { ModelCard, Prediction, Score, TrainedModel, Training } from './shapes';
import { algorithmName, cellOf, inputOf, metricName, scoreText, toldBy } from './words';
import { Why, type Row } from './Why';

/** All that is known of a trained model, and ways to use it. */
export function ModelPage() {
  const { id = '' } = useParams();
  const mayRead = useMay('dataset:get');
  const query = useQuery({
    queryKey: ['trained-model', id],
    queryFn: ({ signal }) => api.get<ModelCard>(`/trained-models/${id}`, {}, signal),
    enabled: mayRead,
  });
  if (query.data) return <Card key={id} card={query.data} />;
  return (
    <Page title="Model">
      {!mayRead ? (
        <NoPermission detail="Looking at trained models needs the right “dataset:get”, which your role doesn’t include." />
      ) : query.error ? (
        <Missing error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={8} label="Loading the model" />
      )}
    </Page>
  );
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  if (ApiProblem.of(error).status !== 404) return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState
      icon={BrainCircuit}
      title="This model is not there"
      action={
        <ButtonLink look="primary" to="/learning">
          See the models
        </ButtonLink>
      }
    >
      It may have been deleted, or belong to somebody else.
    </EmptyState>
  );
}

function Card({ card }: { card: ModelCard }) {
  const { model } = card;
  const mayChange = useMay('dataset:edit');
  const [deleting, setDeleting] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <Page
      title={model.name}
      lead={
        <Link to="/learning" className="inline-flex items-center gap-1 text-accent hover:underline">
          <ArrowLeft size={15} aria-hidden />
          Learning
        </Link>
      }
      actions={
        <>
          <Take id={model.id} />
          {mayChange && (
            <>
              {model.datasetId && (
                <ButtonLink icon={RotateCcw} to={`/learning/new?dataset=${model.datasetId}`}>
                  Train another
                </ButtonLink>
              )}
              <Button icon={Trash2} onClick={() => setDeleting(true)}>
                Delete
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {card.description && <p className="break-words">{card.description}</p>}
          <Metrics card={card} />
          {card.warnings.length > 0 && (
            <Note tone="warn">
              <p className="font-medium">What was noticed</p>
              <ul className="mt-0.5 list-disc pl-5">
                {card.warnings.map((warning) => (
                  <li key={warning} className="break-words">
                    {warning}
                  </li>
                ))}
              </ul>
            </Note>
          )}
          <About card={card} />
          <Tries />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <OneRow card={card} />
          {mayChange && <WholeDataset card={card} />}
        </div>
      </div>
      <div className="mt-4 flex flex-col gap-4">
        <div className="grid gap-4 lg:grid-cols-2">
          {card.charts.map((chart) => (
            <ChartOf key={chart.name} chart={chart} />
          ))}
        </div>
        <DriftSection card={card} />
        <Versions model={model} />
        {model.source !== 'imported' && (
          <Section title="Spec">
            <p className="mb-2 text-soft">The same spec and data make the same model again.</p>
            <CodeBlock code={JSON.stringify(card.spec, null, 2)} label="spec" />
          </Section>
        )}
      </div>
      {deleting && (
        <ConfirmDelete
          title={`Delete “${model.name}”, version ${model.version}?`}
          onConfirm={async () => {
            await api.remove(`/trained-models/${model.id}`);
            await client.invalidateQueries({ queryKey: ['trained-models'] });
            void navigate('/learning');
          }}
          onClose={() => setDeleting(false)}
        >
          What it learnt goes with it; data sets that it predicted stay. Other versions stay, too.
        </ConfirmDelete>
      )}
    </Page>
  );
}

/** The model or what is known of it as files; a model that no file can hold says why. */
function Take({ id }: { id: string }) {
  const take = useMutation({
    mutationFn: (what: 'onnx' | 'card') => save(`/trained-models/${id}/${what}`, {}),
    onError: toastFailed,
  });
  return (
    <Menu
      trigger={
        <Button icon={Download} busy={take.isPending}>
          Download
        </Button>
      }
      items={[
        { label: 'Model as ONNX', icon: Download, onSelect: () => take.mutate('onnx') },
        { label: 'Card as Markdown', icon: Download, onSelect: () => take.mutate('card') },
      ]}
    />
  );
}

function Metrics({ card }: { card: ModelCard }) {
  if (card.metrics.length === 0) {
    return (
      <Section title="How good it is">
        <p className="text-soft">It was made elsewhere and not judged here. Predict rows whose answer you know first.</p>
      </Section>
    );
  }
  const isJudged = card.metrics.some((score) => score.low !== null);
  const hasBaseline = card.metrics.some((score) => score.baseline !== null);
  const spread = card.folds.length > 0 && `Cross-validation: ${card.folds.map(scoreText).join(', ')}`;
  return (
    <Section title="How good it is" actions={<Verdict score={card.model.metric} />}>
      <List
        flush
        label="How good it is"
        items={card.metrics}
        keyOf={(score) => score.name}
        columns={[
          { title: 'Metric', cell: (score) => metricName(score.name) },
          {
            title: 'Model',
            right: true,
            cell: (score) => <span className="font-medium">{scoreText(score.value)}</span>,
          },
          ...(isJudged
            ? [
                {
                  title: '95 % between',
                  right: true,
                  wideOnly: true,
                  cell: (score: Score) => (
                    <span className="whitespace-nowrap text-soft">
                      {scoreText(score.low)} and {scoreText(score.high)}
                    </span>
                  ),
                },
              ]
            : []),
          ...(hasBaseline
            ? [{ title: 'Baseline', right: true, cell: (score: Score) => scoreText(score.baseline) }]
            : []),
        ]}
      />
      <p className="mt-7 text-sm text-soft">
        {card.model.source === 'explored' ? (
          `Of the ${counted(card.testRows, 'row')} that it was found in. There is no target that it could be right about.`
        ) : (
          <>
            {counted(card.testRows, 'row was', 'rows were')} kept apart to judge it, which it has not seen.{' '}
            {hasBaseline && `The baseline always ${baseline(card)}. `}
            {spread}
          </>
        )}
      </p>
    </Section>
  );
}

/** What the baseline does with each row. */
function baseline(card: ModelCard): string {
  if (card.model.target === '') return 'makes the mean row';
  return `says the ${card.classes.length > 0 ? 'most frequent class' : 'mean'}`;
}

function About({ card }: { card: ModelCard }) {
  const { model } = card;
  return (
    <Section title="About">
      <Facts
        facts={[
          [model.target ? 'Predicts' : 'Tells', <strong key="target">{toldBy(model)}</strong>],
          ['From', card.columns.map((column) => column.name).join(', ')],
          ['Kind', algorithmName(model.algorithm)],
          ...(card.classes.length > 0 ? [['Tells apart', card.classes.join(', ')] as [string, string]] : []),
          ...(card.numbers.length > 0 ? [['Numbers', card.numbers.join(', ')] as [string, string]] : []),
          model.source === 'imported'
            ? ['Made by', `${card.producer || 'not told'}${card.file && `, as ${card.file}`}`]
            : [
                'Learnt from',
                <span key="data">
                  {counted(card.trainRows, 'row')} of{' '}
                  <Link to={`/datasets/${model.datasetId}`} className="break-all text-accent underline">
                    {model.datasetName}
                  </Link>
                  {`, version ${model.datasetVersion}`}
                </span>,
              ],
          ['Version', String(model.version)],
          model.source === 'imported'
            ? ['Imported', dateTime(model.trainedAt)]
            : ['Trained', `${dateTime(model.trainedAt)}, in ${millis(card.tookMillis)}`],
          ...(model.source === 'trained' ? [['On', card.device] as [string, string]] : []),
          ['Size', bytes(card.bytes)],
        ]}
      />
    </Section>
  );
}

/** A form for the columns of one row. */
function OneRow({ card }: { card: ModelCard }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const reads = (card.spec?.algorithm as { input?: string } | undefined)?.input;
  const predict = useMutation({
    mutationFn: async () => {
      const row: Row = Object.fromEntries(
        card.columns.map(({ name, type }) => [name, cellOf(type, typed[name] ?? '')]),
      );
      const [prediction] = await api.post<Prediction[]>(`/trained-models/${card.model.id}/predictions`, {
        rows: [row],
      });
      return { row, prediction };
    },
  });
  const { row, prediction } = predict.data ?? {};
  return (
    <Section title="Predict one row">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(() => predict.mutate())}>
        {card.columns.map(({ name, type }) => (
          <Field key={name} label={name} unmarked>
            {type === 'boolean' ? (
              <Select
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              >
                <option value="">Not known</option>
                <option value="true">Yes</option>
                <option value="false">No</option>
              </Select>
            ) : reads === 'picture' ? (
              <PictureInput onChosen={(picture) => setTyped({ ...typed, [name]: picture })} />
            ) : reads === 'text' ? (
              <TextArea
                placeholder="not known"
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            ) : (
              <Input
                type={inputOf(type)}
                step="any"
                placeholder="not known"
                value={typed[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Button type="submit" look="primary" busy={predict.isPending}>
          Predict
        </Button>
        {predict.error && <Refusal error={predict.error} />}
        <div role="status">{prediction && <Predicted target={card.model.target || 'This row'} prediction={prediction} />}</div>
      </form>
      {row && prediction && <Why key={JSON.stringify(row)} model={card.model.id} row={row} />}
    </Section>
  );
}

function Predicted({ target, prediction }: { target: string; prediction: Prediction }) {
  const told = Object.entries(prediction.numbers);
  const shares = Object.entries(prediction.shares).toSorted(([, one], [, other]) => other - one);
  return (
    <div className="rounded-md bg-sunken p-3">
      {(prediction.label !== '' || told.length === 0) && (
        <p className="break-words">
          {target}: <strong>{prediction.label || scoreText(prediction.value)}</strong>
        </p>
      )}
      {told.length > 0 && <Facts facts={told.map(([name, value]) => [name, scoreText(value)])} />}
      {shares.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 text-sm">
          {shares.slice(0, 10).map(([name, share]) => (
            <li key={name}>
              <div className="flex justify-between gap-2">
                <span className="min-w-0 break-words">{name}</span>
                <span className="tabular-nums">{number(Math.round(share * 1000) / 10)} %</span>
              </div>
              <ProgressBar value={share} label={`Share of ${name}`} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** All rows of a data set, into a new one. */
function WholeDataset({ card }: { card: ModelCard }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const datasets = useQuery({
    queryKey: ['datasets', 'to-learn-from'],
    queryFn: ({ signal }) => api.get<PageOf<Dataset>>('/datasets', { limit: 200 }, signal),
  });
  const { job } = useJob(begun, (last) => {
    setEnded(last);
    void client.invalidateQueries({ queryKey: ['datasets'] });
  });
  const items = datasets.data?.items ?? [];
  const id = chosen || (items.find((item) => item.name === card.model.datasetName) ?? items[0])?.id || '';
  const source = items.find((item) => item.id === id);
  const name = typed ?? (source ? `${source.name} with ${card.model.target || card.model.name}` : '');
  const predict = useMutation({
    mutationFn: () => api.post<Job>(`/trained-models/${card.model.id}/datasets`, { datasetId: id, name: name.trim() }),
    onSuccess: (next) => {
      setEnded(null);
      setBegun(next.id);
    },
  });
  const isMoving = begun !== null && ended === null;
  return (
    <Section title="Predict a data set">
      <form className="flex flex-col gap-3" onSubmit={onSubmit(() => predict.mutate())}>
        <Field label="Data set" required>
          <Select value={id} onChange={(event) => setChosen(event.target.value)}>
            {items.map((item) => (
              <option key={item.id} value={item.id}>
                {item.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Name of the new data set" required>
          <Input value={name} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {isMoving && job && <JobRow job={job} />}
        <Button type="submit" busy={predict.isPending || isMoving} disabled={id === '' || name.trim() === ''}>
          Predict all rows
        </Button>
        {predict.error && <Refusal error={predict.error} />}
        {ended?.state === 'failed' && <ErrorState error={problemOf(ended)} compact />}
        <div role="status">
          {ended?.state === 'done' && ended.result && (
            <p>
              Done:{' '}
              <Link to={`/datasets/${ended.result.id}?tab=data`} className="break-all text-accent underline">
                see the rows with their predictions
              </Link>
            </p>
          )}
        </div>
      </form>
    </Section>
  );
}

/** What was tried, for who comes here from a search for the best. */
function Tries() {
  const [params] = useSearchParams();
  const job = params.get('job');
  const { data } = useQuery({
    queryKey: ['training', job, 'tries'],
    queryFn: ({ signal }) => api.get<Training>(`/jobs/${job}/training`, {}, signal),
    enabled: job !== null,
  });
  if (!data || data.tries.length === 0) return null;
  const tries = data.tries.toSorted(
    (one, other) => other.rows - one.rows || (other.score ?? -1e9) - (one.score ?? -1e9),
  );
  return (
    <Section title={`What was tried: ${counted(tries.length, 'spec')}`}>
      <List
        flush
        label="What was tried"
        items={tries.map((each, index) => ({ ...each, index }))}
        keyOf={(each) => String(each.index)}
        columns={[
          { title: 'Kind', cell: (each) => algorithmName(each.algorithm) },
          {
            title: 'Score',
            right: true,
            cell: (each) => (each.problem ? <span className="text-soft">{each.problem}</span> : scoreText(each.score)),
          },
          { title: 'Rows', right: true, wideOnly: true, cell: (each) => number(each.rows) },
          { title: 'Took', right: true, wideOnly: true, cell: (each) => millis(each.millis) },
        ]}
      />
    </Section>
  );
}

/** The versions of a name side by side. */
function Versions({ model }: { model: TrainedModel }) {
  const query = useQuery({
    queryKey: ['trained-models', 'versions', model.name],
    queryFn: ({ signal }) => api.get<PageOf<TrainedModel>>('/trained-models', { name: model.name }, signal),
  });
  const items = query.data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <Section title="Versions">
      <List
        flush
        label="Versions"
        items={items}
        keyOf={(each) => each.id}
        columns={[
          {
            title: 'Version',
            cell: (each) => (
              <span className={classes('whitespace-nowrap', each.id === model.id && 'font-semibold')}>
                {each.id === model.id ? (
                  <>
                    {each.version} <Badge tone="accent">this one</Badge>
                  </>
                ) : (
                  <Link to={`/learning/${each.id}`} className="text-accent underline">
                    {each.version}
                  </Link>
                )}
              </span>
            ),
          },
          { title: 'Kind', wideOnly: true, cell: (each) => algorithmName(each.algorithm) },
          { title: 'How good', cell: (each) => <MainScore score={each.metric} /> },
          {
            title: 'Data',
            wideOnly: true,
            cell: (each) => (each.datasetName ? `${each.datasetName}, version ${each.datasetVersion}` : 'imported'),
          },
          { title: 'Trained', right: true, wideOnly: true, cell: (each) => dateTime(each.trainedAt) },
        ]}
      />
    </Section>
  );
}
