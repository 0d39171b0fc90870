/**
 * How values flow through a graph, as far as it decides whether an edge may be added. The rules are the server's: two edges
 * may lead to an input for one value when they can't bring one at the same time, as one closes a loop or they lie on
 * different branches of one node; and a loop needs a branch that can end it.
 */

export interface FlowEdge {
  source: string;
  sourceHandle: string;
  target: string;
  targetHandle: string;
}

export interface FlowNode {
  id: string;
  /** It gives a value to exactly one of its outputs. */
  isChoice: boolean;
  /** Inputs that may be left open: what leads to them says nothing about when the node runs. */
  optionalInputs: ReadonlySet<string>;
  /** Outputs that may have no value: an edge from one of them can end a loop. */
  optionalOutputs: ReadonlySet<string>;
}

type Follow = (edge: FlowEdge) => boolean;

/** Whether there is a way along the edges. */
export function reaches(edges: readonly FlowEdge[], from: string, to: string, follow: Follow = () => true): boolean {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    if (follow(edge)) next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target]);
  }
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const target of next.get(at) ?? []) {
      if (!seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
    }
  }
  return false;
}

type Guards = ReadonlySet<string>;
const NONE: Guards = new Set();
const guardOf = (node: string, output: string) => JSON.stringify([node, output]);

function guardsOf(edge: FlowEdge, nodes: Map<string, FlowNode>, guards: Map<string, Guards>): Guards {
  const before = guards.get(edge.source) ?? NONE;
  if (!nodes.get(edge.source)?.isChoice) return before;
  return new Set([...before, guardOf(edge.source, edge.sourceHandle)]);
}

/** The branches that must have been taken when a node gives anything, by node; narrowed until nothing changes. */
function allGuards(nodes: Map<string, FlowNode>, edges: readonly FlowEdge[]): Map<string, Guards> {
  const guards = new Map<string, Guards>();
  const open = [...nodes.values()];
  const queued = new Set(nodes.keys());
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    queued.delete(node.id);
    const narrowed = narrow(node, nodes, edges, guards);
    const before = guards.get(node.id);
    if (narrowed === null || (before !== undefined && sameSet(before, narrowed))) continue;
    guards.set(node.id, narrowed);
    for (const edge of edges) {
      const target = nodes.get(edge.target);
      if (edge.source !== node.id || target === undefined || queued.has(target.id)) continue;
      queued.add(target.id);
      open.push(target);
    }
  }
  return guards;
}

/** Null while they still may be all guards. */
function narrow(node: FlowNode, nodes: Map<string, FlowNode>, edges: readonly FlowEdge[], guards: Map<string, Guards>) {
  const byInput = new Map<string, Guards | null>();
  for (const edge of edges) {
    if (edge.target !== node.id || node.optionalInputs.has(edge.targetHandle)) continue;
    const before = byInput.get(edge.targetHandle) ?? null;
    if (!guards.has(edge.source)) {
      byInput.set(edge.targetHandle, before);
      continue;
    }
    const mine = guardsOf(edge, nodes, guards);
    byInput.set(edge.targetHandle, before === null ? mine : new Set([...mine].filter((guard) => before.has(guard))));
  }
  const all = new Set<string>();
  for (const common of byInput.values()) {
    if (common === null) return null;
    common.forEach((guard) => all.add(guard));
  }
  return all;
}

function sameSet(one: Guards, other: Guards): boolean {
  return one.size === other.size && [...one].every((guard) => other.has(guard));
}

/** Whether both name different branches of one node. */
function exclusive(one: Guards, other: Guards): boolean {
  const branches = new Map([...one].map((guard) => [(JSON.parse(guard) as string[])[0], guard]));
  return [...other].some((guard) => {
    const branch = branches.get((JSON.parse(guard) as string[])[0]);
    return branch !== undefined && branch !== guard;
  });
}

/** Whether two edges to one input can bring a value at the same time. */
export function collide(
  one: FlowEdge,
  other: FlowEdge,
  nodes: Map<string, FlowNode>,
  edges: readonly FlowEdge[],
): boolean {
  const closesLoop = (edge: FlowEdge) => reaches(edges, edge.target, edge.source);
  if (closesLoop(one) || closesLoop(other)) return false;
  const guards = allGuards(nodes, edges);
  return !exclusive(guardsOf(one, nodes, guards), guardsOf(other, nodes, guards));
}

/** Whether an edge closes a loop of edges that are always followed. */
export function loopsForEver(edge: FlowEdge, nodes: Map<string, FlowNode>, edges: readonly FlowEdge[]): boolean {
  const always: Follow = ({ source, sourceHandle }) => !nodes.get(source)?.optionalOutputs.has(sourceHandle);
  return always(edge) && reaches(edges, edge.target, edge.source, always);
}
