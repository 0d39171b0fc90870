/** The shapes of conversations, as the routes of the assistant write them. */

import type { Answer, Figure } from '@/api/shapes';

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
  updatedAt: string;
  /** Where what was looked for was said; null where only the title has it. */
  said: { message: number; role: 'user' | 'assistant'; before: string; words: string; after: string } | null;
}

/** What a message is about. */
export interface Context {
  datasetIds: string[];
  sourceId: string | null;
  documents: boolean;
}

/** How a question was asked. */
export interface Asked {
  agent: string;
  /** The name of a configuration; empty for the usual one. */
  model: string;
  /** The ids of data sets and databases. */
  sources: string[];
  /** The documents were asked too. */
  documents: boolean;
}

export interface ToolUse {
  agent: string;
  name: string;
  /** As the model wrote them: JSON, or not even that. */
  arguments: string;
  result: string;
  millis: number;
  error: boolean;
}

export interface AnswerChart {
  /** Of the figure among the files. */
  key: string;
  title: string;
  figure: Figure;
}

/** Words of a document that an answer was given. */
export interface Quote {
  documentId: string;
  documentName: string;
  page: number | null;
  quote: string;
  from: number;
  to: number;
}

/** A number that an answer states, and what it rests on. */
export interface CheckedFigure {
  text: string;
  /** Where it begins in the answer. */
  start: number;
  basis: 'stated' | 'derived' | 'asked' | 'customary' | 'unsupported';
}

export interface Problem {
  code: string;
  what: string;
  mend: string;
}

/** What the built-in planner answered. */
export interface PlannerAnswer extends Answer {
  /** The readings of an ambiguous question. */
  alternatives?: { reading: string; question: string }[];
}

export interface MessageDetail {
  /** Of a question. */
  asked: Asked | null;
  status: 'answered' | 'limit_reached' | 'stopped' | 'failed' | 'cannot_answer' | null;
  agents: string[];
  by: 'request' | 'model' | 'rules' | null;
  why: string;
  tools: ToolUse[];
  charts: AnswerChart[];
  sql: string[];
  answers: PlannerAnswer[];
  quotes: Quote[];
  figures: CheckedFigure[];
  figuresComplete: boolean;
  models: string[];
  tokensIn: number;
  tokensOut: number;
  /** In US dollars. */
  cost: number | null;
  millis: number;
  problem: Problem | null;
}

export interface Message {
  number: number;
  /** The number of the message that it follows; 0 for one that begins the conversation. */
  parent: number;
  role: 'user' | 'assistant' | 'tool' | 'system';
  text: string;
  detail: MessageDetail;
  /** All messages with the same parent, itself too, in the order in which they were added. */
  siblings: number[];
  rating: 'up' | 'down' | null;
  createdAt: string;
}

/** What is kept beside a message, as events tell it; the whole comes with the message itself. */
export interface RawDetail {
  agent?: string;
  model?: string;
  sources?: string[];
  documents?: boolean;
  status?: MessageDetail['status'];
  routing?: { by: MessageDetail['by']; why: string; choices: { agent: string }[] };
  problem?: Problem;
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
    | {
        type: 'message';
        at: string;
        number: number;
        parent: number;
        role: Message['role'];
        text: string;
        detail: RawDetail;
      }
    | { type: 'typing'; agent: string; typing: boolean }
    | { type: 'analysis_update'; stage: string; text: string; by?: MessageDetail['by']; agents?: string[] }
    | { type: 'token'; agent: string; step: number; text: string }
    | { type: 'tool_call'; agent: string; call: string; tool: string; arguments: string }
    | { type: 'tool_result'; agent: string; call: string; tool: string; error: boolean; text: string; millis: number }
    | {
        type: 'approval_needed';
        agent: string;
        approval: string;
        tool: string;
        arguments: string;
        effect: 'write' | 'external';
      }
    | { type: 'approval_decided'; approval: string; approved: boolean }
    | { type: 'error'; code: string; what: string; mend: string }
  );
