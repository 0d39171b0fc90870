import { ApiProblem } from './problem';
import type { Session } from './shapes';

/** Where the routes are; paths given to {@link send} start below it. */
export const BASE = '/api/v1';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Routes whose 401 is an answer (wrong password), not an ended session. */
const ENDS_NO_SESSION = ['/auth/sign-in', '/auth/refresh', '/auth/sign-up', '/auth/session'];

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls `listener` when a request shows that nobody is signed in any more. Gives what ends that. */
export function onSessionEnded(listener: Listener): Listener {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a request may carry besides its path. */
export interface SendOptions {
  method?: string;
  /** Sent as JSON, unless it is a form. */
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  /** The revision that the change was made on: sent as If-Match. */
  revision?: number;
  /** The same key twice is carried out once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** The token that unsafe requests repeat in a header, which a foreign site can't read. */
export function csrfToken(): string {
  const cookie = document.cookie.split('; ').find((part) => /^(__Host-)?studio-csrf=/.test(part));
  return cookie === undefined ? '' : decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
}

/** The address of a route with its query. */
export function address(path: string, query: SendOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return (path.startsWith('/api/') ? path : BASE + path) + (text === '' ? '' : `?${text}`);
}

function init(options: SendOptions): RequestInit {
  const method = options.method ?? 'GET';
  const headers = new Headers({ Accept: 'application/json', ...options.headers });
  if (!SAFE.has(method)) headers.set('X-CSRF-Token', csrfToken());
  if (options.revision !== undefined) headers.set('If-Match', `"${options.revision}"`);
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey);
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(options.body);
  }
  return { method, headers, body, signal: options.signal ?? null, credentials: 'same-origin' };
}

async function reach(path: string, options: SendOptions): Promise<Response> {
  try {
    // Whoever comes by a link has been to no page that was given the token.
    if (!SAFE.has(options.method ?? 'GET') && csrfToken() === '') await fetch(address('/auth/session'));
    return await fetch(address(path, options.query), init(options));
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw ApiProblem.unreachable();
  }
}

let refreshing: Promise<boolean> | null = null;

/** Asks for a new access cookie; many requests that fail at once share one. */
export function refresh(): Promise<boolean> {
  refreshing ??= reach('/auth/refresh', { method: 'POST' })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

const KNOWN = 'studio-known';
/** Below this a session might end before the browser has sent what comes next. */
const SOON_MS = 60_000;

/** Remembers that somebody signed in with this browser: a session that has ended is then worth a refresh. */
export function rememberSignIn(signedIn: boolean): void {
  try {
    // Another value each time, so that other tabs are told of each.
    if (signedIn) localStorage.setItem(KNOWN, String(Date.now()));
    else localStorage.removeItem(KNOWN);
  } catch {
    // Storage is refused: whoever comes back after the session has ended signs in again.
  }
}

/** Calls `listener` when somebody signs in or out in another tab. Gives what ends that. */
export function onSignInElsewhere(listener: (signedIn: boolean) => void): () => void {
  const heard = (event: StorageEvent) => {
    // A storage that was cleared has no key.
    if (event.key === KNOWN || event.key === null) listener(event.key === KNOWN && event.newValue !== null);
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

function isKnown(): boolean {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false;
  }
}

/**
 * The session, refreshed first where it has ended or is about to.
 *
 * @throws ApiProblem if the server can't be reached
 */
export async function currentSession(): Promise<Session> {
  const session = await send<Session>('/auth/session');
  // Whoever came in through another service has signed in on no page of ours.
  if (session.signedIn && session.mode === 'accounts' && !isKnown()) rememberSignIn(true);
  const left = session.expiresAt === null ? Infinity : new Date(session.expiresAt).getTime() - Date.now();
  const wanting = session.signedIn ? left < SOON_MS : isKnown();
  return wanting && (await refresh()) ? send<Session>('/auth/session') : session;
}

/**
 * Sends a request and gives its answer as it is, if it was not refused. A 401 refreshes the session once and sends the
 * request again; if that fails too, the listeners of {@link onSessionEnded} hear of it.
 *
 * @throws ApiProblem if it was refused or could not be sent
 */
export async function sendRaw(path: string, options: SendOptions = {}): Promise<Response> {
  let response = await reach(path, options);
  if (response.status === 401 && !ENDS_NO_SESSION.some((route) => path.startsWith(route))) {
    if (await refresh()) response = await reach(path, options);
    if (response.status === 401) listeners.forEach((listener) => listener());
  }
  if (!response.ok) throw await ApiProblem.from(response);
  return response;
}

/**
 * Sends a request and gives the JSON of its answer; `undefined` where the answer is empty.
 *
 * @throws ApiProblem if it was refused or could not be sent
 */
export async function send<T>(path: string, options: SendOptions = {}): Promise<T> {
  const response = await sendRaw(path, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A key for {@link SendOptions.idempotencyKey}: one for each thing a person means to do, kept when trying again. */
export function newKey(): string {
  // randomUUID is missing where the page is not served over TLS or from this machine.
  if (window.isSecureContext) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
  return bytes.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The verbs, for what most pages need. */
export const api = {
  get: <T>(path: string, query?: SendOptions['query'], signal?: AbortSignal) =>
    send<T>(path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown, more: SendOptions = {}) => send<T>(path, { method: 'POST', body, ...more }),
  put: <T>(path: string, body: unknown, more: SendOptions = {}) => send<T>(path, { method: 'PUT', body, ...more }),
  patch: <T>(path: string, body: unknown, more: SendOptions = {}) => send<T>(path, { method: 'PATCH', body, ...more }),
  remove: <T = void>(path: string, more: SendOptions = {}) => send<T>(path, { method: 'DELETE', ...more }),
};
