import { address, currentSession, sendRaw, type SendOptions } from './http';

/** Lets the browser save what a route answers, with a session that holds until it has asked. */
export async function download(path: string, query: Record<string, string> = {}): Promise<void> {
  await currentSession();
  const link = document.createElement('a');
  link.href = address(path, query);
  link.download = '';
  link.click();
}

/** How long an answer stays for the browser to save it. */
const KEPT_MS = 60_000;

/**
 * Saves the answer of a route that a link can't ask, since it takes a body.
 *
 * @throws ApiProblem if it was refused or could not be sent
 */
export async function save(path: string, options: SendOptions): Promise<void> {
  const response = await sendRaw(path, { ...options, headers: { Accept: '*/*' } });
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'rows';
  const link = document.createElement('a');
  const url = URL.createObjectURL(await response.blob());
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this; when it has done so is told to nobody.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
