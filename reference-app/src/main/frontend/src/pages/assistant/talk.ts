import type { QueryClient } from '@tanstack/react-query';
import { api, type SendOptions } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Page } from '@/api/shapes';
import { stream } from '@/api/stream';
import { withMessage } from './branch';
import type { ChatEvent, Context, Conversation, Message } from './shapes';
import { NEW_TURN, reduce, type Turn } from './turn';

const PAGE = 200;
/** As many messages as a search reads of one conversation, so that what it finds is there. */
const MOST_PAGES = 25;

export const CONVERSATIONS = ['conversations'];
export const conversationKey = (id: string) => ['conversation', id];
export const messagesKey = (id: string) => ['conversation', id, 'messages'];

/** The active branch, whole; its pages come the latest first. */
export async function fetchBranch(id: string, signal?: AbortSignal): Promise<Message[]> {
  const all: Message[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    // Each page says where the next begins.
    // oxlint-disable-next-line no-await-in-loop
    const { items, next }: Page<Message> = await api.get(
      `/conversations/${id}/messages`,
      { limit: PAGE, after },
      signal,
    );
    all.unshift(...items);
    if (next === null) break;
    after = next;
  }
  return all;
}

/** What somebody asks. */
export interface Ask {
  message: string;
  agent: string;
  model: string;
  context: Context;
}

/** A question on its way, before the server has kept it. */
export interface Pending {
  /** Null when a question is only answered again. */
  text: string | null;
  /** The number of the message that it follows; 0 for the first. */
  after: number;
  /** Sends it again. */
  again: () => void;
}

/** A message being answered in this page. Immutable. */
export interface Live {
  conversation: string;
  phase: 'sending' | 'answering' | 'interrupted' | 'stopping';
  pending: Pending | null;
  turn: Turn;
}

/** Why a question could not be asked or its answer not be followed. */
export interface Failed {
  conversation: string;
  problem: ApiProblem;
  pending: Pending | null;
  /** The question of another tab is being answered there. */
  isBusy: boolean;
}

/** Told each state of a turn, and the answer at its end. */
export type TurnListener = (live: Live | null, answer: Message | null) => void;

interface State {
  live: Live | null;
  failed: Failed | null;
}

/**
 * Asks questions and follows their answers, one at a time. What happens reaches listeners at most once a frame, as tokens
 * come faster than they can be drawn.
 */
export class Talk {
  readonly #client: QueryClient;
  #state: State = { live: null, failed: null };
  #stop: AbortController | null = null;
  readonly #listeners = new Set<() => void>();
  #frame: ReturnType<typeof setTimeout> | undefined;
  #onTurn: TurnListener = () => undefined;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = () => this.#state;

  /** Has somebody told of turns without waiting for a frame. */
  tell(listener: TurnListener): void {
    this.#onTurn = listener;
  }

  /** Asks a question at the end of the active branch, or in place of one. */
  ask(conversation: string, ask: Ask, after: number, replaces?: number): void {
    const path = replaces === undefined ? 'messages' : `messages/${replaces}/edit`;
    const again = () => this.ask(conversation, ask, after, replaces);
    const { message, context, agent, model } = ask;
    const body = { message, context, ...(agent !== '' && { agent }), ...(model !== '' && { model }) };
    void this.#run(
      conversation,
      `/conversations/${conversation}/${path}`,
      { method: 'POST', body },
      { text: message, after, again },
    );
  }

  /** Has a question answered again. */
  retry(conversation: string, question: number): void {
    const again = () => this.retry(conversation, question);
    const path = `/conversations/${conversation}/messages/${question}/retry`;
    void this.#run(conversation, path, { method: 'POST', body: {} }, { text: null, after: question, again });
  }

  /** Follows what is being answered there already, begun by another tab or before this page was loaded. */
  follow(conversation: string): void {
    if (this.#state.live?.conversation === conversation) return;
    void this.#run(conversation, this.#eventsOf(conversation), {}, null);
  }

  /** Asks the server to end the answer; what was said until then comes as the answer. */
  async stop(): Promise<void> {
    const { live } = this.#state;
    if (live === null || live.phase === 'stopping') return;
    this.#change({ ...live, phase: 'stopping' });
    await api.post(`/conversations/${live.conversation}/stop`);
  }

  /** Follows no longer; the server goes on. */
  leave(): void {
    this.#stop?.abort();
    this.#stop = null;
    clearTimeout(this.#frame);
    this.#frame = undefined;
    this.#state = { live: null, failed: null };
    this.#onTurn(null, null);
    this.#publish();
  }

  /** Forgets why the last question could not be asked. */
  dismiss(): void {
    this.#state = { ...this.#state, failed: null };
    this.#publish();
  }

  #eventsOf(conversation: string) {
    return `/conversations/${conversation}/events`;
  }

  async #run(conversation: string, path: string, options: SendOptions, pending: Pending | null) {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#state = {
      failed: pending ? null : this.#state.failed,
      live: pending && { conversation, pending, phase: 'sending', turn: NEW_TURN },
    };
    this.#publish();
    try {
      await stream<ChatEvent>(path, {
        ...options,
        signal: stop.signal,
        ends: ['error'],
        goesOnAt: this.#eventsOf(conversation),
        onInterrupted: (interrupted) => this.#interrupted(interrupted),
        onEvent: ({ data }) => this.#take(conversation, data, stop),
      });
      if (this.#stop === stop) await this.#end(conversation, null, pending);
    } catch (error) {
      if (this.#stop === stop) await this.#end(conversation, ApiProblem.of(error), pending);
    }
  }

  #take(conversation: string, event: ChatEvent, stop: AbortController) {
    if (stop.signal.aborted) return;
    const before = this.#state.live ?? { conversation, pending: null, phase: 'answering' as const, turn: NEW_TURN };
    const turn = reduce(before.turn, event);
    const phase = before.phase === 'stopping' ? 'stopping' : 'answering';
    const live = { ...before, phase, turn } satisfies Live;
    if (turn.question !== null && turn.question !== before.turn.question) this.#keep(conversation, turn.question);
    this.#change(live);
    this.#onTurn(live, turn.answer);
    if (turn.answer !== null) {
      this.#keep(conversation, turn.answer);
      stop.abort();
      void this.#end(conversation, null, before.pending);
    }
  }

  #interrupted(interrupted: boolean) {
    const { live } = this.#state;
    if (live === null || live.phase === 'stopping') return;
    this.#change({ ...live, phase: interrupted ? 'interrupted' : 'answering' });
  }

  /** Counts a message into the branch that is shown. */
  #keep(conversation: string, message: Message) {
    this.#client.setQueryData<Message[]>(messagesKey(conversation), (branch) => withMessage(branch ?? [], message));
  }

  async #end(conversation: string, problem: ApiProblem | null, pending: Pending | null) {
    const { live } = this.#state;
    const said = live?.turn.problem;
    const isBusy = problem?.status === 409;
    const why =
      problem ??
      (said && live?.turn.answer === null
        ? new ApiProblem({
            status: -1,
            title: said.code,
            detail: said.what,
            code: said.code,
            mend: said.mend,
            traceId: '',
          })
        : null);
    // What was kept is read before what was followed goes away, so that nothing blinks.
    await this.#refresh(conversation);
    if (this.#state.live !== live) return;
    const isKept = live?.turn.question !== null && live?.turn.question !== undefined;
    this.#state = {
      live: null,
      failed: why && { conversation, problem: why, isBusy, pending: isKept ? null : pending },
    };
    this.#stop = null;
    if (live?.turn.answer === null || live === null) this.#onTurn(null, null);
    this.#publish();
  }

  async #refresh(conversation: string) {
    const client = this.#client;
    const now = (queryKey: string[]) => client.invalidateQueries({ queryKey });
    await Promise.allSettled([now(conversationKey(conversation)), now(CONVERSATIONS)]);
  }

  #change(live: Live) {
    const before = this.#state.live;
    this.#state = { ...this.#state, live };
    if (before?.phase !== live.phase) this.#publish();
    else this.#frame ??= setTimeout(() => this.#publish(), 33);
  }

  #publish() {
    clearTimeout(this.#frame);
    this.#frame = undefined;
    this.#listeners.forEach((listener) => listener());
  }
}

/** The branch as it is shown while a message is answered: what another answer or question replaces is left out. */
export function shownBranch(branch: Message[], live: Live | null): Message[] {
  const question = live?.turn.question;
  if (question) {
    const whole = withMessage(branch, question);
    const shown = whole.slice(0, whole.findIndex((message) => message.number === question.number) + 1);
    return live.turn.answer ? withMessage(shown, live.turn.answer) : shown;
  }
  if (!live?.pending) return branch;
  const after = live.pending.after;
  return branch.slice(0, branch.findIndex((message) => message.number === after) + 1);
}

/** Begins a conversation. */
export function begin(title: string, agent: string): Promise<Conversation> {
  return api.post<Conversation>('/conversations', { title, ...(agent !== '' && { agent }) });
}
