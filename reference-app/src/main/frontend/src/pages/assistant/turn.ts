import { messageOf } from './message';
import type { ChatEvent, Message, MessageDetail, Problem } from './shapes';

/** A call of a tool as far as it is known while it goes on. */
export interface LiveTool {
  call: string;
  agent: string;
  name: string;
  arguments: string;
  result: string | null;
  millis: number | null;
  error: boolean;
}

/** A tool that does more than read, and waits for somebody to say that it may. */
export interface WantedApproval {
  approval: string;
  agent: string;
  tool: string;
  arguments: string;
  /** It changes data, or reaches beyond Studio. */
  effect: 'write' | 'external';
}

/** What one agent has said so far. */
export interface Draft {
  agent: string;
  /** Which call of the model; with another one the agent begins anew. */
  step: number;
  text: string;
  typing: boolean;
}

/** A message being answered, as far as this page was told. Immutable. */
export interface Turn {
  /** Empty until the server has told it. */
  id: string;
  /** The last event that was counted in. */
  sequence: number;
  question: Message | null;
  /** The answer, once it is whole. */
  answer: Message | null;
  routing: { why: string; by: MessageDetail['by']; agents: string[] } | null;
  drafts: Draft[];
  tools: LiveTool[];
  /** Those that are not decided yet. */
  approvals: WantedApproval[];
  /** What is being done, in a sentence. */
  update: string | null;
  problem: Problem | null;
}

/** Nothing was told yet. */
export const NEW_TURN: Turn = {
  id: '',
  sequence: 0,
  question: null,
  answer: null,
  routing: null,
  drafts: [],
  tools: [],
  approvals: [],
  update: null,
  problem: null,
};

/** Whoever puts answers of several agents together. */
const JOINER = 'orchestrator';

function withDraft(drafts: Draft[], agent: string, change: (draft: Draft) => Draft): Draft[] {
  const at = drafts.findIndex((draft) => draft.agent === agent);
  if (at < 0) return [...drafts, change({ agent, step: 0, text: '', typing: true })];
  return drafts.map((draft, index) => (index === at ? change(draft) : draft));
}

function withTool(
  tools: LiveTool[],
  agent: string,
  call: string,
  change: Partial<LiveTool> & { name: string },
): LiveTool[] {
  const at = tools.findIndex((tool) => tool.agent === agent && tool.call === call);
  const known = tools[at] ?? { call, agent, arguments: '', result: null, millis: null, error: false };
  const next = { ...known, ...change };
  return at < 0 ? [...tools, next] : tools.map((tool, index) => (index === at ? next : tool));
}

/**
 * Counts an event in. One that was counted already, as after a connection that broke and came back, changes nothing; one
 * of another turn begins anew.
 */
export function reduce(before: Turn, event: ChatEvent): Turn {
  let turn = before;
  if (event.turn_id !== turn.id)
    turn = { ...NEW_TURN, id: event.turn_id, ...(turn.id === '' && { question: turn.question }) };
  if (event.sequence > 0 && event.sequence <= turn.sequence) return turn;
  turn = event.sequence > 0 ? { ...turn, sequence: event.sequence } : turn;
  switch (event.type) {
    case 'message':
      return event.role === 'user'
        ? { ...turn, question: messageOf(event) }
        : { ...turn, answer: messageOf(event), update: null };
    case 'typing':
      return { ...turn, drafts: withDraft(turn.drafts, event.agent, (draft) => ({ ...draft, typing: event.typing })) };
    case 'token':
      return {
        ...turn,
        update: null,
        drafts: withDraft(turn.drafts, event.agent, (draft) => ({
          ...draft,
          typing: true,
          step: event.step,
          text: event.step === draft.step ? draft.text + event.text : event.text,
        })),
      };
    case 'analysis_update':
      return event.stage === 'routing'
        ? { ...turn, routing: { why: event.text, by: event.by ?? null, agents: event.agents ?? [] } }
        : { ...turn, update: event.text };
    case 'tool_call':
      return {
        ...turn,
        tools: withTool(turn.tools, event.agent, event.call, { name: event.tool, arguments: event.arguments }),
      };
    case 'tool_result':
      return {
        ...turn,
        tools: withTool(turn.tools, event.agent, event.call, {
          name: event.tool,
          result: event.text,
          millis: event.millis,
          error: event.error,
        }),
      };
    case 'approval_needed': {
      const { approval, agent, tool, arguments: given, effect } = event;
      return { ...turn, approvals: [...turn.approvals, { approval, agent, tool, arguments: given, effect }] };
    }
    case 'approval_decided':
      return { ...turn, approvals: turn.approvals.filter((each) => each.approval !== event.approval) };
    case 'error':
      return { ...turn, problem: { code: event.code, what: event.what, mend: event.mend } };
    default:
      return turn;
  }
}

/** What is shown of the answer so far: what was put together, or else what each agent said. */
export function draftsShown(turn: Turn): Draft[] {
  const said = turn.drafts.filter((draft) => draft.text !== '');
  const joined = said.find((draft) => draft.agent === JOINER);
  return joined ? [joined] : said;
}

/** What is being done, in a few words; null while the answer is being written. */
export function doing(turn: Turn, titleOf: (agent: string) => string): string | null {
  if (turn.approvals.length > 0) return 'Waiting for you';
  const running = turn.tools.filter((tool) => tool.result === null).at(-1);
  if (running) return `Calling ${running.name}`;
  if (turn.update) return turn.update;
  if (draftsShown(turn).length > 0) return null;
  const working = turn.drafts
    .filter((draft) => draft.typing && draft.agent !== JOINER)
    .map((draft) => titleOf(draft.agent));
  if (working.length > 0) return `${working.join(' and ')} ${working.length === 1 ? 'is' : 'are'} working`;
  return turn.routing ? 'Working' : 'Choosing who answers';
}
