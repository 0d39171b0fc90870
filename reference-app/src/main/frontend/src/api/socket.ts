import { currentSession } from './http';
import { backoff } from './stream';

export type SocketState = 'connecting' | 'open' | 'interrupted' | 'closed';

export interface SocketOptions<T> {
  onFrame: (frame: T) => void;
  onState?: (state: SocketState) => void;
  /** The number of the last frame that came: sent as `?after=` when it connects again. */
  sequence?: (frame: T) => number | undefined;
}

/** A WebSocket that connects again by itself and asks for what it missed. */
export interface Socket {
  /** Sends a frame; one that is sent while the connection is away goes out when it is back. */
  send: (frame: unknown) => void;
  close: () => void;
}

/** The session behind the connection has ended: it may be refreshed. */
const SESSION_ENDED = 4401;

/** Closed by us, or refused for good (RFC 6455 and its registry: normal, policy, and our own codes from 4000). */
const isFinal = (code: number) => code === 1000 || code === 1008 || (code >= 4000 && code !== SESSION_ENDED);

/** Opens a WebSocket at a path of this server, such as `/ws/runs/ID`. */
export function openSocket<T>(path: string, options: SocketOptions<T>): Socket {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let tries = 0;
  let last: number | undefined;
  const waiting: string[] = [];

  function connect() {
    options.onState?.(tries === 0 ? 'connecting' : 'interrupted');
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (last !== undefined) url.searchParams.set('after', String(last));
    const mine = new WebSocket(url);
    socket = mine;
    mine.addEventListener('open', () => {
      tries = 0;
      options.onState?.('open');
      waiting.splice(0).forEach((text) => mine.send(text));
    });
    mine.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as T;
      last = options.sequence?.(frame) ?? last;
      options.onFrame(frame);
    });
    mine.addEventListener('close', ({ code }) => {
      if (closed || isFinal(code)) {
        options.onState?.('closed');
        return;
      }
      options.onState?.('interrupted');
      timer = setTimeout(() => void again(), backoff(tries++));
    });
  }

  /** The session may be what ended the connection; a server that is away is asked again. */
  async function again() {
    const session = await currentSession().catch(() => null);
    if (closed) return;
    if (session?.signedIn === false) options.onState?.('closed');
    else connect();
  }

  connect();
  return {
    send(frame) {
      const text = JSON.stringify(frame);
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
      else waiting.push(text);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
}
