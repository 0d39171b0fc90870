import { describe, expect, it } from 'vitest';
import type { SavedEdge, SavedNode } from '../shapes';
import { fromSaved } from './document';
import { grouped } from './group';
import { graphIn } from './nested';
import type { ShownPorts } from './ports';

const node = (id: string, type: string): SavedNode => ({ id, type, position: { x: 0, y: 0 }, data: { config: {} } });
const edge = (source: string, target: string, targetHandle: string): SavedEdge => ({
  id: `${source}-${target}-${targetHandle}`,
  source,
  sourceHandle: 'out',
  target,
  targetHandle,
});
const document = fromSaved('Outer', '', {
  nodes: [node('in', 'text.input'), node('a', 'work'), node('b', 'work'), node('end', 'text.output')],
  edges: [
    edge('in', 'a', 'x'),
    edge('in', 'b', 'y'),
    edge('a', 'b', 'x'),
    edge('b', 'end', 'value'),
    edge('a', 'end', 'value'),
  ],
});
const PORTS = new Map<string, ShownPorts>([
  ['in', { inputs: [], outputs: [{ name: 'out', type: 'number', presence: 'required' }] }],
]);
const roleOf = ({ type }: SavedNode) => ({ 'text.input': 'input', 'text.output': 'output' })[type];

describe('making a sub-graph of nodes', () => {
  it('keeps every edge, inside or through an input or output of the new node', () => {
    const made = grouped(document, new Set(['a', 'b']), PORTS, roleOf);
    if (typeof made === 'string') throw new Error(made);
    const [outer, id] = made;
    expect(outer.nodes.map((one) => one.id)).toEqual(['in', 'end', id]);
    expect(
      outer.edges.map(({ source, sourceHandle, target, targetHandle }) => [source, sourceHandle, target, targetHandle]),
    ).toEqual([
      ['in', 'out', id, 'x'],
      [id, 'out', 'end', 'value'],
      [id, 'out-2', 'end', 'value'],
    ]);
    const holder = outer.nodes.find((one) => one.id === id);
    const inner = holder && graphIn(holder);
    expect(inner?.nodes.find((one) => one.type === 'text.input')?.data.config).toEqual({ name: 'x', format: 'number' });
    expect(inner?.edges.map(({ source, target, targetHandle }) => `${source} ${target} ${targetHandle}`)).toEqual([
      'a b x',
      'x a x',
      'x b y',
      'b out value',
      'a out-2 value',
    ]);
  });

  it('refuses what would take the inputs of the graph away, or give nothing', () => {
    expect(grouped(document, new Set(['in', 'a']), PORTS, roleOf)).toContain('Inputs and outputs');
    expect(
      grouped(fromSaved('', '', { nodes: [node('a', 'work')], edges: [] }), new Set(['a']), PORTS, roleOf),
    ).toContain('give nothing');
  });
});
