/** The shapes of graphs, their node types and their runs, as the app's API gives them. */

export interface GraphSummary {
  id: string;
  name: string;
  description: string;
  nodeCount: number;
  revision: number;
  publishedVersion: number | null;
  updatedAt: string;
}

/** Members that this page doesn't know are kept as they came. */
export type Json = Record<string, unknown>;

export interface SavedNode extends Json {
  id: string;
  type: string;
  typeVersion?: number;
  position: { x: number; y: number };
  data: Json & { title?: string; config?: Json };
}

export interface SavedEdge extends Json {
  id: string;
  source: string;
  sourceHandle?: string | null;
  target: string;
  targetHandle?: string | null;
}

export interface SavedGraph extends Json {
  nodes: SavedNode[];
  edges: SavedEdge[];
}

export interface Graph extends GraphSummary {
  graph: SavedGraph;
}

export interface GraphVersion {
  number: number;
  note: string;
  createdAt: string;
  createdBy: string;
}

export interface GraphTemplate {
  id: string;
  title: string;
  description: string;
  /** It runs only with a language model. */
  needsModel?: boolean;
  graph: SavedGraph;
}

export type Presence = 'required' | 'optional' | 'many';

export interface Port {
  name: string;
  /** `text`, `number`, `boolean`, `any`, `list<…>`. */
  type: string;
  presence: Presence;
  label?: string | null;
}

export interface Ports {
  inputs: Port[];
  outputs: Port[];
}

export type NodeRole = 'work' | 'choice' | 'input' | 'output' | 'subgraph' | 'map';

export interface NodeType extends Ports {
  id: string;
  version: number;
  title: string;
  description: string;
  category: string;
  role: NodeRole;
  configSchema: Schema;
  /** The ports depend on the configuration. */
  dynamicPorts: boolean;
}

/** JSON Schema, as far as forms are made of it. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  anyOf?: Schema[];
}

export interface GraphProblem {
  nodeId: string | null;
  edgeId: string | null;
  /** Where it stands in the JSON of the graph. */
  pointer: string | null;
  message: string;
  mend: string;
  /** Whether the graph can't run before it is mended. */
  stopsRuns?: boolean;
}

export interface PortsAnswer extends Ports {
  problems: GraphProblem[];
}

export type RunState = 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
export type NodeState =
  'idle' | 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'cached' | 'pinned' | 'cancelled';

/** How much is run around a node: it alone, what comes after it too, or all that leads to it. */
export type RunPart = 'node' | 'from' | 'to';

export interface RunStart {
  node: string;
  part: RunPart;
  /** What the node is given instead of what leads to it. */
  nodeInputs?: Json;
}

export interface RunError {
  code: string;
  what: string;
  mend: string;
  nodeId: string | null;
}

export interface NodeRun {
  nodeId: string;
  state: NodeState;
  startedAt: string | null;
  millis: number | null;
  inputs: Json | null;
  outputs: Json | null;
  error: RunError | null;
  tokens: number | null;
  /** In US dollars; null when it is not known. */
  cost?: number | null;
  /** What it has written so far. */
  text?: string | null;
  /** Its values were too long to be kept whole. */
  cut?: boolean;
}

/** What a person is asked while a run waits. */
export interface Question {
  id: string;
  nodeId: string | null;
  kind: string;
  question: string;
  value?: unknown;
}

export interface Run {
  id: string;
  graphId: string;
  version: number | null;
  /** The node that was to be run, or around which; null for the whole graph. */
  node?: string | null;
  state: RunState;
  startedAt: string | null;
  endedAt: string | null;
  inputs: Json;
  outputs: Json | null;
  error: RunError | null;
  nodes: NodeRun[];
  tokens: number | null;
  cost: number | null;
  waitingFor?: Question[] | null;
}

/** A frame of `/ws/runs/{run}`. */
export type RunFrame =
  | { seq?: number; type: 'connection_established' }
  | { seq?: number; type: 'run'; run: Run }
  | { seq?: number; type: 'node'; node: NodeRun }
  | { seq?: number; type: 'token'; nodeId: string; text: string }
  | { seq?: number; type: 'done'; run: Run }
  | { seq?: number; type: 'error'; error: { what: string; mend: string } };
