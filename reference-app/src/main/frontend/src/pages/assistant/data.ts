import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { Agent, Capabilities, Dashboard, Dataset, Model, Page } from '@/api/shapes';
import { useMay } from '@/app/session';

/** The orchestrator, who chooses an agent for each question. */
export const AUTO = 'auto';

/** An id in words, where its title is not known: `sql_expert` becomes `SQL expert`. */
function inWords(id: string): string {
  const words = id.replace(/[_-]+/g, ' ').replace(/\b(sql|rag|ml)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The agents, and what to call one. */
export function useAgents() {
  const may = useMay('agent:get');
  const { data } = useQuery({
    queryKey: ['agents'],
    queryFn: () => api.get<Agent[] | Page<Agent>>('/agents'),
    enabled: may,
    staleTime: 300_000,
  });
  const agents = data === undefined ? [] : Array.isArray(data) ? data : data.items;
  const titleOf = (id: string | null | undefined) =>
    !id || id === AUTO || id === 'orchestrator'
      ? 'Studio'
      : (agents.find((agent) => agent.id === id)?.title ?? inWords(id));
  return { agents, titleOf };
}

/** The models that can be chosen. */
export function useModels(): Model[] {
  const may = useMay('model:get');
  const { data } = useQuery({
    queryKey: ['models'],
    queryFn: () => api.get<Model[] | Page<Model>>('/models'),
    enabled: may,
  });
  return data === undefined ? [] : Array.isArray(data) ? data : data.items;
}

export interface SourceSummary {
  id: string;
  name: string;
  kind: string;
}

/** Everything that a question can be about. */
export function useSubjects() {
  const mayData = useMay('dataset:get');
  const maySources = useMay('source:get');
  const mayDocuments = useMay('document:get');
  const list = { limit: 200 };
  const datasets = useQuery({
    queryKey: ['datasets', 'to-ask'],
    queryFn: () => api.get<Page<Dataset>>('/datasets', list),
    enabled: mayData,
  });
  const sources = useQuery({
    queryKey: ['sources', 'to-ask'],
    queryFn: () => api.get<Page<SourceSummary>>('/sources', list),
    enabled: maySources,
  });
  const documents = useQuery({
    queryKey: ['documents', 'to-ask'],
    queryFn: () => api.get<Page<{ id: string }>>('/documents', { limit: 1 }),
    enabled: mayDocuments,
  });
  return {
    isPending: (mayData && datasets.isPending) || (maySources && sources.isPending),
    error: datasets.error,
    datasets: datasets.data?.items ?? [],
    sources: sources.data?.items ?? [],
    hasDocuments: (documents.data?.items.length ?? 0) > 0,
  };
}

export function useCapabilities(): Capabilities | undefined {
  return useQuery({
    queryKey: ['capabilities'],
    queryFn: () => api.get<Capabilities>('/studio/agent/capabilities'),
    staleTime: 60_000,
  }).data;
}

/** Questions to begin with. */
export function useFirstQuestions() {
  const { data, isPending } = useQuery({ queryKey: ['dashboard'], queryFn: () => api.get<Dashboard>('/dashboard') });
  return { questions: data?.questions ?? [], isPending };
}
