import { address, currentSession } from './http';

/** Lets the browser save what a route answers, with a session that holds until it has asked. */
export async function download(path: string, query: Record<string, string> = {}): Promise<void> {
  await currentSession();
  const link = document.createElement('a');
  link.href = address(path, query);
  link.download = '';
  link.click();
}
