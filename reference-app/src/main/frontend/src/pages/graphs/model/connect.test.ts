import { describe, expect, it } from 'vitest';
import { brokenEdges, Connector } from './connect';
import { edge, graph, node, wires } from './fixtures';
import type { SavedEdge } from '../shapes';
import { connects, described, parseType } from './portTypes';

const ends = (words: string) => {
  const { source, sourceHandle, target, targetHandle } = edge(words) as Required<SavedEdge>;
  return { source, sourceHandle: String(sourceHandle), target, targetHandle: String(targetHandle) };
};
const refusal = (document: ReturnType<typeof graph>, words: string) =>
  new Connector(wires(document)).refusal(ends(words));

describe('types of ports', () => {
  it.each([
    ['text', 'text', true],
    ['number', 'text', true],
    ['boolean', 'text', true],
    ['text', 'number', false],
    ['any', 'number', true],
    ['text', 'any', true],
    ['list<text>', 'text', false],
    ['text', 'list<text>', false],
    ['list<number>', 'list<text>', true],
    ['list<text>', 'list<number>', false],
    ['list<list<any>>', 'list<list<text>>', true],
    ['image', 'text', true],
  ])('%s to %s connects: %s', (from, to, expected) => {
    expect(connects(parseType(from), parseType(to))).toBe(expected);
  });

  it('are said in words', () => {
    expect(described(parseType('list<list<number>>'))).toBe('a list of a list of a number');
  });

  it('that nest without end are unknown', () => {
    expect(parseType('list<'.repeat(50) + 'text' + '>'.repeat(50))).not.toBeNull();
  });
});

describe('an edge', () => {
  it('is refused in words when the types differ', () => {
    const document = graph([node('a', 'split'), node('b', 'add')]);

    expect(refusal(document, 'a.lines > b.left')).toBe('“lines” gives a list of text, but “left” takes a number');
  });

  it('is refused twice', () => {
    const document = graph([node('a', 'source'), node('b', 'end')], ['a.text > b.value']);

    expect(refusal(document, 'a.text > b.value')).toBe('These two are connected already');
  });

  it('is refused at an input for one value that has one', () => {
    const document = graph([node('a', 'source'), node('c', 'source'), node('b', 'end')], ['a.text > b.value']);

    expect(refusal(document, 'c.text > b.value')).toContain('takes one value and has it from “source”');
  });

  it('may be one of many at an input for many', () => {
    const document = graph([node('a', 'source'), node('c', 'source'), node('b', 'list')], ['a.text > b.items']);

    expect(refusal(document, 'c.text > b.items')).toBeNull();
  });

  it('may join two branches of one condition', () => {
    const document = graph(
      [node('a', 'source'), node('if', 'condition'), node('x', 'count'), node('y', 'count'), node('b', 'end')],
      ['a.text > if.value', 'if.true > x.text', 'if.false > y.text', 'x.number > b.value'],
    );

    expect(refusal(document, 'y.number > b.value')).toBeNull();
  });

  it('may not join what follows one branch twice', () => {
    const document = graph(
      [node('a', 'source'), node('if', 'condition'), node('x', 'count'), node('y', 'count'), node('b', 'end')],
      ['a.text > if.value', 'if.true > x.text', 'if.true > y.text', 'x.number > b.value'],
    );

    expect(refusal(document, 'y.number > b.value')).toContain('takes one value');
  });

  it('may lead back from a condition, but not close a loop that nothing ends', () => {
    const document = graph(
      [node('a', 'source'), node('x', 'count'), node('y', 'count'), node('if', 'condition')],
      ['a.text > x.text', 'x.number > y.text', 'y.number > if.value'],
    );

    expect(refusal(document, 'if.true > x.text')).toBeNull();
    expect(refusal(graph([...document.nodes], ['x.number > y.text']), 'y.number > x.text')).toContain(
      'loop that nothing ends',
    );
  });

  it('finds every place that it may lead to', () => {
    const connector = new Connector(
      wires(graph([node('a', 'split'), node('b', 'add'), node('c', 'list'), node('d', 'end')])),
    );

    const places = connector.partners({
      node: 'a',
      kind: 'output',
      port: { name: 'lines', type: 'list<text>', presence: 'required' },
    });

    expect(places.map((place) => place.node)).toEqual(['c', 'd']);
  });

  it('that is broken stays and says why', () => {
    const document = graph(
      [node('a', 'split'), node('b', 'add')],
      ['a.lines > b.left', 'a.gone > b.right', 'a.lines > nowhere.x'],
    );

    expect([...brokenEdges(wires(document)).values()]).toEqual([
      'It gives a list of text, but a number is taken',
      '“split” has no output “gone”',
      'It leads to “nowhere”, which is not there',
    ]);
  });

  it('at a node of an unknown type is not called broken: its ports are not known', () => {
    const document = graph([node('a', 'from.elsewhere'), node('b', 'end')], ['a.out > b.value']);

    expect(brokenEdges(wires(document)).size).toBe(0);
  });
});
