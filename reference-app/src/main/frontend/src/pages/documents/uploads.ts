import { useSyncExternalStore } from 'react';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import { queries } from '@/api/query';
import { upload } from '@/api/upload';
import type { StudioDocument } from './shapes';

/** A file on its way to the server. What becomes of it there is told by its document. */
export interface Upload {
  id: number;
  name: string;
  bytes: number;
  /** `storing`: all of it is sent, and the server puts it away. */
  state: 'waiting' | 'sending' | 'storing' | 'failed';
  /** 0 to 1. */
  sent: number;
  problem: ApiProblem | null;
  file: File;
}

/** How many files are sent at once. */
const AT_ONCE = 3;

export const DOCUMENTS = ['documents'];

let uploads: Upload[] = [];
let count = 0;
const stops = new Map<number, AbortController>();
const listeners = new Set<() => void>();

function publish(all: Upload[]) {
  uploads = all;
  listeners.forEach((listener) => listener());
}

function change(id: number, part: Partial<Upload>) {
  publish(uploads.map((one) => (one.id === id ? { ...one, ...part } : one)));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Files that are not documents yet; they go on while other pages show. */
export function useUploads(): Upload[] {
  return useSyncExternalStore(subscribe, () => uploads);
}

async function send(one: Upload) {
  const stop = new AbortController();
  stops.set(one.id, stop);
  change(one.id, { state: 'sending', sent: 0, problem: null });
  try {
    const form = new FormData();
    form.append('file', one.file);
    const document = await upload<StudioDocument>('/documents', form, {
      signal: stop.signal,
      onProgress: (sent) => change(one.id, sent < 1 ? { sent } : { sent, state: 'storing' }),
    });
    // It was dropped when all of it was sent: the server had it already.
    if (!uploads.some(({ id }) => id === one.id)) await api.remove(`/documents/${document.id}`);
    await queries.invalidateQueries({ queryKey: DOCUMENTS });
    publish(uploads.filter(({ id }) => id !== one.id));
    void queries.invalidateQueries({ queryKey: ['dashboard'] });
  } catch (error) {
    if (!stop.signal.aborted) change(one.id, { state: 'failed', problem: ApiProblem.of(error) });
  } finally {
    stops.delete(one.id);
    sendNext();
  }
}

function sendNext() {
  const sending = uploads.filter(({ state }) => state === 'sending' || state === 'storing').length;
  uploads
    .filter(({ state }) => state === 'waiting')
    .slice(0, Math.max(0, AT_ONCE - sending))
    .forEach((one) => void send(one));
}

/** Sends files, a few at a time. */
export function add(files: Iterable<File>): void {
  const more = [...files].map((file): Upload => ({
    id: ++count,
    name: file.name,
    bytes: file.size,
    state: 'waiting',
    sent: 0,
    problem: null,
    file,
  }));
  publish([...uploads, ...more]);
  sendNext();
}

/** Sends a file again that did not arrive. */
export function again(id: number): void {
  change(id, { state: 'waiting', sent: 0, problem: null });
  sendNext();
}

/** Takes a file out of the queue, in whatever state. */
export function drop(id: number): void {
  if (uploads.find((one) => one.id === id)?.state === 'sending') stops.get(id)?.abort();
  publish(uploads.filter((one) => one.id !== id));
}
