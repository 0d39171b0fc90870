import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { DependantGroup } from '@/api/shapes';
import { counted } from './format';
import { ErrorState, Skeleton } from './states';

const WORDS: Record<DependantGroup['kind'], string> = {
  chart: 'chart',
  artifact: 'file of an answer',
  dataset: 'data set made of it',
  graph: 'graph',
  run: 'run of a graph',
  conversation: 'conversation',
  project: 'project',
  agent: 'agent',
  trained_model: 'trained model',
};
const PLURALS: Partial<Record<DependantGroup['kind'], string>> = {
  artifact: 'files of answers',
  dataset: 'data sets made of it',
  run: 'runs of graphs',
};
const PAGES: Partial<Record<DependantGroup['kind'], (id: string) => string>> = {
  dataset: (id) => `/datasets/${id}`,
  graph: (id) => `/graphs/${id}`,
  conversation: (id) => `/assistant/${id}`,
  agent: () => '/settings/agents',
  trained_model: (id) => `/learning/${id}`,
};

/** What rests on a thing, asked for when it is about to be deleted. */
export function useDependants(path: string | undefined) {
  return useQuery({
    queryKey: ['dependants', path],
    queryFn: () => api.get<DependantGroup[]>(path ?? ''),
    enabled: path !== undefined,
    // Asked anew each time: somebody may have named it since.
    gcTime: 0,
    staleTime: 0,
  });
}

/** What a deletion takes with it, and what it leaves without what it names. */
export function Dependants({ query }: { query: ReturnType<typeof useDependants> }) {
  if (query.data === undefined) {
    return query.error ? (
      <ErrorState error={query.error} compact retry={() => void query.refetch()} />
    ) : (
      <Skeleton lines={2} label="Looking for what depends on it" />
    );
  }
  const gone = query.data.filter((group) => group.deleted);
  const left = query.data.filter((group) => !group.deleted);
  if (query.data.length === 0) return <p>Nothing else depends on it.</p>;
  return (
    <>
      {gone.length > 0 && <Groups title="Deleted with it" groups={gone} />}
      {left.length > 0 && <Groups title="These stay, but can’t use it any more" groups={left} />}
    </>
  );
}

function Groups({ title, groups }: { title: string; groups: DependantGroup[] }) {
  return (
    <section aria-label={title}>
      <h3 className="text-sm font-semibold text-ink">{title}</h3>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {groups.map((group) => (
          <Group key={group.kind} group={group} />
        ))}
      </ul>
    </section>
  );
}

function Group({ group: { kind, count, first } }: { group: DependantGroup }) {
  const page = PAGES[kind];
  const others = count - first.length;
  return (
    <li className="min-w-0 break-words">
      {counted(count, WORDS[kind], PLURALS[kind])}
      {first.length > 0 && ': '}
      {first.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          {page === undefined ? (
            <span className="text-ink">{name}</span>
          ) : (
            <Link to={page(id)} className="text-accent-strong underline">
              {name}
            </Link>
          )}
        </span>
      ))}
      {first.length > 0 && others > 0 && ` and ${counted(others, 'other')}`}
    </li>
  );
}
