import { useSyncExternalStore } from 'react';
import { api, newKey } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import { queries } from '@/api/query';
import type { ImportWish, Job, SourceWish, Upload } from '@/api/shapes';
import { stream } from '@/api/stream';
import { upload } from '@/api/upload';
import { problemOf } from '@/components/jobs';

/** A data set on its way in. It goes on while other pages show. */
export interface Import {
  id: number;
  name: string;
  /** `waiting`: the file is there and is to be looked at; `stopping`: it was cancelled, and may still be too late. */
  stage: 'sending' | 'storing' | 'fetching' | 'waiting' | 'reading' | 'stopping' | 'done' | 'failed' | 'cancelled';
  /** Of the stage, 0 to 1; null where it can't be told. */
  progress: number | null;
  problem: ApiProblem | null;
  /** The file, as long as it is on the server and no data set. */
  uploadId: string | null;
  datasetId: string | null;
  cancel: () => void;
}

const RUNS = new Set<Import['stage']>(['sending', 'storing', 'fetching', 'reading', 'stopping']);

/** Whether something is being done for it now. */
export const runs = ({ stage }: Import): boolean => RUNS.has(stage);

let imports: Import[] = [];
let count = 0;
const listeners = new Set<() => void>();

function publish(next: Import[]) {
  imports = next;
  listeners.forEach((listener) => listener());
}

function change(id: number, part: Partial<Import>) {
  publish(imports.map((one) => (one.id === id ? { ...one, ...part } : one)));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useImports(): Import[] {
  return useSyncExternalStore(subscribe, () => imports);
}

/** What was cancelled by the person: no failure. */
class Cancelled extends Error {}

/** Forgets a file that nobody wants imported; what is left of it after a failure here goes by itself after a day. */
function discard(uploadId: string) {
  void api.remove(`/uploads/${uploadId}`).catch(() => undefined);
}

/** Takes one that has ended, or that is not wanted any more, off the list, and its file off the server. */
export function dismiss(id: number): void {
  const one = imports.find((each) => each.id === id);
  if (one?.uploadId) discard(one.uploadId);
  publish(imports.filter((each) => each.id !== id));
}

/** Follows a job to its end, also when it was cancelled meanwhile: it may have been too late. */
async function follow(job: Job, id: number): Promise<string> {
  let last = job;
  await stream<Job>(`/jobs/${job.id}/events`, {
    ends: ['done', 'failed', 'cancelled'],
    onEvent: ({ data }) => {
      last = { ...last, ...data };
      change(id, { progress: last.progress });
    },
  });
  if (last.state === 'cancelled') throw new Cancelled();
  if (last.error !== null || last.result === null) throw problemOf(last);
  return last.result.id;
}

/** Has the server do a job, which the person may cancel. */
async function doing(id: number, stage: 'fetching' | 'reading', begin: () => Promise<Job>): Promise<string> {
  let isCancelled = false;
  let job: Job | null = null;
  const stop = () => {
    // A job that has ended can't be cancelled: how it ended is told by its events.
    if (job !== null) void api.post(`/jobs/${job.id}/cancel`).catch(() => undefined);
  };
  change(id, {
    stage,
    progress: null,
    cancel: () => {
      isCancelled = true;
      change(id, { stage: 'stopping', progress: null });
      stop();
    },
  });
  job = await begin();
  if (isCancelled) stop();
  return follow(job, id);
}

/** Keeps how it ends. */
async function ending(id: number, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const uploadId = imports.find((one) => one.id === id)?.uploadId ?? null;
    if (!(error instanceof Cancelled)) {
      change(id, { stage: 'failed', progress: null, problem: ApiProblem.of(error) });
      return;
    }
    change(id, { stage: 'cancelled', progress: null, uploadId: null });
    if (uploadId !== null) discard(uploadId);
  }
}

async function arrived(id: number, datasetId: string): Promise<void> {
  change(id, { stage: 'done', progress: 1, datasetId, uploadId: null, problem: null });
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['datasets'] }),
    queries.invalidateQueries({ queryKey: ['dashboard'] }),
  ]);
}

function add(name: string, stage: 'sending' | 'fetching' | 'reading'): number {
  const id = ++count;
  const none = { progress: null, problem: null, uploadId: null, datasetId: null, cancel: () => undefined };
  publish([...imports, { id, name, stage, ...none }]);
  return id;
}

async function read(id: number, uploadId: string, wish: ImportWish): Promise<void> {
  change(id, { problem: null });
  const datasetId = await doing(id, 'reading', () =>
    api.post<Job>(`/uploads/${uploadId}/import`, wish, { idempotencyKey: newKey() }),
  );
  await arrived(id, datasetId);
}

/** Sends a file to the server; once all of it is sent, a cancelled one is taken back when it is stored. */
async function sent(id: number, file: File): Promise<string> {
  const stop = new AbortController();
  let isCancelled = false;
  const form = new FormData();
  form.append('file', file);
  change(id, {
    cancel: () => {
      isCancelled = true;
      if (imports.find((one) => one.id === id)?.stage === 'sending') stop.abort();
      change(id, { stage: 'stopping', progress: null });
    },
  });
  const onProgress = (part: number) => {
    if (!isCancelled) change(id, part < 1 ? { progress: part } : { stage: 'storing', progress: null });
  };
  try {
    const stored = await upload<Upload>('/uploads', form, { onProgress, signal: stop.signal });
    change(id, { uploadId: stored.id });
    if (!isCancelled) return stored.id;
  } catch (error) {
    if (!isCancelled) throw error;
  }
  throw new Cancelled();
}

/** Sends a file of this computer and has it read. */
export function importFile(file: File): void {
  const id = add(file.name, 'sending');
  void ending(
    id,
    sent(id, file).then((uploadId) => read(id, uploadId, {})),
  );
}

/** Has the server fetch a file of the web, which then waits to be looked at. */
export function fetchUrl(url: string): number {
  const id = add(url, 'fetching');
  const fetching = async () => {
    const uploadId = await doing(id, 'fetching', () =>
      api.post<Job>('/uploads/url', { url }, { idempotencyKey: newKey() }),
    );
    change(id, { uploadId });
    const { name } = await api.get<Upload>(`/uploads/${uploadId}`);
    change(id, { stage: 'waiting', progress: null, name });
  };
  void ending(id, fetching());
  return id;
}

/** Imports a file that was looked at. */
export function importUpload(id: number, wish: ImportWish): void {
  const one = imports.find((each) => each.id === id);
  if (!one?.uploadId) return;
  if (wish.name) change(id, { name: wish.name });
  void ending(id, read(id, one.uploadId, wish));
}

/** Has the server import a table, or the rows of a statement, of a database. */
export function importSource(sourceId: string, wish: SourceWish): void {
  const id = add(wish.name, 'reading');
  const reading = async () => {
    const datasetId = await doing(id, 'reading', () =>
      api.post<Job>(`/sources/${sourceId}/import`, wish, { idempotencyKey: newKey() }),
    );
    await arrived(id, datasetId);
  };
  void ending(id, reading());
}
