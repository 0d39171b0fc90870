import type { Json, SavedEdge, SavedGraph, SavedNode } from '../shapes';
import { freeId, fromSaved, newEdge, toSaved, withEdge, withNodes, without, type GraphDocument } from './document';
import { NO_PORTS, type ShownPorts } from './ports';
import { parseType } from './portTypes';

const BESIDE = 320;

/** How an input of a graph reads what it is given, by the type of the value. */
function formatOf(type: string): string {
  const { kind, element } = parseType(type);
  if (kind === 'list') return element?.kind === 'text' ? 'lines' : 'json';
  return kind === 'text' || kind === 'number' ? kind : 'json';
}

interface Line {
  /** The end inside of the new graph. */
  node: string;
  port: string;
  type: string;
  name: string;
  edges: SavedEdge[];
}

/** A name of an input or output: letters, digits and marks, different from those before. */
function portName(wish: string, taken: Set<string>): string {
  const name = freeId(wish.replace(/^[^A-Za-z_]+/, '') || 'value', taken);
  taken.add(name);
  return name;
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Puts nodes into a graph of their own, which one new node runs in their place: what leads to them becomes its inputs,
 * what they give to others its outputs. Gives the document and the id of the new node, or why it can't be, in words.
 */
export function grouped(
  document: GraphDocument,
  chosen: ReadonlySet<string>,
  ports: ReadonlyMap<string, ShownPorts>,
  roleOf: (node: SavedNode) => string | undefined,
): [GraphDocument, string] | string {
  const inner = document.nodes.filter(({ id }) => chosen.has(id));
  if (inner.some((node) => roleOf(node) === 'input' || roleOf(node) === 'output')) {
    return 'Inputs and outputs of the graph stay in it: leave them out of the selection';
  }
  const outgoing = document.edges.filter(({ source, target }) => chosen.has(source) && !chosen.has(target));
  const incoming = document.edges.filter(({ source, target }) => !chosen.has(source) && chosen.has(target));
  if (outgoing.length === 0) return 'Nothing that is selected leads anywhere else, so the new graph would give nothing';
  const names = new Set<string>();
  const typeOf = (node: string, port: string) =>
    (ports.get(node) ?? NO_PORTS).outputs.find(({ name }) => name === port)?.type ?? 'any';
  const lines = (edges: readonly SavedEdge[], wish: (edge: SavedEdge) => string): Line[] => {
    const found = new Map<string, Line>();
    for (const edge of edges) {
      const [node, port] = [edge.source, edge.sourceHandle ?? ''];
      const key = JSON.stringify([node, port]);
      const line = found.get(key);
      if (line === undefined) {
        found.set(key, { node, port, type: typeOf(node, port), name: portName(wish(edge), names), edges: [edge] });
      } else line.edges.push(edge);
    }
    return [...found.values()];
  };
  const inputs = lines(incoming, ({ targetHandle }) => targetHandle ?? 'value');
  const outputs = lines(outgoing, ({ sourceHandle }) => sourceHandle ?? 'value');
  const top = Math.min(...inner.map(({ position }) => position.y));
  const left = Math.min(...inner.map(({ position }) => position.x));
  const right = Math.max(...inner.map(({ position }) => position.x));
  const taken = new Set(inner.map(({ id }) => id));
  const end = (type: string, name: string, x: number, row: number, config: Json): SavedNode => {
    const id = freeId(name, taken);
    taken.add(id);
    return { id, type, typeVersion: 1, position: { x, y: top + row * 140 }, data: { config: { name, ...config } } };
  };
  let graph = fromSaved('', '', { nodes: [...inner], edges: [] } as SavedGraph);
  for (const edge of document.edges.filter((one) => chosen.has(one.source) && chosen.has(one.target))) {
    graph = withEdge(graph, edge);
  }
  inputs.forEach((line, row) => {
    const format = formatOf(line.type);
    const node = end('text.input', line.name, left - BESIDE, row, format === 'text' ? {} : { format });
    graph = withNodes(graph, [node]);
    for (const { target, targetHandle } of line.edges) {
      const ends = { source: node.id, sourceHandle: 'value', target, targetHandle: targetHandle ?? '' };
      graph = withEdge(graph, newEdge(graph, ends));
    }
  });
  outputs.forEach((line, row) => {
    const node = end('text.output', line.name, right + BESIDE, row, {});
    graph = withNodes(graph, [node]);
    const ends = { source: line.node, sourceHandle: line.port, target: node.id, targetHandle: 'value' };
    graph = withEdge(graph, newEdge(graph, ends));
  });
  const id = freeId('group', new Set(document.nodes.map((node) => node.id)));
  const holder: SavedNode = {
    id,
    type: 'sub-graph',
    typeVersion: 1,
    position: { x: Math.round(average(inner.map(({ position }) => position.x)) / 10) * 10, y: top },
    data: { title: 'Group', config: { graph: toSaved({ ...graph, name: 'Group' }) } },
  };
  let result = withNodes(without(document, chosen, new Set()), [holder]);
  for (const line of inputs) {
    const ends = { source: line.node, sourceHandle: line.port, target: id, targetHandle: line.name };
    result = withEdge(result, newEdge(result, ends));
  }
  for (const line of outputs) {
    for (const { target, targetHandle } of line.edges) {
      const ends = { source: id, sourceHandle: line.name, target, targetHandle: targetHandle ?? '' };
      result = withEdge(result, newEdge(result, ends));
    }
  }
  return [result, id];
}
