import { canonical, type GraphDocument } from './document';
import type { SavedEdge, SavedNode } from '../shapes';

export interface NodeChange {
  id: string;
  name: string;
  /** In words: `moved`, `renamed`, `template changed`. */
  what: string[];
}

/** What differs between two graphs, nodes matched by their ids. */
export interface GraphDiff {
  added: { id: string; name: string }[];
  removed: { id: string; name: string }[];
  changed: NodeChange[];
  edgesAdded: string[];
  edgesRemoved: string[];
  /** Differences of the graph itself: its name, its description. */
  head: string[];
}

const nameOf = (node: SavedNode) => node.data.title ?? node.id;
const named = (node: SavedNode) => ({ id: node.id, name: nameOf(node) });
const edgeKey = (edge: SavedEdge) =>
  JSON.stringify([edge.source, edge.sourceHandle ?? '', edge.target, edge.targetHandle ?? '']);
const edgeWords = (edge: SavedEdge) =>
  `${edge.source}${edge.sourceHandle ? `.${edge.sourceHandle}` : ''} → ${edge.target}${edge.targetHandle ? `.${edge.targetHandle}` : ''}`;

/** Everything of a node that is not told apart by name. */
function settings(node: SavedNode): string {
  const data = { ...node.data, config: null, title: null };
  return canonical({ ...node, data, position: null, type: null, typeVersion: null });
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

function nodeChanges(before: SavedNode, after: SavedNode): string[] {
  if (before === after) return [];
  const what: string[] = [];
  if (before.type !== after.type) what.push(`type ${before.type} → ${after.type}`);
  if ((before.typeVersion ?? 1) !== (after.typeVersion ?? 1))
    what.push(`version of its type ${after.typeVersion ?? 1}`);
  if (nameOf(before) !== nameOf(after)) what.push(`renamed to “${nameOf(after)}”`);
  const one = before.data.config ?? {};
  const other = after.data.config ?? {};
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (canonical(one[key]) !== canonical(other[key])) {
      what.push(key in one ? (key in other ? `${key} changed` : `${key} removed`) : `${key} set`);
    }
  }
  if (settings(before) !== settings(after)) what.push('settings changed');
  if (before.position.x !== after.position.x || before.position.y !== after.position.y) what.push('moved');
  return what;
}

/** What has to be done to one graph to get the other. */
export function diff(before: GraphDocument, after: GraphDocument): GraphDiff {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const changed: NodeChange[] = [];
  for (const node of after.nodes) {
    const earlier = old.get(node.id);
    const what = earlier ? nodeChanges(earlier, node) : [];
    if (what.length > 0) changed.push({ ...named(node), what });
  }
  const oldEdges = new Set(before.edges.map(edgeKey));
  const newEdges = new Set(after.edges.map(edgeKey));
  return {
    added: after.nodes.filter(({ id }) => !old.has(id)).map(named),
    removed: before.nodes.filter(({ id }) => !now.has(id)).map(named),
    changed,
    edgesAdded: after.edges.filter((edge) => !oldEdges.has(edgeKey(edge))).map(edgeWords),
    edgesRemoved: before.edges.filter((edge) => !newEdges.has(edgeKey(edge))).map(edgeWords),
    head: [
      ...(before.name === after.name ? [] : [`name “${before.name}” → “${after.name}”`]),
      ...(before.description === after.description ? [] : ['description changed']),
    ],
  };
}

/** Whether nothing differs. */
export function isSame(found: GraphDiff): boolean {
  return Object.values(found).every((part: unknown[]) => part.length === 0);
}

/** Such as `2 nodes added, 1 changed, 1 edge removed`. */
export function summary(found: GraphDiff): string {
  const parts = [
    ...(found.added.length ? [`${counted(found.added.length, 'node')} added`] : []),
    ...(found.removed.length ? [`${counted(found.removed.length, 'node')} removed`] : []),
    ...(found.changed.length ? [`${counted(found.changed.length, 'node')} changed`] : []),
    ...(found.edgesAdded.length ? [`${counted(found.edgesAdded.length, 'edge')} added`] : []),
    ...(found.edgesRemoved.length ? [`${counted(found.edgesRemoved.length, 'edge')} removed`] : []),
    ...found.head,
  ];
  return parts.length === 0 ? 'No difference' : parts.join(', ');
}
