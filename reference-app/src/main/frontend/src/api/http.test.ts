import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, onSessionEnded, send } from './http';
import { ApiProblem } from './problem';

type Handler = (path: string, init: RequestInit) => Response;

const asked: { path: string; init: RequestInit }[] = [];

function answer(handler: Handler) {
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return Promise.resolve(handler(path, init));
  });
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const header = (init: RequestInit, name: string) => new Headers(init.headers).get(name);

beforeEach(() => {
  asked.length = 0;
  document.cookie = 'studio-csrf=abc%2Fd';
});
afterEach(() => vi.unstubAllGlobals());

describe('send', () => {
  it('repeats the token of the cookie on unsafe requests only', async () => {
    answer(() => json({}));

    await api.get('/datasets');
    await api.post('/datasets', { a: 1 });

    expect(asked.map(({ init }) => header(init, 'X-CSRF-Token'))).toEqual([null, 'abc/d']);
  });

  it('names the revision that a change was made on', async () => {
    answer(() => json({}));

    await api.put('/models/1', {}, { revision: 7, idempotencyKey: 'k' });

    expect(asked.map(({ init }) => [header(init, 'If-Match'), header(init, 'Idempotency-Key')])).toEqual([['"7"', 'k']]);
  });

  it('refreshes the session once for many requests, and sends them again', async () => {
    let fresh = false;
    answer((path) => {
      if (path.endsWith('/auth/refresh')) {
        fresh = true;
        return json({});
      }
      return fresh ? json({ ok: true }) : json({ detail: 'Nobody is signed in' }, 401);
    });

    const answers = await Promise.all([api.get('/datasets'), api.get('/graphs')]);

    expect(answers).toEqual([{ ok: true }, { ok: true }]);
    expect(asked.filter(({ path }) => path.endsWith('/auth/refresh'))).toHaveLength(1);
  });

  it('says that the session has ended when it can’t be refreshed', async () => {
    answer(() => json({ detail: 'Nobody is signed in', code: 'NOT_SIGNED_IN' }, 401));
    const ended = vi.fn();
    const stop = onSessionEnded(ended);

    await expect(api.get('/datasets')).rejects.toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });

    expect(ended).toHaveBeenCalledOnce();
    stop();
  });

  it('does not take a wrong password for an ended session', async () => {
    answer(() => json({ detail: 'The password is wrong' }, 401));

    await expect(send('/auth/sign-in', { method: 'POST', body: {} })).rejects.toThrow('The password is wrong');

    expect(asked).toHaveLength(1);
  });

  it('gives what failed, what to do and the id of a refused request', async () => {
    const problem = { status: 409, detail: 'Changed meanwhile', code: 'ENTRY_CONFLICT', mend: 'Load it again', traceId: 't1' };
    answer(() => json(problem, 409));

    const failure = await api.get('/models').catch((error: unknown) => ApiProblem.of(error));

    expect(failure).toMatchObject({ message: 'Changed meanwhile', code: 'ENTRY_CONFLICT', mend: 'Load it again', traceId: 't1' });
  });

  it('tells a server that is away from one that refuses', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));

    const failure = await api.get('/models').catch((error: unknown) => ApiProblem.of(error));

    expect(failure).toMatchObject({ code: 'UNREACHABLE', mayPass: true });
  });
});
