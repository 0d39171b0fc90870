import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, BrainCircuit, Download, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { save } from '@/api/download';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { classes } from '@/components/classes';
import { CodeBlock } from '@/components/CodeBlock';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { bytes, counted, dateTime, millis, number } from '@/components/format';
import { List } from '@/components/List';
import { Menu } from '@/components/Menu';
import { Page, Section } from '@/components/Page';
import { Badge, Facts, Note } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Skeleton } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { OneRow, WholeDataset } from './Predicting';
import { DriftSection } from './DriftSection';
import { MakeRows } from './MakeRows';
import { ChartOf, MainScore, Sentences, Verdict } from './parts';
import type { ModelCard, Score, TrainedModel, Training } from './shapes';
import { algorithmName, metricName, scoreText, toldBy } from './words';

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
                <ButtonLink
                  icon={RotateCcw}
                  to={`/learning/${model.source === 'explored' ? 'explore' : 'new'}?dataset=${model.datasetId}`}
                >
                  {model.source === 'explored' ? 'Explore again' : 'Train another'}
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
          {card.found.length > 0 && (
            <Section title="What was found">
              <Sentences of={card.found} />
            </Section>
          )}
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
          {model.task === 'generation' ? (
            mayChange && <MakeRows card={card} />
          ) : (
            <>
              <OneRow card={card} />
              {mayChange && <WholeDataset card={card} />}
            </>
          )}
        </div>
      </div>
      <div className="mt-4 flex flex-col gap-4">
        <div className="grid gap-4 lg:grid-cols-2">
          {card.charts.map((chart) => (
            <ChartOf key={chart.name} chart={chart} />
          ))}
        </div>
        {model.source !== 'imported' && <DriftSection card={card} />}
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
        <p className="text-soft">
          It was made elsewhere and not judged here. Predict rows whose answer you know first.
        </p>
      </Section>
    );
  }
  const isJudged = card.metrics.some((score) => score.low !== null);
  const hasBaseline = card.metrics.some((score) => score.baseline !== null);
  const spread = card.folds.length > 0 && `Cross-validation: ${card.folds.map(scoreText).join(', ')}`;
  return (
    <Section
      title={card.model.source === 'explored' ? 'How clear it is' : 'How good it is'}
      actions={<Verdict score={card.model.metric} />}
    >
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
          <>
            Of the {counted(card.testRows, 'row')} that it was found in. There is no target that it could be right
            about. {METRIC_HINTS[card.model.metric?.name ?? '']}
          </>
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

/** How the main number of a model without a target is read. */
const METRIC_HINTS: Record<string, string> = {
  silhouette: 'From a silhouette of 0.7 on the groups are clear; below 0.25 there are none to speak of.',
  unusual_share: 'Rows whose score reaches the threshold are called unusual.',
  explained_variance: 'The components keep this share of what the columns vary.',
};

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
          [
            model.target ? 'Predicts' : model.task === 'generation' ? 'Makes' : 'Tells',
            <strong key="target">{toldBy(model)}</strong>,
          ],
          ['From', card.columns.map((column) => column.name).join(', ')],
          ['Kind', algorithmName(model.algorithm)],
          ...(card.classes.length > 0 ? [['Tells apart', card.classes.join(', ')] as [string, string]] : []),
          ...(card.numbers.length > 0 ? [['Numbers', card.numbers.join(', ')] as [string, string]] : []),
          model.source === 'imported'
            ? ['Made by', `${card.producer || 'not told'}${card.file && `, as ${card.file}`}`]
            : [
                model.source === 'explored' ? 'Found in' : 'Learnt from',
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
            : [
                model.source === 'explored' ? 'Found' : 'Trained',
                `${dateTime(model.trainedAt)}, in ${millis(card.tookMillis)}`,
              ],
          ...(model.source === 'trained' ? [['On', card.device] as [string, string]] : []),
          ['Size', bytes(card.bytes)],
        ]}
      />
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
