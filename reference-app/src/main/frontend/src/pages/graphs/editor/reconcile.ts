import { MarkerType } from '@xyflow/react';
import type { GraphProblem, NodeType } from '../shapes';
import { nameOfPort } from '../model/connect';
import type { GraphDocument } from '../model/document';
import { nodeOf } from '../model/editorStore';
import { NO_PORTS, type ShownPorts } from '../model/ports';
import type { FlowEdge } from './GraphEdge';
import type { FlowNode } from './GraphNode';

export interface Shown {
  document: GraphDocument;
  types: ReadonlyMap<string, NodeType>;
  ports: ReadonlyMap<string, ShownPorts>;
  broken: ReadonlyMap<string, string>;
  problems: readonly GraphProblem[];
  fixed: boolean;
}

/** What is wrong with each node, in words. */
function wrongNodes({ problems, document }: Shown): Map<string, string> {
  const wrong = new Map<string, string>();
  for (const problem of problems) {
    const node = nodeOf(problem, document);
    if (node !== undefined && !wrong.has(node)) wrong.set(node, `${problem.message}. ${problem.mend}`);
  }
  return wrong;
}

/** The nodes of the canvas for a document. Those that didn't change stay the same objects, with size and selection. */
export function flowNodes(shown: Shown, before: readonly FlowNode[]): FlowNode[] {
  const wrong = wrongNodes(shown);
  const byId = new Map(before.map((node) => [node.id, node]));
  const nodes = shown.document.nodes.map((saved): FlowNode => {
    const earlier = byId.get(saved.id);
    const type = shown.types.get(saved.type);
    const data: FlowNode['data'] = {
      saved,
      type,
      ports: shown.ports.get(saved.id) ?? NO_PORTS,
      wrong: wrong.get(saved.id),
      fixed: shown.fixed,
    };
    const same =
      earlier &&
      earlier.data.saved === saved &&
      earlier.data.type === type &&
      earlier.data.ports === data.ports &&
      earlier.data.wrong === data.wrong &&
      earlier.data.fixed === data.fixed;
    const placed = earlier && earlier.position.x === saved.position.x && earlier.position.y === saved.position.y;
    if (same && placed) return earlier;
    const title = saved.data.title ?? type?.title ?? saved.type;
    return {
      ...earlier,
      id: saved.id,
      type: 'studio',
      position: { x: saved.position.x, y: saved.position.y },
      data: same ? earlier.data : data,
      draggable: !shown.fixed,
      ariaLabel: [
        `${title}, ${type === undefined ? `unknown type ${saved.type}` : type.title}`,
        `inputs: ${data.ports.inputs.map(nameOfPort).join(', ') || 'none'}`,
        `outputs: ${data.ports.outputs.map(nameOfPort).join(', ') || 'none'}`,
        ...(data.wrong === undefined ? [] : [`problem: ${data.wrong}`]),
      ].join('; '),
    };
  });
  return nodes.length === before.length && nodes.every((node, index) => node === before[index]) ? [...before] : nodes;
}

const ARROW = { type: MarkerType.ArrowClosed, width: 14, height: 14, color: null } as const;

/** The edges of the canvas; those that lead to no node can't be drawn, and stand in the list of problems. */
export function flowEdges(shown: Shown, before: readonly FlowEdge[]): FlowEdge[] {
  const byId = new Map(before.map((edge) => [edge.id, edge]));
  const titles = new Map(
    shown.document.nodes.map((node) => [node.id, node.data.title ?? shown.types.get(node.type)?.title ?? node.id]),
  );
  return shown.document.edges.flatMap((saved): FlowEdge[] => {
    const [from, to] = [titles.get(saved.source), titles.get(saved.target)];
    if (from === undefined || to === undefined) return [];
    const ports = { from: shown.ports.get(saved.source), to: shown.ports.get(saved.target) };
    const sourceHandle = saved.sourceHandle || (ports.from?.outputs[0]?.name ?? '');
    const targetHandle = saved.targetHandle || (ports.to?.inputs[0]?.name ?? '');
    const broken = shown.broken.get(saved.id);
    const earlier = byId.get(saved.id);
    const same =
      earlier &&
      earlier.source === saved.source &&
      earlier.target === saved.target &&
      earlier.sourceHandle === sourceHandle &&
      earlier.targetHandle === targetHandle &&
      earlier.data?.broken === broken;
    if (same) return [earlier];
    return [
      {
        ...earlier,
        id: saved.id,
        type: 'studio',
        source: saved.source,
        target: saved.target,
        sourceHandle,
        targetHandle,
        data: { broken },
        className: broken === undefined ? '' : 'is-broken',
        markerEnd: ARROW,
        ariaLabel: `Edge from ${from}, ${sourceHandle}, to ${to}, ${targetHandle}${broken === undefined ? '' : `; problem: ${broken}`}`,
      },
    ];
  });
}
