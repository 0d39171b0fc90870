import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ScriptedSending, scriptRequests } from '@/api/scriptedSending';
import { add, drop, useUploads } from './uploads';

let asked: string[] = [];
const shown = () => renderHook(() => useUploads()).result.current;

function begin() {
  asked = scriptRequests(202, '{"id":"d1"}', () => new Response(null, { status: 204 }));
  add([new File(['a'], 'a.pdf')]);
}

afterEach(() => vi.unstubAllGlobals());

it('stops sending a file that is dropped', () => {
  begin();
  ScriptedSending.last.sent(4);
  expect([shown()[0]?.state, shown()[0]?.sent]).toEqual(['sending', 0.4]);
  drop(shown()[0]?.id ?? 0);

  expect(shown()).toEqual([]);
  expect([ScriptedSending.last.aborted, asked]).toEqual([true, []]);
});

it('takes back a file that is dropped while the server stores it', async () => {
  begin();
  ScriptedSending.last.sent(10);
  expect(shown()[0]?.state).toBe('storing');
  drop(shown()[0]?.id ?? 0);
  ScriptedSending.last.dispatchEvent(new Event('load'));

  await waitFor(() => expect(asked).toEqual(['DELETE /api/v1/documents/d1']));
  expect(ScriptedSending.last.aborted).toBe(false);
});
