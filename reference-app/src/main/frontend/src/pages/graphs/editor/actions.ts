import { announce } from '@/components/announce';
import { toastFailed } from '@/components/Toasts';
import { graphs, nodeTypes } from '../client';
import type { NodeType, Ports, SavedNode } from '../shapes';
import { between, fittingPort, nameOfNode, type Place } from '../model/connect';
import {
  fragment,
  fromClipboard,
  fromSaved,
  moved,
  newNode,
  paste,
  toClipboard,
  withNodes,
  type Point,
} from '../model/document';
import type { EditorStore } from '../model/editorStore';
import { arrange } from '../model/layout';
import { grouped } from '../model/group';
import { graphIdOf, nested } from '../model/nested';
import { portsKey } from '../model/ports';
import { initialConfig } from '../model/schema';
import type { CanvasSlot } from './control';

const OFFSET = 40;
const APART = 300;

/** The names of the inputs or outputs of the graph, so that a new one gets a name of its own. */
function takenNames(store: EditorStore, type: NodeType): Set<string> {
  const { types } = store.get();
  const names = store.document.nodes
    .filter((node) => types.get(node.type)?.role === type.role)
    .map((node) => node.data.config?.name);
  return new Set(names.filter((name) => typeof name === 'string'));
}

/** A place where no node begins yet. */
function freePlace(store: EditorStore, wish: Point): Point {
  const taken = (at: Point) =>
    store.document.nodes.some(
      ({ position }) => Math.abs(position.x - at.x) < OFFSET && Math.abs(position.y - at.y) < OFFSET,
    );
  let at = wish;
  while (taken(at)) at = { x: at.x + OFFSET, y: at.y + OFFSET };
  return at;
}

/** Adds a node, connected to where an edge was dragged from, and selects it. */
export function addNode(store: EditorStore, canvas: CanvasSlot, type: NodeType, at?: Point, from?: Place): void {
  if (!store.canEdit) return;
  const config = initialConfig(type.configSchema, takenNames(store, type));
  const before = from && store.document.nodes.find(({ id }) => id === from.node)?.position;
  const beside = before && { x: before.x + (from.kind === 'output' ? APART : -APART), y: before.y };
  const node = newNode(store.document, type, freePlace(store, at ?? beside ?? canvas.control.middle()), config);
  store.change(`Add ${type.title}`, (document) => withNodes(document, [node]));
  announce(`Added ${type.title}`);
  if (from !== undefined) connectNew(store, type, node, from).catch(toastFailed);
  requestAnimationFrame(() => canvas.control.select([node.id]));
  store.set({ panel: 'node' });
}

/** Connects a new node to a place, after asking for its ports where they depend on its configuration. */
async function connectNew(store: EditorStore, type: NodeType, node: SavedNode, from: Place): Promise<void> {
  const config = node.data.config ?? {};
  let ports: Ports = type;
  if (type.dynamicPorts) {
    ports = (await nodeTypes.ports([{ type: type.id, config }]))[0] ?? { inputs: [], outputs: [] };
    store.know([{ key: portsKey(type.id, config), nodes: [node.id], ports }]);
  }
  const port = fittingPort(ports, from);
  if (port === undefined) {
    announce(`Not connected: ${type.title} has no place that fits before it is configured`);
    return;
  }
  const kind = from.kind === 'output' ? 'input' : 'output';
  const why = store.connect(between(from, { node: node.id, kind, port }));
  if (why !== null) announce(`Not connected. ${why}`);
}

export async function copy(store: EditorStore): Promise<boolean> {
  const chosen = new Set(store.get().selectedNodes);
  if (chosen.size === 0) {
    announce('Nothing is selected');
    return false;
  }
  const part = fragment(store.document, chosen);
  try {
    await navigator.clipboard.writeText(toClipboard(part));
  } catch {
    toastFailed(new Error('The browser refused to copy'));
    return false;
  }
  announce(`Copied ${part.nodes.length} node${part.nodes.length === 1 ? '' : 's'}`);
  return true;
}

export async function cut(store: EditorStore): Promise<void> {
  if (store.canEdit && (await copy(store))) store.remove(new Set(store.get().selectedNodes), new Set());
}

/** Adds what a text holds, at a point; says why when it holds no nodes. */
export function pasteText(store: EditorStore, canvas: CanvasSlot, text: string, at: Point): void {
  if (!store.canEdit) return;
  const part = fromClipboard(text);
  if (typeof part === 'string') {
    toastFailed(new Error(part));
    return;
  }
  const [document, added] = paste(store.document, part, freePlace(store, at));
  const words = `${added.length} node${added.length === 1 ? '' : 's'}`;
  store.change(`Paste ${words}`, () => document);
  announce(`Pasted ${words}`);
  requestAnimationFrame(() => canvas.control.select(added));
}

/** Copies what is selected beside itself. */
export function duplicate(store: EditorStore, canvas: CanvasSlot): void {
  const chosen = new Set(store.get().selectedNodes);
  if (!store.canEdit || chosen.size === 0) return;
  const part = fragment(store.document, chosen);
  const left = Math.min(...part.nodes.map(({ position }) => position.x));
  const top = Math.min(...part.nodes.map(({ position }) => position.y));
  const [document, added] = paste(store.document, part, freePlace(store, { x: left + OFFSET, y: top + OFFSET }));
  store.change(
    `Duplicate ${added.length === 1 ? '' : `${added.length} `}node${added.length === 1 ? '' : 's'}`,
    () => document,
  );
  announce(`Duplicated ${[...chosen].map((id) => nameOfNode(store.wires, id)).join(', ')}`);
  requestAnimationFrame(() => canvas.control.select(added));
}

/** Sets every node where it stands well. */
export async function tidy(store: EditorStore, canvas: CanvasSlot): Promise<void> {
  if (!store.canEdit || store.document.nodes.length === 0) return;
  const document = store.document;
  const places = await arrange(document, canvas.control.sizeOf);
  if (store.document !== document) return;
  store.change('Arrange', (now) => moved(now, places));
  announce('Arranged the nodes');
  requestAnimationFrame(() => canvas.control.fit());
}

/** Puts what is selected into a graph of its own; says why where it can't. */
export function group(store: EditorStore, canvas: CanvasSlot): void {
  const { selectedNodes, ports, types } = store.get();
  const made = grouped(store.document, new Set(selectedNodes), ports, (node) => types.get(node.type)?.role);
  if (typeof made === 'string') {
    toastFailed(new Error(made));
    return;
  }
  const [document, id] = made;
  store.change('Make a sub-graph', () => document);
  announce(`Put ${selectedNodes.length} nodes into a sub-graph`);
  requestAnimationFrame(() => canvas.control.select([id]));
}

/** A graph as nodes run it that name it: its latest version, or its draft when there is none. */
async function running(id: string) {
  const draft = await graphs.get(id);
  const { name, description, graph } =
    draft.publishedVersion === null ? draft : await graphs.version(id, draft.publishedVersion);
  return fromSaved(name, description, graph);
}

/** Shows the graph inside of a node; another graph that it names is fetched before. */
export async function openInside(store: EditorStore, path: readonly string[]): Promise<boolean> {
  try {
    for (let depth = 1; depth <= path.length; depth++) {
      const around = nested(store.whole, path.slice(0, depth - 1), store.get().others);
      const node = around?.nodes.find(({ id }) => id === path[depth - 1]);
      const other = node && graphIdOf(node);
      // One after the other: which graph comes next stands in the one before.
      // oxlint-disable-next-line no-await-in-loop
      if (other && !store.get().others.has(other)) store.learn(other, await running(other));
    }
    if (nested(store.whole, path, store.get().others) === null) throw new Error('The node holds no graph');
  } catch (error) {
    toastFailed(error);
    return false;
  }
  if (store.enter(path))
    announce(path.length === 0 ? 'Back in the whole graph' : `Opened ${store.document.name || 'the graph inside'}`);
  return true;
}

/** Shows a node by what a run calls it, in the graph that it is in. */
export async function goTo(store: EditorStore, canvas: CanvasSlot, place: string): Promise<void> {
  const path = place.split('/');
  const id = path.pop() ?? '';
  if (path.join('/') === store.get().path.join('/')) {
    canvas.control.reveal(id);
    return;
  }
  canvas.revealSoon(id);
  await openInside(store, path);
}
