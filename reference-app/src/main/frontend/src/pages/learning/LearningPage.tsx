import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { BrainCircuit, Plus, Scale, Telescope } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { classes } from '@/components/classes';
import { ago, dateTime } from '@/components/format';
import { JobRow } from '@/components/jobs';
import { List } from '@/components/List';
import { Page, Section } from '@/components/Page';
import { Badge } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Skeleton } from '@/components/states';
import { ImportOnnx } from './ImportOnnx';
import { MainScore } from './parts';
import type { OpenTraining, TrainedModel } from './shapes';
import { algorithmName, toldBy } from './words';

const LOOK_MS = 2000;

/** The trained models of this person, and what is being trained. */
export function LearningPage() {
  const mayRead = useMay('dataset:get');
  const mayTrain = useMay('dataset:edit');
  if (!mayRead) {
    return (
      <Page title="Learning">
        <NoPermission detail="Looking at trained models needs the right “dataset:get”, which your role doesn’t include." />
      </Page>
    );
  }
  return (
    <Page
      title="Learning"
      lead="Models that learnt from your data, or came from elsewhere, and tell something of new rows."
      actions={
        mayTrain && (
          <>
            <ButtonLink icon={Telescope} to="/learning/explore">
              Explore
            </ButtonLink>
            <ImportOnnx />
            <ButtonLink look="primary" icon={Plus} to="/learning/new">
              Train a model
            </ButtonLink>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <Running />
        <Models mayTrain={mayTrain} />
      </div>
    </Page>
  );
}

/** What waits or runs; looked at again as long as there is something. What has ended is a model, mostly. */
function Running() {
  const mayLook = useMay('job:get');
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['trainings'],
    queryFn: ({ signal }) => api.get<OpenTraining[]>('/trainings', {}, signal),
    enabled: mayLook,
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? LOOK_MS : false),
  });
  const before = useRef<OpenTraining[]>([]);
  useEffect(() => {
    if (data === undefined) return;
    const hasEnded = before.current.some((one) => !data.some(({ job }) => job.id === one.job.id));
    before.current = data;
    if (hasEnded) void client.invalidateQueries({ queryKey: ['trained-models'] });
  }, [client, data]);
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title="Being trained">
      <ul className="flex flex-col gap-3">
        {data.map(({ job, name, target, algorithm }) => (
          <li key={job.id}>
            <p className="mb-1 font-medium break-words">
              {name || target || algorithmName(algorithm)}
              {(name || target) && <span className="font-normal text-soft"> · {algorithmName(algorithm)}</span>}
            </p>
            <JobRow job={job} />
            <Link to={`/learning/new?job=${job.id}`} className="text-sm text-accent hover:underline">
              Watch it
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const MOST_COMPARED = 10;

function Models({ mayTrain }: { mayTrain: boolean }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useInfiniteQuery({
    queryKey: ['trained-models'],
    queryFn: ({ pageParam }) => api.get<PageOf<TrainedModel>>('/trained-models', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton lines={6} label="Loading the models" />;
  if (items.length === 0) {
    return (
      <div className="rounded-lg border border-dashed border-edge/60 bg-surface">
        <EmptyState
          icon={BrainCircuit}
          title="No models yet"
          action={
            mayTrain && (
              <ButtonLink look="primary" icon={Plus} to="/learning/new">
                Train a model
              </ButtonLink>
            )
          }
        >
          A model learns from the rows of a data set how one column follows from the others. It is judged on rows that
          it has not seen, beside a baseline.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      {items.length > 1 && <Compare chosen={chosen} />}
      <List
        label="Trained models"
        items={items}
        keyOf={(item) => item.id}
        columns={[
          {
            title: 'Name',
            cell: (item) => (
              <div className="flex min-w-32 items-baseline gap-2.5">
                {items.length > 1 && (
                  <input
                    type="checkbox"
                    aria-label={`Compare ${item.name}, version ${item.version}`}
                    checked={chosen.includes(item.id)}
                    disabled={!chosen.includes(item.id) && chosen.length >= MOST_COMPARED}
                    onChange={() => setChosen((now) => toggled(now, item.id))}
                    className="size-4.5 shrink-0 translate-y-0.5 accent-accent"
                  />
                )}
                <Link to={`/learning/${item.id}`} className="font-medium wrap-anywhere hover:underline">
                  {item.name}
                </Link>
                {item.version > 1 && <Badge>{`v${item.version}`}</Badge>}
              </div>
            ),
          },
          {
            title: 'Tells',
            wideOnly: true,
            cell: (item) => (
              <span className={classes('wrap-anywhere', !item.target && 'text-soft')}>{toldBy(item)}</span>
            ),
          },
          {
            title: 'By',
            wideOnly: true,
            cell: (item) => <span className="text-soft">{algorithmName(item.algorithm)}</span>,
          },
          { title: 'How good', cell: (item) => <MainScore score={item.metric} /> },
          {
            title: 'Trained',
            right: true,
            wideOnly: true,
            cell: (item) => (
              <time dateTime={item.trainedAt} title={dateTime(item.trainedAt)} className="whitespace-nowrap text-soft">
                {ago(item.trainedAt)}
              </time>
            ),
          },
        ]}
      />
      {query.hasNextPage && (
        <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function toggled(chosen: string[], id: string): string[] {
  return chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
}

/** Leads to the chosen models side by side. */
function Compare({ chosen }: { chosen: string[] }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-3">
      {chosen.length > 1 ? (
        <ButtonLink icon={Scale} to={`/learning/compare?ids=${chosen.join(',')}`}>
          {`Compare ${chosen.length} models`}
        </ButtonLink>
      ) : (
        <p className="text-soft">Choose two or more to see them side by side.</p>
      )}
    </div>
  );
}
