import { ApiProblem } from './problem';
import { sendRaw, type SendOptions } from './http';

/** One server-sent event. */
export interface StreamEvent<T = unknown> {
  /** The sequence number that the server gave; empty if it gave none. */
  id: string;
  type: string;
  data: T;
}

export interface StreamOptions<T> extends Omit<SendOptions, 'headers'> {
  onEvent: (event: StreamEvent<T>) => void;
  /** Called when the connection broke and is tried again, and with `false` when it is back. */
  onInterrupted?: (interrupted: boolean) => void;
  /** Types of events that end the stream: after one of these a closed connection is no failure. */
  ends: string[];
  /** Resume after this event. */
  after?: string;
  /**
   * The GET route where a stream that broke off goes on, for a request that must not be sent twice: one that was refused or
   * could not be sent is not tried again then. Without it, the same request is sent again.
   */
  goesOnAt?: string;
}

const LONGEST_PAUSE_MS = 15_000;
const MOST_TRIES = 8;

/** Reads events out of text that arrives in pieces; pieces may end anywhere. */
export class EventParser<T = unknown> {
  #rest = '';

  push(piece: string): StreamEvent<T>[] {
    // A CR at the end may be the first half of a CRLF.
    const text = this.#rest + piece;
    const held = text.endsWith('\r') ? '\r' : '';
    const blocks = text
      .slice(0, text.length - held.length)
      .replace(/\r\n?/g, '\n')
      .split('\n\n');
    this.#rest = (blocks.pop() ?? '') + held;
    return blocks.flatMap((block) => EventParser.#event<T>(block));
  }

  static #event<T>(block: string): StreamEvent<T>[] {
    let id = '';
    let type = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon === 0) continue; // a comment that keeps the connection open
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (name === 'id') id = value;
      else if (name === 'event') type = value;
      else if (name === 'data') data.push(value);
    }
    return data.length === 0 ? [] : [{ id, type, data: JSON.parse(data.join('\n')) as T }];
  }
}

/** Waits, or ends early when the signal does. */
export function pause(millis: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** How long to wait before the n-th try: doubling, with chance in it so that many pages don't come back at once. */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/**
 * Reads server-sent events, from a GET or a POST. A stream with numbered events that breaks off before one of `ends` is
 * resumed after the last event that came (`Last-Event-ID`); a POST is only resumed when its events are numbered, or
 * goes on at another route, where it is not sent again at all. An answer without content (204) ends it, too.
 *
 * @returns when the stream has ended or `signal` ended it
 * @throws ApiProblem if it was refused, or broke off for good
 */
export async function stream<T = unknown>(path: string, options: StreamOptions<T>): Promise<void> {
  const { onEvent, onInterrupted, ends, after, goesOnAt, ...request } = options;
  const { signal } = options;
  let last = after ?? '';
  let tries = 0;
  let begun = false;
  let ended = false;
  while (!ended && !signal?.aborted) {
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (last !== '') headers['Last-Event-ID'] = last;
      const response = await (begun && goesOnAt !== undefined
        ? sendRaw(goesOnAt, { headers, ...(signal && { signal }) })
        : sendRaw(path, { ...request, headers }));
      if (response.status === 204) return; // there is nothing to follow
      begun = true;
      const parser = new EventParser<T>();
      const decoder = new TextDecoder();
      const reader = response.body?.getReader();
      for (;;) {
        const piece = await reader?.read();
        if (piece === undefined || piece.done) break;
        if (tries > 0) onInterrupted?.(false);
        tries = 0;
        for (const event of parser.push(decoder.decode(piece.value, { stream: true }))) {
          if (event.id !== '') last = event.id;
          ended ||= ends.includes(event.type);
          onEvent(event);
        }
      }
    } catch (error) {
      if (signal?.aborted) return;
      const mayTryAgain = !(error instanceof ApiProblem) || (error.mayPass && (begun || goesOnAt === undefined));
      if (!mayTryAgain) throw error;
    }
    const resumable = goesOnAt !== undefined || last !== '' || (request.method ?? 'GET') === 'GET';
    if (ended || signal?.aborted) return;
    if (!resumable || tries >= MOST_TRIES) throw ApiProblem.unreachable();
    onInterrupted?.(true);
    await pause(backoff(tries++), signal);
  }
}
