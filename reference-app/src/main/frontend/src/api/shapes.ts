/** The shapes of the app's API, as the pages use them. */

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** What to give as `after` for the next page; null on the last. */
  next: string | null;
}

// --- session -----------------------------------------------------------------------------------------------------------

export type Role = 'admin' | 'editor' | 'viewer';
export type Mode = 'single-user' | 'accounts';

export interface AuthOptions {
  mode: Mode;
  registration: 'open' | 'invited';
  /** Nobody has signed up yet: whoever does now becomes the administrator. */
  firstUser: boolean;
  /** Other services through which people sign in, at `/api/v1/auth/oidc/NAME`. */
  providers: { name: string; displayName: string }[];
}

export interface Session {
  signedIn: boolean;
  user: { id: string; email: string; name: string; role: Role } | null;
  organisation: { id: string; name: string } | null;
  scopes: string[];
  expiresAt: string | null;
  /** They can do nothing before they have chosen another password. */
  mustChangePassword: boolean;
  mode: Mode;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}
export interface NewToken extends Token {
  /** Shown once, never again. */
  token: string;
}

export interface Organisation {
  id: string;
  name: string;
  revision: number;
}

/** How much goes with an organisation. */
export interface OrganisationData {
  members: number;
  datasets: number;
  documents: number;
  conversations: number;
  graphs: number;
  sources: number;
}

/** How much is somebody's alone. */
export interface MemberData {
  datasets: number;
  documents: number;
  conversations: number;
}

export interface Member {
  id: string;
  email: string;
  name: string;
  role: Role;
  active: boolean;
  createdAt: string;
  lastSeenAt: string | null;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: string;
  acceptedAt: string | null;
}
export interface NewInvitation extends Invitation {
  /** Shown once, never again. */
  link: string;
}

// --- data sets ---------------------------------------------------------------------------------------------------------

export interface Dataset {
  id: string;
  name: string;
  version: number;
  /** Its name in SQL. */
  table: string;
  rows: number;
  columnCount: number;
  bytes: number;
  format: string;
  origin: string;
  createdAt: string;
  warnings: string[];
}

export interface Column {
  name: string;
  type: string;
  role: string;
  unit: string;
  nullCount: number;
  distinctCount: number | null;
}

export interface DatasetDetail extends Dataset {
  columns: Column[];
  report: { rejectedRows: number; messages: string[] };
  /** Some that it answers, to begin with. */
  questions: string[];
}

export type Cell = string | number | boolean | null;

export interface Table {
  columns: { name: string; type: string }[];
  rows: Cell[][];
  totalRows: number;
}

/** Rows that a statement gave. */
export interface SqlRows extends Table {
  millis: number;
}

/** A statement over data sets. */
export interface SqlWish {
  datasetIds: string[];
  sql: string;
  limit?: number;
  offset?: number;
  /** Names it while it runs, so that it can be stopped. */
  run?: string;
}

/** How a statement would be run, in the words of the engine. */
export interface SqlPlan {
  plan: string;
}

export interface Artifact {
  key: string;
  /** Such as `image/png`. */
  type: string;
  label: string;
  url: string;
  bytes: number;
  createdAt: string;
}

/** A file that is on the server, and no data set yet. */
export interface Upload {
  id: string;
  name: string;
}

export const COLUMN_TYPES = ['TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'TIME'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** How a file is imported. */
export interface ImportWish {
  name?: string;
  types?: Record<string, ColumnType>;
  /** How many rows that can't be read may be left out. */
  maxRejectedRows?: number;
}

/** What an import would give. */
export interface ImportPreview {
  name: string;
  columns: Column[];
  rows: Cell[][];
  totalRows: number;
  report: { rejectedRows: number; messages: string[] };
  warnings: string[];
}

export type SourceKind = 'postgresql' | 'mysql' | 'mariadb' | 'sqlserver' | 'sqlite' | 'duckdb' | 'host';

/** A database that the organisation connected. */
export interface Source {
  id: string;
  name: string;
  kind: SourceKind;
  host: string;
  port: number;
  /** Its name, or the path of its file. */
  database: string;
  user: string;
  /** The one schema that is looked at; empty for all. */
  schema: string;
  revision: number;
}

/** How a database is reached: parts, never a URL. */
export interface SourceInput {
  name: string;
  kind: SourceKind;
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  /** Never sent back; a change without one keeps the one that is there. */
  password?: string;
  schema?: string;
}

export interface SourceCheck {
  ok: boolean;
  message: string;
  mend: string;
  advice: string[];
}

export interface SourceTable {
  schema: string;
  name: string;
  rows: number | null;
  columns: { name: string; type: string }[];
}

/** What is imported of a database: a table or a statement. */
export interface SourceWish {
  name: string;
  table?: string;
  sql?: string;
}

/** What somebody sees of a source. */
export interface Preview {
  ok: boolean;
  headers: string[] | null;
  rows: { values: (string | null)[] }[] | null;
  total_rows: number | null;
  error: string | null;
}

/** Things of one kind that rest on what is to be deleted. */
export interface DependantGroup {
  kind: 'chart' | 'artifact' | 'dataset' | 'graph' | 'run' | 'conversation' | 'project' | 'agent' | 'trained_model';
  /** They go too; the others stay, and name what is no longer there. */
  deleted: boolean;
  count: number;
  /** Some of them; none of those that this person may not look at. */
  first: { id: string; name: string }[];
}

/** A figure as Plotly takes it. */
export interface Figure {
  data: Record<string, unknown>[];
  layout?: Record<string, unknown>;
}

export interface Chart {
  title: string;
  kind: string;
  figure: Figure;
  /** Why this kind, a whole sentence. */
  reason: string;
  /** The same numbers as a table, for those who don't see the picture. */
  alternative: { columns: string[]; rows: Cell[][] };
  /** What may show the data better, whole sentences. */
  suggestions: string[];
}

/** A chart that fits a data set. */
export interface ChartSuggestion {
  kind: string;
  columns: string[];
  x: string;
  y: string;
  group: string;
}

export interface AnswerArtifact {
  type: 'image' | 'json' | 'table' | 'text';
  label: string;
  key: string;
  url: string;
}

export interface AnswerStep {
  intent: string;
  op: string;
  sql: string | null;
  columns: string[];
  rows: Cell[][];
  totalRows: number;
  value: Cell;
  test: { name: string; statistic: number; pValue: number; effectSize: number | null; conclusion: string } | null;
  chart: string | null;
  figure?: Figure | null;
  artifacts: AnswerArtifact[];
}

export interface Answer {
  id: string;
  status: 'answered' | 'ambiguous' | 'not_understood' | 'cannot_answer' | 'error';
  cached: boolean;
  planner: string;
  reading: string | null;
  message: string | null;
  steps: AnswerStep[];
  unknownWords: string[];
  suggestions: string[];
  warnings: string[];
  millis: number;
}

// --- jobs and the state of the whole ------------------------------------------------------------------------------------

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Failure {
  code: string;
  what: string;
  mend: string;
}

export interface Job {
  id: string;
  kind: string;
  queue: string;
  state: JobState;
  /** 0 to 1; null where it can't be told. */
  progress: number | null;
  message: string | null;
  startedAt: string | null;
  endedAt: string | null;
  error: Failure | null;
  result: { type: string; id: string } | null;
}

export interface Dashboard {
  counts: {
    datasets: number;
    documents: number;
    graphs: number;
    conversations: number;
    sources: number;
    projects: number;
  };
  runningJobs: Job[];
  failures: { what: string; when: string; link: string | null }[];
  components: { name: string; state: 'up' | 'down' | 'off'; detail: string | null }[];
  model: { state: 'ready' | 'partial' };
  checklist: { id: string; title: string; done: boolean; link: string }[];
  questions: { datasetId: string; datasetName: string; question: string }[];
  samples: { present: boolean };
}

export interface Capabilities {
  agent_available: boolean;
  llm_configured: boolean;
  active_config: { id: string; name: string; provider: string; model_name: string; endpoint_url: string | null } | null;
}

export interface WorkerStatus {
  connected_workers: number[];
  worker_count: number;
}

/** What models are trained on. */
export interface LearningDevices {
  cpuThreads: number;
  cards: { name: string; memoryBytes: number; driver: string }[];
  cardsNote: string;
  boosting: string;
  boostingNote: string;
}

// --- models, agents, settings -------------------------------------------------------------------------------------------

/** What may be set of a model; what is null is the provider's default. */
export interface ModelSettings {
  api_version: string | null;
  temperature: number | null;
  top_p: number | null;
  max_tokens: number | null;
  timeout_seconds: number | null;
  max_retries: number | null;
  input_price_per_million: number | null;
  output_price_per_million: number | null;
}

export interface Model {
  id: string;
  name: string;
  provider: string;
  model_name: string;
  endpoint_url: string | null;
  is_active: boolean;
  configuration: ModelSettings;
  has_key: boolean;
  /** Set by the server's environment: can't be changed here. */
  from_environment: boolean;
  /** `tenant` or `user`: who has it. */
  scope: string;
  revision: number;
}

export interface ModelInput {
  name: string;
  provider: string;
  model_name?: string;
  endpoint_url?: string;
  /** Never sent back; the one that is kept stays when this is absent. */
  api_key?: string;
  scope?: 'tenant' | 'user';
  configuration?: Partial<ModelSettings>;
}

export interface ModelProvider {
  provider: string;
  title: string;
  default_model: string | null;
  default_endpoint: string | null;
  needs_key: boolean;
  needs_endpoint: boolean;
}

export interface ModelTest {
  ok: boolean;
  millis: number;
  message: string;
  model: string | null;
  code: string | null;
  mend: string | null;
}

export interface ModelUsage {
  days: number;
  calls: number;
  tokensIn: number;
  tokensOut: number;
  cost: number | null;
  byModel: { name: string; calls: number; tokensIn: number; tokensOut: number; cost: number | null }[];
}

export interface Agent {
  id: string;
  title: string;
  description: string;
  tools: string[];
  model: string | null;
  temperature: number | null;
  maxSteps: number | null;
  maxTokens: number | null;
  instructions: string;
  origin: string;
  customised: boolean;
  revision: number;
}

export interface AgentInput {
  tools?: string[];
  model?: string | null;
  temperature?: number | null;
  maxSteps?: number;
  maxTokens?: number;
  instructions?: string;
}

export interface Tool {
  name: string;
  description: string;
  sideEffect: 'read' | 'write' | 'external';
  /** Why it can't be used; null where it can. */
  disabled: string | null;
  provider: string;
  schema: string;
}

/** One line of the record of who did what. */
export interface AuditEntry {
  id: string;
  at: string;
  user: string | null;
  action: string;
  subject: string | null;
  detail: string | null;
  times: number;
}

export interface Preferences {
  locale: string;
  timeZone: string;
  revision: number;
}

export interface Usage {
  questions: number;
  tokens: number;
  bytes: number;
  limits: { questions: number | null; tokens: number | null; bytes: number | null };
}

// --- the profile of a data set -----------------------------------------------------------------------------------------

export interface ColumnDetails {
  name: string;
  type: string;
  role: string;
  unit: string;
  rows: number;
  missing: number;
  distinct: number;
  distinctAccuracy: string;
  uniqueness: string;
  min: string;
  max: string;
  top: { value: string; count: number }[];
  histogram: { bins: { from: number | null; to: number | null; label: string; count: number }[] };
  numbers: {
    mean: number;
    deviation: number | null;
    skewness: number | null;
    quantiles: { part: number; value: number }[];
    min: number;
    max: number;
    sum: number;
    zeros: number;
    negatives: number;
    outliers: { low: number; high: number };
  } | null;
  texts: { shortest: number; meanLength: number; longest: number; blank: number; padded: number } | null;
  times: { grain: string; first: string; last: string; expected: number; present: number } | null;
}

export interface Profile {
  name: string;
  overview: {
    rows: number;
    columns: number;
    storedBytes: number;
    memoryBytes: number;
    missingCells: number;
    rowsWithMissing: number;
    duplicateRows: number;
    sampleRows: number;
  };
  alerts: { kind: string; severity: string; columns: string[]; message: string }[];
  columns: ColumnDetails[];
  notes: string[];
}
