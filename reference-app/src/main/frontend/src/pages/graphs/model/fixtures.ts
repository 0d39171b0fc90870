import type { NodeType, Port, SavedEdge, SavedNode } from '../shapes';
import type { Wires } from './connect';
import { EMPTY, type GraphDocument } from './document';
import { allPorts, NOTHING_KNOWN } from './ports';

/** Small graphs for tests. */
export const port = (name: string, type = 'text', presence: Port['presence'] = 'required'): Port => ({
  name,
  type,
  presence,
});

const type = (id: string, more: Partial<NodeType>): NodeType => ({
  id,
  version: 1,
  title: id,
  description: '',
  category: 'Text',
  role: 'work',
  configSchema: { type: 'object', properties: {} },
  inputs: [],
  outputs: [],
  dynamicPorts: false,
  ...more,
});

export const TYPES = new Map(
  [
    type('source', { role: 'input', outputs: [port('text')] }),
    type('count', { inputs: [port('text')], outputs: [port('number', 'number')] }),
    type('split', { inputs: [port('text')], outputs: [port('lines', 'list<text>')] }),
    type('add', {
      inputs: [port('left', 'number'), port('right', 'number', 'optional')],
      outputs: [port('sum', 'number')],
    }),
    type('list', { inputs: [port('items', 'any', 'many')], outputs: [port('list', 'list<any>')] }),
    type('condition', {
      role: 'choice',
      inputs: [port('value', 'any')],
      outputs: [port('true', 'any', 'optional'), port('false', 'any', 'optional')],
    }),
    type('end', { role: 'output', inputs: [port('value', 'any')] }),
    type('template', { dynamicPorts: true, outputs: [port('text')] }),
  ].map((one) => [one.id, one]),
);

export const node = (id: string, of: string, config = {}): SavedNode => ({
  id,
  type: of,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  data: { config },
});

/** An edge as `a.text > b.value`. */
export function edge(words: string): SavedEdge {
  const [from = '', to = ''] = words.split(' > ');
  const [source = '', sourceHandle = ''] = from.split('.');
  const [target = '', targetHandle = ''] = to.split('.');
  return { id: words, source, sourceHandle, target, targetHandle };
}

export function graph(nodes: SavedNode[], edges: string[] = []): GraphDocument {
  return { ...EMPTY, nodes, edges: edges.map(edge) };
}

export function wires(document: GraphDocument): Wires {
  return { document, types: TYPES, ports: allPorts(document, TYPES, NOTHING_KNOWN) };
}
