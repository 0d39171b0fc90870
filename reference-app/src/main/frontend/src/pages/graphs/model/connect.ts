import type { NodeType, Port, Ports, SavedEdge } from '../shapes';
import type { GraphDocument } from './document';
import { collide, loopsForEver, type FlowEdge, type FlowNode } from './flow';
import { handleOf, type ShownPort, type ShownPorts } from './ports';
import { connects, described, parseType } from './portTypes';

/** The ends of an edge. */
export type Ends = FlowEdge;

/** What decides about edges: the graph, the types of its nodes and their ports. */
export interface Wires {
  document: GraphDocument;
  types: ReadonlyMap<string, NodeType>;
  ports: ReadonlyMap<string, ShownPorts>;
}

/** A place at a node where an edge begins or ends. */
export interface Place {
  node: string;
  kind: 'input' | 'output';
  port: ShownPort;
}

export function nameOfNode(wires: Wires, id: string): string {
  const node = wires.document.nodes.find((one) => one.id === id);
  return node?.data.title ?? wires.types.get(node?.type ?? '')?.title ?? id;
}

export const nameOfPort = (port: Port) => port.label || port.name || 'unnamed';

function endsOf(edge: SavedEdge, wires: Wires): Ends {
  return {
    source: edge.source,
    sourceHandle: handleOf(edge.sourceHandle, wires.ports.get(edge.source)?.outputs ?? []),
    target: edge.target,
    targetHandle: handleOf(edge.targetHandle, wires.ports.get(edge.target)?.inputs ?? []),
  };
}

function flowNodes({ document, types, ports }: Wires): Map<string, FlowNode> {
  const optional = (list: readonly Port[] = []) =>
    new Set(list.filter(({ presence }) => presence === 'optional').map(({ name }) => name));
  return new Map(
    document.nodes.map((node) => [
      node.id,
      {
        id: node.id,
        isChoice: types.get(node.type)?.role === 'choice',
        optionalInputs: optional(ports.get(node.id)?.inputs),
        optionalOutputs: optional(ports.get(node.id)?.outputs),
      },
    ]),
  );
}

/** Answers whether edges may be added to one state of a graph, many times. */
export class Connector {
  readonly #wires: Wires;
  readonly #edges: Ends[];
  #nodes: Map<string, FlowNode> | null = null;

  constructor(wires: Wires) {
    this.#wires = wires;
    this.#edges = wires.document.edges.map((edge) => endsOf(edge, wires));
  }

  get #flow(): Map<string, FlowNode> {
    this.#nodes ??= flowNodes(this.#wires);
    return this.#nodes;
  }

  #port(node: string, side: 'inputs' | 'outputs', name: string): ShownPort | undefined {
    return this.#wires.ports.get(node)?.[side].find((port) => port.name === name);
  }

  /** Why an edge can't be added, in words; null when it can. */
  refusal(ends: Ends): string | null {
    const output = this.#port(ends.source, 'outputs', ends.sourceHandle);
    const input = this.#port(ends.target, 'inputs', ends.targetHandle);
    if (output === undefined || input === undefined) return 'An edge leads from an output to an input';
    if (output.missing || input.missing) {
      const [port, node] = output.missing ? [output, ends.source] : [input, ends.target];
      return `“${nameOfNode(this.#wires, node)}” no longer has “${nameOfPort(port)}”`;
    }
    const [gives, takes] = [parseType(output.type), parseType(input.type)];
    if (!connects(gives, takes)) {
      return `“${nameOfPort(output)}” gives ${described(gives)}, but “${nameOfPort(input)}” takes ${described(takes)}`;
    }
    const there = this.#edges.filter((edge) => edge.target === ends.target && edge.targetHandle === ends.targetHandle);
    if (there.some((edge) => edge.source === ends.source && edge.sourceHandle === ends.sourceHandle)) {
      return 'These two are connected already';
    }
    return this.#taken(ends, input, there) ?? this.#loop(ends);
  }

  #taken(ends: Ends, input: Port, there: Ends[]): string | null {
    if (input.presence === 'many' || there.length === 0) return null;
    const edges = [...this.#edges, ends];
    const other = there.find((edge) => collide(edge, ends, this.#flow, edges));
    if (other === undefined) return null;
    return (
      `“${nameOfPort(input)}” takes one value and has it from “${nameOfNode(this.#wires, other.source)}”; ` +
      'remove that edge first, or join the values with a template'
    );
  }

  #loop(ends: Ends): string | null {
    if (!loopsForEver(ends, this.#flow, this.#edges)) return null;
    return 'This would be a loop that nothing ends; lead the edge back from an output of a condition';
  }

  /** Every place that an edge from or to this one may have at its other end. */
  partners(place: Place): Place[] {
    const kind = place.kind === 'output' ? 'input' : 'output';
    return this.#wires.document.nodes.flatMap((node) => {
      const ports = this.#wires.ports.get(node.id)?.[kind === 'input' ? 'inputs' : 'outputs'] ?? [];
      return ports
        .map((port) => ({ node: node.id, kind, port }) as Place)
        .filter((other) => this.refusal(between(place, other)) === null);
    });
  }
}

/** The ends of an edge between an output and an input, in either order. */
export function between(one: Place, other: Place): Ends {
  const [from, to] = one.kind === 'output' ? [one, other] : [other, one];
  return { source: from.node, sourceHandle: from.port.name, target: to.node, targetHandle: to.port.name };
}

/** Whether a node of a type may connect to a place: also where its ports are not known before it is configured. */
export function mayFit(type: NodeType, place: Place): boolean {
  const side = place.kind === 'output' ? type.inputs : type.outputs;
  return fittingPort(type, place) !== undefined || (type.dynamicPorts && side.length === 0);
}

/** The port of a type of node that an edge from or to a place would use; undefined when none fits. */
export function fittingPort(type: Ports, place: Place): Port | undefined {
  const here = parseType(place.port.type);
  return place.kind === 'output'
    ? type.inputs.find((input) => connects(here, parseType(input.type)))
    : type.outputs.find((output) => connects(parseType(output.type), here));
}

/** Why an edge that is there can't work, by the id of the edge: what the page knows before the server says it. */
export function brokenEdges(wires: Wires): Map<string, string> {
  const there = new Set(wires.document.nodes.map(({ id }) => id));
  const broken = new Map<string, string>();
  for (const edge of wires.document.edges) {
    const why = whyBroken(edge, there, wires);
    if (why !== null) broken.set(edge.id, why);
  }
  return broken;
}

function whyBroken(edge: SavedEdge, there: ReadonlySet<string>, wires: Wires): string | null {
  if (!there.has(edge.source)) return `It begins at “${edge.source}”, which is not there`;
  if (!there.has(edge.target)) return `It leads to “${edge.target}”, which is not there`;
  const ends = endsOf(edge, wires);
  const output = wires.ports.get(edge.source)?.outputs.find((port) => port.name === ends.sourceHandle);
  const input = wires.ports.get(edge.target)?.inputs.find((port) => port.name === ends.targetHandle);
  const isKnown = (id: string) => wires.types.has(wires.document.nodes.find((node) => node.id === id)?.type ?? '');
  if (output?.missing && isKnown(edge.source)) {
    return `“${nameOfNode(wires, edge.source)}” has no output “${output.name}”`;
  }
  if (input?.missing && isKnown(edge.target)) return `“${nameOfNode(wires, edge.target)}” has no input “${input.name}”`;
  if (output === undefined || input === undefined) return null;
  const [gives, takes] = [parseType(output.type), parseType(input.type)];
  return connects(gives, takes) ? null : `It gives ${described(gives)}, but ${described(takes)} is taken`;
}
