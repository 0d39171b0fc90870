import type { Json, SavedEdge, SavedGraph, SavedNode } from '../shapes';

/**
 * What is saved of a graph and what undo goes back to; nothing of selection, hover or runs. Never changed in place: what
 * stays the same stays the same object.
 */
export interface GraphDocument {
  name: string;
  description: string;
  /** Every other member of the graph, as it came. */
  head: Json;
  nodes: readonly SavedNode[];
  edges: readonly SavedEdge[];
}

export interface Point {
  x: number;
  y: number;
}

/** The distance between the points of the grid that nodes keep to. */
export const GRID = 10;
const LONGEST_ID = 50;

export const EMPTY: GraphDocument = { name: 'Untitled graph', description: '', head: {}, nodes: [], edges: [] };

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asPoint(value: unknown): Point {
  const at = isObject(value) ? value : {};
  const coordinate = (name: string) => {
    const number = at[name];
    return typeof number === 'number' && Number.isFinite(number) ? number : 0;
  };
  return { ...at, x: coordinate('x'), y: coordinate('y') };
}

/** A node with the members that the editor needs, whatever came. */
function asNode(value: Json, index: number): SavedNode {
  const data = isObject(value.data) ? value.data : {};
  return {
    ...value,
    id: typeof value.id === 'string' && value.id !== '' ? value.id : `node-${index + 1}`,
    type: typeof value.type === 'string' ? value.type : '',
    position: asPoint(value.position),
    data,
  } as SavedNode;
}

function asEdge(value: Json, index: number): SavedEdge {
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : '');
  return {
    ...value,
    id: text('id') || `edge-${index + 1}`,
    source: text('source'),
    target: text('target'),
  } as SavedEdge;
}

/** Gives what has an id that was there before another one, as the canvas needs. */
function distinct<T extends { id: string }>(items: T[]): T[] {
  const seen = new Set<string>();
  return items.map((item) => {
    const id = seen.has(item.id) ? freeId(item.id, seen) : item.id;
    seen.add(id);
    return id === item.id ? item : { ...item, id };
  });
}

/** Reads a saved graph. What is unknown in it is kept. */
export function fromSaved(name: string, description: string, saved: SavedGraph): GraphDocument {
  const { nodes, edges, ...head } = saved;
  const objects = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
  return {
    name,
    description,
    head,
    nodes: distinct(objects(nodes).map(asNode)),
    edges: distinct(objects(edges).map(asEdge)),
  };
}

/** The graph as it is saved. */
export function toSaved(document: GraphDocument): SavedGraph {
  return {
    schemaVersion: 1,
    ...document.head,
    name: document.name,
    description: document.description,
    nodes: [...document.nodes],
    edges: [...document.edges],
  };
}

/** Whether two documents would be saved as the same. */
export function sameContent(one: GraphDocument, other: GraphDocument): boolean {
  if (one === other) return true;
  const essence = ({ name, description, nodes, edges }: GraphDocument) =>
    canonical({ name, description, nodes, edges });
  return essence(one) === essence(other);
}

/** JSON with the members of objects in order, so that equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** An id like the one wished that is not taken yet. */
export function freeId(wish: string, taken: ReadonlySet<string>): string {
  const base =
    wish
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .replace(/-\d+$/, '')
      .slice(0, LONGEST_ID - 6) || 'node';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
  }
}

const ids = (items: readonly { id: string }[]) => new Set(items.map(({ id }) => id));
const snap = (value: number) => Math.round(value / GRID) * GRID;
export const snapped = ({ x, y }: Point): Point => ({ x: snap(x), y: snap(y) });

/** A new node of a type; its id is the last word of the type's. */
export function newNode(
  document: GraphDocument,
  type: { id: string; version: number },
  at: Point,
  config: Json = {},
): SavedNode {
  const id = freeId(type.id.split('.').at(-1) ?? type.id, ids(document.nodes));
  return { id, type: type.id, typeVersion: type.version, position: snapped(at), data: { config } };
}

export function withNodes(document: GraphDocument, nodes: readonly SavedNode[]): GraphDocument {
  return { ...document, nodes: [...document.nodes, ...nodes] };
}

/** The same document with one node changed. */
export function changeNode(document: GraphDocument, id: string, change: (node: SavedNode) => SavedNode): GraphDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

export function withConfig(document: GraphDocument, id: string, config: Json): GraphDocument {
  return changeNode(document, id, (node) => ({ ...node, data: { ...node.data, config } }));
}

/** Done otherwise: a setting beside the configuration, such as `timeoutSeconds`. */
export function withSetting(document: GraphDocument, id: string, name: string, value: unknown): GraphDocument {
  return changeNode(document, id, (node) => {
    const { [name]: _, ...data } = node.data;
    return { ...node, data: value === undefined ? data : { ...data, [name]: value } };
  });
}

/** The outputs that somebody pinned at a node, by their names; null when none are. */
export function pinnedOutputs(node: SavedNode): Json | null {
  const outputs = isObject(node.data.pinned) ? node.data.pinned.outputs : null;
  return isObject(outputs) && Object.keys(outputs).length > 0 ? outputs : null;
}

/** With outputs pinned at a node, or none. */
export function withPin(document: GraphDocument, id: string, outputs: Json | null): GraphDocument {
  return withSetting(document, id, 'pinned', outputs === null ? undefined : { outputs });
}

/** Called otherwise; without a title of its own it shows that of its type. */
export function withTitle(document: GraphDocument, id: string, title: string): GraphDocument {
  return changeNode(document, id, (node) => {
    const { title: _, ...data } = node.data;
    return { ...node, data: title === '' ? data : { ...data, title } };
  });
}

/** The same document with nodes at other places; itself when none moved. */
export function moved(document: GraphDocument, places: ReadonlyMap<string, Point>): GraphDocument {
  let changed = false;
  const nodes = document.nodes.map((node) => {
    const at = places.get(node.id);
    if (at === undefined || (at.x === node.position.x && at.y === node.position.y)) return node;
    changed = true;
    return { ...node, position: { ...node.position, x: at.x, y: at.y } };
  });
  return changed ? { ...document, nodes } : document;
}

export function newEdge(
  document: GraphDocument,
  ends: { source: string; sourceHandle: string; target: string; targetHandle: string },
): SavedEdge {
  const id = `${ends.source}.${ends.sourceHandle}-${ends.target}.${ends.targetHandle}`;
  const taken = ids(document.edges);
  let free = id;
  for (let number = 2; taken.has(free); number++) free = `${id}-${number}`;
  return { id: free, ...ends };
}

export function withEdge(document: GraphDocument, edge: SavedEdge): GraphDocument {
  return { ...document, edges: [...document.edges, edge] };
}

/** Without these nodes, the edges at them, and these edges. */
export function without(
  document: GraphDocument,
  nodes: ReadonlySet<string>,
  edges: ReadonlySet<string>,
): GraphDocument {
  return {
    ...document,
    nodes: document.nodes.filter(({ id }) => !nodes.has(id)),
    edges: document.edges.filter(
      ({ id, source, target }) => !edges.has(id) && !nodes.has(source) && !nodes.has(target),
    ),
  };
}

/** Nodes and the edges between them, as they travel through the clipboard. */
export interface Fragment {
  nodes: readonly SavedNode[];
  edges: readonly SavedEdge[];
}

export function fragment(document: GraphDocument, chosen: ReadonlySet<string>): Fragment {
  return {
    nodes: document.nodes.filter(({ id }) => chosen.has(id)),
    edges: document.edges.filter(({ source, target }) => chosen.has(source) && chosen.has(target)),
  };
}

/** Adds copies of nodes with new ids, their top left corner at a point; gives the ids of the copies too. */
export function paste(document: GraphDocument, { nodes, edges }: Fragment, at: Point): [GraphDocument, string[]] {
  const taken = ids(document.nodes);
  const names = new Map<string, string>();
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const copies = nodes.map((node) => {
    const id = freeId(node.id, taken);
    taken.add(id);
    names.set(node.id, id);
    const position = snapped({ x: at.x + node.position.x - left, y: at.y + node.position.y - top });
    return { ...node, id, position };
  });
  let result = withNodes(document, copies);
  for (const edge of edges) {
    const source = names.get(edge.source);
    const target = names.get(edge.target);
    if (source === undefined || target === undefined) continue;
    const ends = { source, target, sourceHandle: edge.sourceHandle ?? '', targetHandle: edge.targetHandle ?? '' };
    result = withEdge(result, { ...edge, ...newEdge(result, ends) });
  }
  return [result, [...names.values()]];
}

const MARK = 'studio-graph-nodes';
const MOST_PASTED = 500;

/** What is written to the clipboard. */
export function toClipboard(part: Fragment): string {
  return JSON.stringify({ format: MARK, version: 1, ...part }, null, 1);
}

/** What a text of the clipboard holds: nodes, or in words why it can't be pasted. */
export function fromClipboard(text: string): Fragment | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The clipboard holds no nodes: its text is not JSON';
  }
  if (!isObject(value) || !Array.isArray(value.nodes)) {
    return 'The clipboard holds no nodes: its JSON is neither copied nodes nor a graph';
  }
  if (value.nodes.length === 0) return 'The clipboard holds a graph without nodes';
  if (value.nodes.length > MOST_PASTED) {
    return `The clipboard holds ${value.nodes.length} nodes; at most ${MOST_PASTED} can be pasted, so import it as a graph`;
  }
  if (!value.nodes.every((node) => isObject(node) && typeof node.type === 'string' && node.type !== '')) {
    return 'The clipboard holds no nodes: a node of it has no type';
  }
  const { nodes, edges } = fromSaved('', '', { nodes: value.nodes, edges: value.edges } as unknown as SavedGraph);
  return { nodes, edges };
}
