import type { SavedGraph, SavedNode } from '../shapes';
import { changeNode, fromSaved, pinnedOutputs, toSaved, withPin, type GraphDocument } from './document';

/** Other graphs that nodes name by their ids, as they run. */
export type Others = ReadonlyMap<string, GraphDocument>;

/** Graphs inside of nodes as documents; the same graph is always the same document. */
const READ = new WeakMap<SavedGraph, GraphDocument>();

/** The graph that stands in the configuration of a node, if one does. */
export function graphIn(node: SavedNode): SavedGraph | null {
  const graph = node.data.config?.graph;
  return typeof graph === 'object' && graph !== null && !Array.isArray(graph) ? (graph as SavedGraph) : null;
}

/** The id of another graph that a node runs, if it names one. */
export function graphIdOf(node: SavedNode): string | null {
  const id = node.data.config?.graphId;
  return typeof id === 'string' && id !== '' && graphIn(node) === null ? id : null;
}

export const holdsGraph = (node: SavedNode): boolean => graphIn(node) !== null || graphIdOf(node) !== null;

function read(graph: SavedGraph): GraphDocument {
  const known = READ.get(graph);
  if (known !== undefined) return known;
  const text = (name: string) => (typeof graph[name] === 'string' ? graph[name] : '');
  const document = fromSaved(text('name'), text('description'), graph);
  READ.set(graph, document);
  return document;
}

/** What a node runs, as a document; null when it runs no graph, or one that is not known. */
function inside(node: SavedNode, others: Others): GraphDocument | null {
  const graph = graphIn(node);
  if (graph !== null) return read(graph);
  return others.get(graphIdOf(node) ?? '') ?? null;
}

/** The graph that a path of nodes leads to, each inside of the one before; null when it leads nowhere. */
export function nested(document: GraphDocument, path: readonly string[], others: Others): GraphDocument | null {
  let at: GraphDocument | null = document;
  for (const id of path) {
    const node: SavedNode | undefined = at?.nodes.find((one) => one.id === id);
    at = node === undefined ? null : inside(node, others);
  }
  return at;
}

/** Whether a path leads into another graph, which is changed in its own editor. */
export function leadsElsewhere(document: GraphDocument, path: readonly string[], others: Others): boolean {
  return path.some((id, depth) => {
    const node = nested(document, path.slice(0, depth), others)?.nodes.find((one) => one.id === id);
    return node !== undefined && graphIdOf(node) !== null;
  });
}

/** The document with the graph at a path changed. */
export function withNested(
  document: GraphDocument,
  path: readonly string[],
  change: (inner: GraphDocument) => GraphDocument,
): GraphDocument {
  const [id, ...rest] = path;
  if (id === undefined) return change(document);
  const graph = document.nodes.find((node) => node.id === id);
  const before = graph && graphIn(graph);
  if (!before) return document;
  const inner = read(before);
  const next = withNested(inner, rest, change);
  if (next === inner) return document;
  const saved = toSaved(next);
  READ.set(saved, next);
  return changeNode(document, id, (node) => ({
    ...node,
    data: { ...node.data, config: { ...node.data.config, graph: saved } },
  }));
}

/** The places of nodes that are pinned, also inside of others; not in graphs that nodes only name, whose pins are their own. */
export function pinnedPlaces(document: GraphDocument, around: readonly string[] = []): string[] {
  return document.nodes.flatMap((node) => {
    const graph = graphIn(node);
    return [
      ...(pinnedOutputs(node) === null ? [] : [placeOf(around, node.id)]),
      ...(graph === null ? [] : pinnedPlaces(read(graph), [...around, node.id])),
    ];
  });
}

/** The document without what is pinned at these places. */
export function withoutPins(document: GraphDocument, places: readonly string[]): GraphDocument {
  return places.reduce((now, place) => {
    const path = place.split('/');
    const id = path.pop() ?? '';
    return withNested(now, path, (inner) => withPin(inner, id, null));
  }, document);
}

/** What a run calls a node: the ids of those that it is inside of, and its own. */
export const placeOf = (path: readonly string[], id: string): string => [...path, id].join('/');
