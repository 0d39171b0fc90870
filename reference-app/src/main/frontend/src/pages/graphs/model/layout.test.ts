import { expect, it } from 'vitest';
import { graph, node } from './fixtures';
import { arrange } from './layout';

it('sets nodes from left to right along the edges, without overlap', async () => {
  const document = graph(
    ['a', 'b', 'c', 'd'].map((id) => node(id, 'x')),
    ['a.o > b.i', 'a.o > c.i', 'b.o > d.i', 'c.o > d.i', 'd.o > a.i'],
  );

  const places = await arrange(document, () => ({ width: 200, height: 100 }));

  const at = (id: string) => places.get(id) ?? { x: NaN, y: NaN };
  expect(at('b').x - at('a').x).toBeGreaterThan(200);
  expect(at('d').x - at('b').x).toBeGreaterThan(200);
  expect(Math.abs(at('b').y - at('c').y)).toBeGreaterThanOrEqual(100);
  expect(Math.min(...[...places.values()].map(({ x }) => x))).toBe(0);
});
