import { address, api } from './http';
import type { Session } from './shapes';
import { refresh } from './http';

/** Below this the session might end before the browser has asked for the file. */
const SOON_MS = 60_000;

/** Lets the browser save what a route answers, with a session that holds until it has asked. */
export async function download(path: string, query: Record<string, string> = {}): Promise<void> {
  const session = await api.get<Session>('/auth/session');
  const left = session.expiresAt === null ? Infinity : new Date(session.expiresAt).getTime() - Date.now();
  if (!session.signedIn || left < SOON_MS) await refresh();
  const link = document.createElement('a');
  link.href = address(path, query);
  link.download = '';
  link.click();
}
