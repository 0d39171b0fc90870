import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptRequests } from '@/api/scriptedSending';
import { fetchBranch } from './talk';

afterEach(() => vi.unstubAllGlobals());

describe('a branch', () => {
  it('is read page by page until its first message', async () => {
    scriptRequests(200, '', (path) => {
      const after = new URL(path, 'http://localhost').searchParams.get('after');
      const last = after === null ? 600 : Number(after) - 1;
      const items = Array.from({ length: 200 }, (_, at) => ({ number: last - 199 + at }));
      return Response.json({ items, next: last > 200 ? String(last - 199) : null });
    });

    const branch = await fetchBranch('c1');

    expect(branch.map(({ number }) => number)).toEqual(Array.from({ length: 600 }, (_, at) => at + 1));
  });
});
