import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderHook, waitFor } from '@testing-library/react';
import { queries } from '@/api/query';
import { ScriptedSending, scriptRequests } from '@/api/scriptedSending';
import { dismiss, importFile, useImports } from './imports';

let asked: string[] = [];
const shown = () => renderHook(() => useImports()).result.current.at(-1);
const job = (state: string, rest = {}) => ({ id: 'j', state, progress: null, error: null, result: null, ...rest });

function answer(path: string): Response {
  if (path.endsWith('/import')) return new Response(JSON.stringify(job('queued')), { status: 202 });
  if (path.endsWith('/events')) {
    const done = JSON.stringify(job('done', { result: { type: 'dataset', id: 'd' } }));
    return new Response(`id: 1\nevent: done\ndata: ${done}\n\n`);
  }
  return new Response(null, { status: 204 });
}

beforeEach(() => {
  asked = scriptRequests(201, '{"id":"f_1","name":"a.csv"}', answer);
});

afterEach(() => {
  vi.unstubAllGlobals();
  queries.clear();
});

const begin = () => importFile(new File(['a'], 'a.csv'));
const cancel = () => shown()?.cancel();

it('says what is done with a file: sent, stored, read', async () => {
  begin();
  ScriptedSending.last.sent(5);
  expect([shown()?.stage, shown()?.progress]).toEqual(['sending', 0.5]);
  ScriptedSending.last.sent(10);
  expect([shown()?.stage, shown()?.progress]).toEqual(['storing', null]);
  ScriptedSending.last.dispatchEvent(new Event('load'));

  await waitFor(() => expect(shown()?.stage).toBe('done'));
  expect(shown()?.datasetId).toBe('d');
  dismiss(shown()?.id ?? 0);
});

it('stops sending a file that is cancelled', async () => {
  begin();
  ScriptedSending.last.sent(5);
  cancel();

  await waitFor(() => expect(shown()?.stage).toBe('cancelled'));
  expect(ScriptedSending.last.aborted).toBe(true);
  expect(asked).toEqual([]);
  dismiss(shown()?.id ?? 0);
});

it('takes back a file that is cancelled while it is stored', async () => {
  begin();
  ScriptedSending.last.sent(10);
  cancel();
  expect([shown()?.stage, ScriptedSending.last.aborted]).toEqual(['stopping', false]);
  ScriptedSending.last.dispatchEvent(new Event('load'));

  await waitFor(() => expect(shown()?.stage).toBe('cancelled'));
  expect(asked).toEqual(['DELETE /api/v1/uploads/f_1']);
  dismiss(shown()?.id ?? 0);
});
