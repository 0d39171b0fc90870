import { describe, expect, it } from 'vitest';
import { diff, isSame, summary } from './diff';
import {
  fragment,
  freeId,
  fromClipboard,
  fromSaved,
  moved,
  newNode,
  paste,
  sameContent,
  toClipboard,
  toSaved,
  without,
} from './document';
import { graph, node } from './fixtures';
import type { SavedGraph } from '../shapes';

describe('a document', () => {
  it('keeps what it does not know when it is read and written', () => {
    const saved = {
      schemaVersion: 1,
      maxSteps: 7,
      future: { a: [1] },
      nodes: [
        {
          id: 'a',
          type: 'x.y',
          typeVersion: 3,
          position: { x: 1, y: 2, z: 3 },
          data: { config: { k: 1 }, colour: 'red' },
          more: true,
        },
      ],
      edges: [{ id: 'e', source: 'a', target: 'gone', label: 'kept' }],
    } as unknown as SavedGraph;

    expect(toSaved(fromSaved('N', 'D', saved))).toEqual({ ...saved, name: 'N', description: 'D' });
  });

  it('reads what is no graph as far as it goes', () => {
    const broken = { nodes: [null, 3, { id: 'a' }, { id: 'a', type: 't' }], edges: 'none' } as unknown as SavedGraph;

    const document = fromSaved('', '', broken);

    expect(document.nodes.map(({ id }) => id)).toEqual(['a', 'a-2']);
    expect(document.nodes[0]?.position).toEqual({ x: 0, y: 0 });
  });

  it('gives new nodes ids that are free and may run', () => {
    const document = graph([node('model', 'x')]);

    expect(newNode(document, { id: 'chat.model', version: 1 }, { x: 13, y: 27 })).toMatchObject({
      id: 'model-2',
      position: { x: 10, y: 30 },
    });
    expect(freeId('Ä ö', new Set())).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/);
    expect(freeId('x'.repeat(200), new Set())).toMatch(/^x{1,50}$/);
  });

  it('is itself when nothing moved', () => {
    const document = graph([node('a', 'x')]);

    expect(moved(document, new Map([['a', { x: 0, y: 0 }]]))).toBe(document);
  });

  it('loses the edges of nodes that go', () => {
    const document = graph([node('a', 'x'), node('b', 'x')], ['a.o > b.i']);

    expect(without(document, new Set(['b']), new Set()).edges).toEqual([]);
  });

  it('is pasted with new ids and the edges inside', () => {
    const document = graph([node('a', 'x'), node('b', 'x'), node('c', 'x')], ['a.o > b.i', 'b.o > c.i']);
    const part = fromClipboard(toClipboard(fragment(document, new Set(['a', 'b']))));
    if (typeof part === 'string') throw new Error(part);

    const [pasted, added] = paste(document, part, { x: 100, y: 0 });

    expect(added).toEqual(['a-2', 'b-2']);
    expect(pasted.edges.at(-1)).toMatchObject({ source: 'a-2', target: 'b-2' });
    expect(pasted.edges).toHaveLength(3);
  });

  it.each([
    ['hello', 'not JSON'],
    ['{"a":1}', 'neither copied nodes nor a graph'],
    ['{"nodes":[]}', 'without nodes'],
    ['{"nodes":[{"id":"a"}]}', 'no type'],
    [JSON.stringify({ nodes: Array.from({ length: 501 }, () => ({ type: 'x' })) }), 'at most 500'],
  ])('says why %s can’t be pasted', (text, why) => {
    expect(fromClipboard(text)).toContain(why);
  });

  it('is the same whatever the order of members', () => {
    const one = graph([node('a', 'x', { p: 1, q: 2 })]);

    expect(sameContent(one, graph([node('a', 'x', { q: 2, p: 1 })]))).toBe(true);
    expect(sameContent(one, graph([node('a', 'x', { q: 2, p: 3 })]))).toBe(false);
  });
});

describe('a diff', () => {
  const before = graph([node('a', 'x', { words: 'one' }), node('b', 'x')], ['a.o > b.i']);

  it('finds what was added, removed and changed', () => {
    const after = graph([node('a', 'x', { words: 'two', temperature: 1 }), node('c', 'x')], ['a.o > c.i']);

    const found = diff(before, after);

    expect(found.changed).toEqual([{ id: 'a', name: 'a', what: ['words changed', 'temperature set'] }]);
    expect(summary(found)).toBe('1 node added, 1 node removed, 1 node changed, 1 edge added, 1 edge removed');
  });

  it('tells moving from changing', () => {
    const [first, second] = before.nodes;
    if (!first || !second) throw new Error('no nodes');

    const found = diff(before, {
      ...before,
      nodes: [
        { ...first, position: { x: 9, y: 9 } },
        { ...second, data: { retry: { attempts: 2 } } },
      ],
    });

    expect(found.changed.map(({ what }) => what)).toEqual([['moved'], ['settings changed']]);
  });

  it('of the same graph is empty', () => {
    expect(isSame(diff(before, graph([...before.nodes], ['a.o > b.i'])))).toBe(true);
  });
});
