import { announce } from '@/components/announce';
import { toastFailed } from '@/components/Toasts';
import { nodeTypes } from '../client';
import type { NodeType, Ports, SavedNode } from '../shapes';
import { between, fittingPort, nameOfNode, type Place } from '../model/connect';
import { fragment, fromClipboard, moved, newNode, paste, toClipboard, withNodes, type Point } from '../model/document';
import type { EditorStore } from '../model/editorStore';
import { arrange } from '../model/layout';
import { portsKey } from '../model/ports';
import { initialConfig } from '../model/schema';
import type { CanvasSlot } from './control';

const OFFSET = 40;
const APART = 300;

/** The names of the inputs or outputs of the graph, so that a new one gets a name of its own. */
function takenNames(store: EditorStore, type: NodeType): Set<string> {
  const { types } = store.get();
  const names = store.draft.nodes
    .filter((node) => types.get(node.type)?.role === type.role)
    .map((node) => node.data.config?.name);
  return new Set(names.filter((name) => typeof name === 'string'));
}

/** A place where no node begins yet. */
function freePlace(store: EditorStore, wish: Point): Point {
  const taken = (at: Point) =>
    store.draft.nodes.some(({ position }) => Math.abs(position.x - at.x) < OFFSET && Math.abs(position.y - at.y) < OFFSET);
  let at = wish;
  while (taken(at)) at = { x: at.x + OFFSET, y: at.y + OFFSET };
  return at;
}

/** Adds a node, connected to where an edge was dragged from, and selects it. */
export function addNode(store: EditorStore, canvas: CanvasSlot, type: NodeType, at?: Point, from?: Place): void {
  if (!store.canEdit) return;
  const config = initialConfig(type.configSchema, takenNames(store, type));
  const before = from && store.draft.nodes.find(({ id }) => id === from.node)?.position;
  const beside = before && { x: before.x + (from.kind === 'output' ? APART : -APART), y: before.y };
  const node = newNode(store.draft, type, freePlace(store, at ?? beside ?? canvas.control.middle()), config);
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
    ports = await nodeTypes.ports(type.id, config);
    store.know(portsKey(type.id, config), [node.id], ports);
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
  const [document, added] = paste(store.draft, part, freePlace(store, at));
  const words = `${added.length} node${added.length === 1 ? '' : 's'}`;
  store.change(`Paste ${words}`, () => document);
  announce(`Pasted ${words}`);
  requestAnimationFrame(() => canvas.control.select(added));
}

/** Copies what is selected beside itself. */
export function duplicate(store: EditorStore, canvas: CanvasSlot): void {
  const chosen = new Set(store.get().selectedNodes);
  if (!store.canEdit || chosen.size === 0) return;
  const part = fragment(store.draft, chosen);
  const left = Math.min(...part.nodes.map(({ position }) => position.x));
  const top = Math.min(...part.nodes.map(({ position }) => position.y));
  const [document, added] = paste(store.draft, part, freePlace(store, { x: left + OFFSET, y: top + OFFSET }));
  store.change(`Duplicate ${added.length === 1 ? '' : `${added.length} `}node${added.length === 1 ? '' : 's'}`, () => document);
  announce(`Duplicated ${[...chosen].map((id) => nameOfNode(store.wires, id)).join(', ')}`);
  requestAnimationFrame(() => canvas.control.select(added));
}

/** Sets every node where it stands well. */
export async function tidy(store: EditorStore, canvas: CanvasSlot): Promise<void> {
  if (!store.canEdit || store.draft.nodes.length === 0) return;
  const document = store.draft;
  const places = await arrange(document, canvas.control.sizeOf);
  if (store.draft !== document) return;
  store.change('Arrange', (now) => moved(now, places));
  announce('Arranged the nodes');
  requestAnimationFrame(() => canvas.control.fit());
}
