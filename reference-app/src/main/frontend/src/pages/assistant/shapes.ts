/** The shapes of conversations, as the routes of the assistant write them. */

import type { Figure, Table } from '@/api/shapes';

export interface Conversation {
  id: string;
  title: string;
  /** Who answers unless a message names another; `auto` or empty: the orchestrator chooses. */
  agent: string | null;
  status: 'active' | 'archived';
  about: { source_id?: string | null; issue_id?: string | null; project_id?: string | null };
  messages: number;
  /** The number of the last message of the active branch; 0 when there is none. */
  head: number;
  /** A message is being answered, here or in another tab. */
  busy: boolean;
  revision: number;
  updatedAt: string;
}

/** What a message is about. */
export interface Context {
  datasetIds: string[];
  sourceId: string | null;
  documents: boolean;
}

export interface QuestionDetail {
  agent?: string | null;
  model?: string | null;
  datasetIds?: string[] | null;
  sourceId?: string | null;
  documents?: boolean | null;
}

export interface ToolUse {
  agent?: string | null;
  name: string;
  /** As the model wrote them: JSON, or not even that. */
  arguments: string;
  result: string | null;
  rows?: number | null;
  millis: number | null;
  error: boolean;
}

export interface AnswerChart {
  title: string;
  kind: string;
  figure: Figure;
  alternative?: Table | null;
  sql?: string | null;
  datasetId?: string | null;
}

export interface AnswerTable {
  title: string;
  table: Table;
}

/** Words of a document that an answer rests on. */
export interface Source {
  number: number;
  documentId: string;
  documentName: string;
  page?: number | null;
  quote: string;
  from: number;
  to: number;
  /** The number of the passage that they stand in. */
  chunk?: number | null;
}

/** A number that an answer states, and what it rests on. */
export interface CheckedFigure {
  text: string;
  /** Where it begins in the answer. */
  start: number;
  basis: 'stated' | 'derived' | 'asked' | 'customary' | 'unsupported';
  excerpt?: string | null;
}

export interface Problem {
  code: string;
  what: string;
  mend: string;
}

export interface AnswerDetail {
  status?: 'answered' | 'limit_reached' | 'stopped' | 'failed' | 'cannot_answer' | null;
  /** What was said until it was stopped. */
  partial?: boolean | null;
  agent?: string | null;
  agents?: string[] | null;
  by?: 'request' | 'model' | 'rules' | null;
  why?: string | null;
  model?: string | null;
  tools?: ToolUse[] | null;
  sql?: string[] | null;
  charts?: AnswerChart[] | null;
  tables?: AnswerTable[] | null;
  reading?: string | null;
  suggestions?: string[] | null;
  alternatives?: { reading: string; question: string }[] | null;
  unknownWords?: string[] | null;
  warnings?: string[] | null;
  sources?: Source[] | null;
  figures?: CheckedFigure[] | null;
  figuresComplete?: boolean | null;
  tokens?: { in: number; out: number } | null;
  cost?: number | null;
  millis?: number | null;
  problem?: Problem | null;
}

export interface Message {
  number: number;
  /** The number of the message that it follows; 0 for one that begins the conversation. */
  parent: number;
  role: 'user' | 'assistant' | 'tool' | 'system';
  text: string;
  detail: (QuestionDetail & AnswerDetail) | null;
  /** All messages with the same parent, itself too, in the order in which they were added. */
  siblings: number[];
  feedback?: 1 | -1 | null;
  createdAt: string;
}

interface EventBase {
  turn_id: string;
  /** Rises within the turn, with gaps; 0 for what is told to each listener. */
  sequence: number;
}

/** What happens while a message is answered. */
export type ChatEvent = EventBase &
  (
    | { type: 'connection_established' }
    | { type: 'message'; message: Message; final?: boolean }
    | { type: 'typing'; agent: string; typing: boolean }
    | { type: 'analysis_update'; stage: string; text: string; by?: AnswerDetail['by']; agents?: string[] }
    | { type: 'token'; agent: string; step: number; text: string }
    | { type: 'tool_call'; agent: string; call: string; tool: string; arguments: string }
    | { type: 'tool_result'; agent: string; call: string; tool: string; error: boolean; text: string; millis: number }
    | { type: 'error'; code: string; what: string; mend: string }
  );
