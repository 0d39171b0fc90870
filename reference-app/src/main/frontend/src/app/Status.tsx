import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Capabilities, WorkerStatus } from '@/api/shapes';
import { Button } from '@/components/Button';
import { classes } from '@/components/classes';

interface State {
  name: 'Ready' | 'Partial' | 'Unavailable' | 'Checking';
  tone: string;
  why: string;
  /** Where it can be mended. */
  mend?: { to: string; words: string };
}

function stateOf(capabilities: Capabilities | undefined, failed: boolean): State {
  if (failed) {
    return { name: 'Unavailable', tone: 'bg-bad', why: 'Studio doesn’t answer. What you see may be out of date.' };
  }
  if (capabilities === undefined) return { name: 'Checking', tone: 'bg-edge', why: 'Asking Studio what it can do.' };
  if (!capabilities.agent_available) {
    return {
      name: 'Unavailable',
      tone: 'bg-bad',
      why: 'Questions can’t be answered now.',
      mend: { to: '/settings/models', words: 'See the models' },
    };
  }
  if (!capabilities.llm_configured) {
    return {
      name: 'Partial',
      tone: 'bg-warn',
      why: 'No model is set up: the built-in planner answers questions about data; chats and documents can do less.',
      mend: { to: '/settings/models', words: 'Add a model' },
    };
  }
  const model = capabilities.active_config;
  return {
    name: 'Ready',
    tone: 'bg-good',
    why: model === null ? 'A model is set up.' : `${model.name} (${model.model_name}) answers.`,
  };
}

/** What Studio can do now: ready, partial, unavailable; why, and what would mend it. */
export function Status({ small }: { small?: boolean }) {
  const id = useId();
  const capabilities = useQuery({
    queryKey: ['capabilities'],
    queryFn: () => api.get<Capabilities>('/studio/agent/capabilities'),
    refetchInterval: 60_000,
  });
  const workers = useQuery({
    queryKey: ['workers'],
    queryFn: () => api.get<WorkerStatus>('/studio/status'),
    refetchInterval: 60_000,
  });
  const state = stateOf(capabilities.data, capabilities.isError);
  const count = workers.data?.worker_count;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-soft hover:bg-hover hover:text-ink"
      >
        <span className={classes('size-2 shrink-0 rounded-full', state.tone)} aria-hidden />
        <span className={classes(small && 'sm:max-lg:sr-only')}>
          <span className="sr-only">Studio is: </span>
          {state.name}
        </span>
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto bottom-16 left-3 m-0 w-72 max-w-[calc(100vw-1.5rem)] rounded-lg border bg-raised p-4 text-ink shadow-float"
      >
        <p className="font-semibold">{state.name}</p>
        <p className="mt-0.5 text-soft">{state.why}</p>
        {state.mend && (
          <Link to={state.mend.to} className="mt-2 inline-block text-accent underline">
            {state.mend.words}
          </Link>
        )}
        {capabilities.isError && (
          <Button
            size="small"
            className="mt-2"
            busy={capabilities.isFetching}
            onClick={() => void capabilities.refetch()}
          >
            Try again
          </Button>
        )}
        {count !== undefined && (
          <p className="mt-3 border-t pt-2 text-xs text-soft">
            {count === 0
              ? 'No worker: databases are read by Studio itself.'
              : `${count} ${count === 1 ? 'worker is' : 'workers are'} connected.`}
          </p>
        )}
      </div>
    </>
  );
}
