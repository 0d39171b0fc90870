import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from './problem';
import { EventParser, stream, type StreamOptions } from './stream';

describe('EventParser', () => {
  it('reads events whose text arrives in pieces', () => {
    const text = 'id: 1\r\nevent: step\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: still here\r\n\r\nid:2\ndata: [2]\n\n';
    for (let size = 1; size <= text.length; size++) {
      const parser = new EventParser();
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events).toEqual([
        { id: '1', type: 'step', data: { a: 1 } },
        { id: '2', type: 'message', data: [2] },
      ]);
    }
  });
});

/** Answers each request with the next of some bodies; a body that ends in `✂` breaks off there. */
function answering(...bodies: (string | number)[]) {
  const asked: { path: string; method: string; after: string | null }[] = [];
  vi.stubGlobal('fetch', (path: string, { method, headers }: { method: string; headers: Headers }) => {
    asked.push({ path, method, after: headers.get('Last-Event-ID') });
    const body = bodies.shift();
    if (typeof body === 'number') return Promise.resolve(new Response(body === 204 ? null : '{}', { status: body }));
    if (body === undefined) return Promise.reject(new TypeError('nobody there'));
    return Promise.resolve(new Response(body.replace('✂', '')));
  });
  return asked;
}

async function read(options: Partial<StreamOptions<number>> = {}) {
  const events: number[] = [];
  const done = stream<number>('/talk', { ends: ['end'], onEvent: ({ data }) => events.push(data), ...options }).then(
    () => 'ended',
    (error: unknown) => ApiProblem.of(error).code,
  );
  await vi.runAllTimersAsync();
  return { how: await done, events };
}

describe('stream', () => {
  beforeEach(() => {
    // Without the token, each POST would ask for it first.
    document.cookie = 'studio-csrf=token';
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('goes on after the last event that came, and does not send a POST twice', async () => {
    const asked = answering(
      'id: 1\ndata: 1\n\nid: 2\ndata: 2\n\nid: 3\nda✂',
      503,
      'id: 3\ndata: 3\n\nevent: end\ndata: 4\n\n',
    );

    const { how, events } = await read({ method: 'POST', body: {}, goesOnAt: '/talk/events' });

    expect({ how, events }).toEqual({ how: 'ended', events: [1, 2, 3, 4] });
    expect(asked).toEqual([
      { path: '/api/v1/talk', method: 'POST', after: null },
      { path: '/api/v1/talk/events', method: 'GET', after: '2' },
      { path: '/api/v1/talk/events', method: 'GET', after: '2' },
    ]);
  });

  it('does not try a POST again that was refused or did not arrive', async () => {
    const busy = answering(503, 'data: 1\n\n');
    expect(await read({ method: 'POST', body: {}, goesOnAt: '/talk/events' })).toEqual({ how: 'HTTP_503', events: [] });
    expect(busy).toHaveLength(1);
    const away = answering();
    expect(await read({ method: 'POST', body: {}, goesOnAt: '/talk/events' })).toEqual({
      how: 'UNREACHABLE',
      events: [],
    });
    expect(away).toHaveLength(1);
  });

  it('ends where there is nothing to follow', async () => {
    const asked = answering(204);
    expect(await read()).toEqual({ how: 'ended', events: [] });
    expect(asked).toHaveLength(1);
  });
});
