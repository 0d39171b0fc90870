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

/** The name of the file in an answer; the one in all characters before the one that only has those of ASCII. */
function nameIn(disposition: string): string {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return whole === undefined ? (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'rows') : decodeURIComponent(whole);
}

/**
 * Saves the answer of a route that a link can't ask, since it takes a body or may refuse.
 *
 * @throws ApiProblem if it was refused or could not be sent
 */
export async function save(path: string, options: SendOptions): Promise<void> {
  const response = await sendRaw(path, { ...options, headers: { Accept: '*/*' } });
  const name = nameIn(response.headers.get('Content-Disposition') ?? '');
  const link = document.createElement('a');
  const url = URL.createObjectURL(await response.blob());
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this; when it has done so is told to nobody.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
