import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { add, drop, useUploads } from './uploads';

/** A request with a file that the test answers when it likes. */
class Sending extends EventTarget {
  static last: Sending;
  upload = new EventTarget();
  status = 202;
  responseText = '{"id":"d1"}';
  aborted = false;
  constructor() {
    super();
    Sending.last = this;
  }
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = () => undefined;
  abort() {
    this.aborted = true;
    this.dispatchEvent(new Event('abort'));
  }
  sent(loaded: number) {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total: 10 }));
  }
}

const asked: string[] = [];
const shown = () => renderHook(() => useUploads()).result.current;

function begin() {
  asked.length = 0;
  document.cookie = 'studio-csrf=1';
  vi.stubGlobal('XMLHttpRequest', Sending);
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  add([new File(['a'], 'a.pdf')]);
}

afterEach(() => vi.unstubAllGlobals());

it('stops sending a file that is dropped', () => {
  begin();
  Sending.last.sent(4);
  expect([shown()[0]?.state, shown()[0]?.sent]).toEqual(['sending', 0.4]);
  drop(shown()[0]?.id ?? 0);

  expect(shown()).toEqual([]);
  expect([Sending.last.aborted, asked]).toEqual([true, []]);
});

it('takes back a file that is dropped while the server stores it', async () => {
  begin();
  Sending.last.sent(10);
  expect(shown()[0]?.state).toBe('storing');
  drop(shown()[0]?.id ?? 0);
  Sending.last.dispatchEvent(new Event('load'));

  await waitFor(() => expect(asked).toEqual(['DELETE /api/v1/documents/d1']));
  expect(Sending.last.aborted).toBe(false);
});
