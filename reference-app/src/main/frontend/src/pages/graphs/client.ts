import { address, api, newKey } from '@/api/http';
import type { Page } from '@/api/shapes';
import type {
  Graph,
  GraphProblem,
  GraphSummary,
  GraphTemplate,
  GraphVersion,
  Json,
  NodeRole,
  NodeType,
  Port,
  PortsAnswer,
  Presence,
  Run,
  RunStart,
  SavedGraph,
} from './shapes';

const once = () => ({ idempotencyKey: newKey() });

/** Enums may come in the letters of Java. */
const port = (given: Port): Port => ({ ...given, presence: given.presence.toLowerCase() as Presence });
const ports = <T extends { inputs: Port[]; outputs: Port[] }>(given: T): T => ({
  ...given,
  inputs: given.inputs.map(port),
  outputs: given.outputs.map(port),
});
const nodeType = (given: NodeType): NodeType => ({ ...ports(given), role: given.role.toLowerCase() as NodeRole });

/** The routes of graphs. */
export const graphs = {
  list: (after?: string) => api.get<Page<GraphSummary>>('/graphs', { limit: 60, ...(after && { after }) }),
  get: (id: string) => api.get<Graph>(`/graphs/${id}`),
  create: (name: string, graph?: SavedGraph) => api.post<Graph>('/graphs', { name, graph: graph ?? null }, once()),
  save: (id: string, revision: number, body: { name: string; description: string; graph: SavedGraph }) =>
    api.put<Graph>(`/graphs/${id}`, body, { revision }),
  remove: (id: string, revision: number) => api.remove(`/graphs/${id}`, { revision }),
  duplicate: (id: string) => api.post<Graph>(`/graphs/${id}/duplicate`, undefined, once()),
  importGraph: (graph: unknown) => api.post<Graph>('/graphs/import', graph, once()),
  exportAddress: (id: string) => address(`/graphs/${id}/export`),
  check: (graph: SavedGraph, signal: AbortSignal) =>
    api.post<{ problems: GraphProblem[] }>('/graphs/check', { graph }, { signal }),
  versions: async (id: string) => {
    const answer = await api.get<Page<GraphVersion> | GraphVersion[]>(`/graphs/${id}/versions`);
    return Array.isArray(answer) ? answer : answer.items;
  },
  version: (id: string, number: number) => api.get<Graph>(`/graphs/${id}/versions/${number}`),
  publish: (id: string, note: string) => api.post<GraphVersion>(`/graphs/${id}/versions`, { note }, once()),
  restore: (id: string, number: number) => api.post<Graph>(`/graphs/${id}/versions/${number}/restore`),
  templates: async () => {
    const answer = await api.get<Page<GraphTemplate> | GraphTemplate[]>('/graph-templates');
    return Array.isArray(answer) ? answer : answer.items;
  },
  fromTemplate: (id: string) => api.post<Graph>(`/graph-templates/${id}/graphs`, undefined, once()),
};

export const nodeTypes = {
  list: async () => (await api.get<NodeType[]>('/node-types')).map(nodeType),
  /** The ports of nodes as they are configured, in the order of the nodes. */
  ports: async (nodes: { type: string; config: Json }[]) =>
    (await api.post<PortsAnswer[]>('/node-types/ports', { nodes })).map(ports),
};

export const runs = {
  start: (graph: string, body: { inputs: Json; version?: number; pinned?: boolean } & Partial<RunStart>) =>
    api.post<Run>(`/graphs/${graph}/runs`, body, once()),
  list: (graph: string, after?: string) =>
    api.get<Page<Run>>(`/graphs/${graph}/runs`, { limit: 30, ...(after && { after }) }),
  get: (id: string) => api.get<Run>(`/runs/${id}`),
  cancel: (id: string) => api.post<unknown>(`/runs/${id}/cancel`),
  resume: (id: string, value: unknown, interrupt: string) =>
    api.post<unknown>(`/runs/${id}/resume`, { value, interrupt }),
};
