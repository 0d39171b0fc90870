import type { Json, NodeType, Port, Ports, SavedEdge, SavedNode } from '../shapes';
import { canonical, type GraphDocument } from './document';

/** A port as the canvas shows it. */
export interface ShownPort extends Port {
  /** An edge names it, but the node doesn't have it. */
  missing?: boolean;
}

export interface ShownPorts {
  inputs: readonly ShownPort[];
  outputs: readonly ShownPort[];
}

export const NO_PORTS: ShownPorts = { inputs: [], outputs: [] };

/** Names the ports that a type has with a configuration, for keeping what the server said. */
export function portsKey(type: string, config: Json | undefined): string {
  return `${type} ${canonical(config ?? {})}`;
}

/**
 * What the server said of ports that depend on the configuration. While it is asked about a changed configuration, a node
 * keeps the ports that it had.
 */
export interface KnownPorts {
  byKey: ReadonlyMap<string, Ports>;
  /** The last ports of each node. */
  byNode: ReadonlyMap<string, Ports>;
}

export const NOTHING_KNOWN: KnownPorts = { byKey: new Map(), byNode: new Map() };

/** The ports that a node has, and whether it surely has no others: not while its type is unknown, or the server unheard. */
function portsOf(node: SavedNode, type: NodeType | undefined, known: KnownPorts): { ports: Ports; areAll: boolean } {
  if (type === undefined) return { ports: NO_PORTS as Ports, areAll: false };
  if (!type.dynamicPorts) return { ports: type, areAll: true };
  const said = known.byKey.get(portsKey(type.id, node.data.config)) ?? known.byNode.get(node.id);
  return { ports: said ?? type, areAll: said !== undefined };
}

/** The handle that an edge means, where it names none and the node has only one. */
export function handleOf(name: string | null | undefined, ports: readonly Port[]): string {
  return name || (ports.length === 1 ? (ports[0]?.name ?? '') : '');
}

/** Where nobody can say which ports there are, none is missing. */
const guessed = (name: string, areAll: boolean): ShownPort => ({
  name,
  type: 'unknown',
  presence: 'optional',
  ...(areAll && { missing: true }),
});

/** The ports of a node, and behind them those that only its edges name, so that no edge is hidden. */
function shownPorts(node: SavedNode, ports: Ports, areAll: boolean, edges: readonly SavedEdge[]): ShownPorts {
  const inputs: ShownPort[] = [...ports.inputs];
  const outputs: ShownPort[] = [...ports.outputs];
  const require = (name: string | null | undefined, list: ShownPort[]) => {
    const handle = handleOf(name, list);
    if (!list.some((port) => port.name === handle)) list.push(guessed(handle, areAll));
  };
  for (const edge of edges) {
    if (edge.target === node.id) require(edge.targetHandle, inputs);
    if (edge.source === node.id) require(edge.sourceHandle, outputs);
  }
  return { inputs, outputs };
}

function samePorts(one: readonly ShownPort[], other: readonly ShownPort[]): boolean {
  return (
    one.length === other.length &&
    one.every((port, index) => {
      const there = other[index];
      return (
        port.name === there?.name &&
        port.type === there.type &&
        port.presence === there.presence &&
        port.label === there.label &&
        port.missing === there.missing
      );
    })
  );
}

/** The ports of every node; those that are as before are the same objects, so that only changed nodes are drawn again. */
export function allPorts(
  document: GraphDocument,
  types: ReadonlyMap<string, NodeType>,
  known: KnownPorts,
  before: ReadonlyMap<string, ShownPorts> = new Map(),
): Map<string, ShownPorts> {
  const touching = new Map<string, SavedEdge[]>();
  const touch = (id: string, edge: SavedEdge) => {
    const list = touching.get(id);
    if (list === undefined) touching.set(id, [edge]);
    else list.push(edge);
  };
  for (const edge of document.edges) {
    touch(edge.source, edge);
    if (edge.target !== edge.source) touch(edge.target, edge);
  }
  return new Map(
    document.nodes.map((node) => {
      const { ports, areAll } = portsOf(node, types.get(node.type), known);
      const now = shownPorts(node, ports, areAll, touching.get(node.id) ?? []);
      const earlier = before.get(node.id);
      const same = earlier && samePorts(earlier.inputs, now.inputs) && samePorts(earlier.outputs, now.outputs);
      return [node.id, same ? earlier : now];
    }),
  );
}
