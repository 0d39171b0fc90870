import { useSyncExternalStore } from 'react';
import { api, newKey } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import { queries } from '@/api/query';
import type { Dataset, Job } from '@/api/shapes';
import { stream } from '@/api/stream';
import { upload } from '@/api/upload';
import { problemOf } from '@/components/jobs';

/** A data set on its way in. It goes on while other pages show. */
export interface Import {
  id: number;
  name: string;
  stage: 'sending' | 'reading' | 'done' | 'failed' | 'cancelled';
  /** Of the stage, 0 to 1; null where it can't be told. */
  progress: number | null;
  problem: ApiProblem | null;
  datasetId: string | null;
  cancel: () => void;
}

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

/** Takes one that has ended off the list. */
export function dismiss(id: number): void {
  publish(imports.filter((one) => one.id !== id));
}

async function follow(job: Job, id: number, signal: AbortSignal): Promise<string | null> {
  let last = job;
  await stream<Job>(`/jobs/${job.id}/events`, {
    signal,
    ends: ['done', 'failed', 'cancelled'],
    onEvent: ({ data }) => {
      last = { ...last, ...data };
      change(id, { progress: last.progress });
    },
  });
  if (last.error || last.state === 'failed') throw problemOf(last);
  if (signal.aborted || last.state === 'cancelled') throw new DOMException('The import was cancelled', 'AbortError');
  return last.result?.id ?? null;
}

function start(
  name: string,
  stage: 'sending' | 'reading',
  send: (id: number, signal: AbortSignal) => Promise<Job | Dataset>,
) {
  const stop = new AbortController();
  const id = ++count;
  let job: Job | null = null;
  const cancel = () => {
    stop.abort();
    if (job !== null) void api.post(`/jobs/${job.id}/cancel`).catch(() => undefined);
    change(id, { stage: 'cancelled', progress: null });
  };
  publish([...imports, { id, name, stage, progress: null, problem: null, datasetId: null, cancel }]);
  const run = async () => {
    try {
      const answer = await send(id, stop.signal);
      let datasetId: string | null = answer.id;
      if ('queue' in answer) {
        job = answer;
        change(id, { stage: 'reading', progress: null });
        datasetId = await follow(answer, id, stop.signal);
      }
      change(id, { stage: 'done', progress: 1, datasetId });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['datasets'] }),
        queries.invalidateQueries({ queryKey: ['dashboard'] }),
      ]);
    } catch (error) {
      if (!stop.signal.aborted) change(id, { stage: 'failed', problem: ApiProblem.of(error) });
    }
  };
  void run();
}

/** Sends a file of this computer. */
export function importFile(file: File): void {
  start(file.name, 'sending', (id, signal) => {
    const form = new FormData();
    form.append('file', file);
    const onProgress = (sent: number) => {
      if (imports.find((one) => one.id === id)?.stage === 'cancelled') return;
      change(id, sent < 1 ? { progress: sent } : { stage: 'reading', progress: null });
    };
    return upload<Job | Dataset>('/datasets', form, { query: { async: true }, onProgress, signal });
  });
}

/** Has the server fetch a file of the web. */
export function importUrl(url: string, name: string): void {
  const body = name === '' ? { url } : { url, name };
  start(name || url, 'reading', (_, signal) =>
    api.post<Job>('/datasets/url', body, { signal, idempotencyKey: newKey() }),
  );
}
