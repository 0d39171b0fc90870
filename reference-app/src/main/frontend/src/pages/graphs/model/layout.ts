import { snapped, type GraphDocument, type Point } from './document';

const BETWEEN_LAYERS = 90;
const BETWEEN_NODES = 40;

/** Where the nodes stand well: from left to right along the edges, keeping the place of the top left one. */
export async function arrange(
  document: GraphDocument,
  sizeOf: (id: string) => { width: number; height: number },
): Promise<Map<string, Point>> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_LAYERS, nodesep: BETWEEN_NODES, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  document.nodes.forEach(({ id }) => graph.setNode(id, { ...sizeOf(id) }));
  for (const { id, source, target } of document.edges) {
    if (graph.hasNode(source) && graph.hasNode(target)) graph.setEdge(source, target, {}, id);
  }
  layout(graph);
  const places = document.nodes.map(({ id }): [string, Point] => {
    const {
      x = 0,
      y = 0,
      width = 0,
      height = 0,
    } = graph.node(id) as Partial<Point & { width: number; height: number }>;
    return [id, { x: x - width / 2, y: y - height / 2 }];
  });
  const left = (points: Iterable<Point>) => Math.min(...[...points].map(({ x }) => x));
  const top = (points: Iterable<Point>) => Math.min(...[...points].map(({ y }) => y));
  const before = document.nodes.map(({ position }) => position);
  const after = places.map(([, point]) => point);
  const shift = { x: left(before) - left(after), y: top(before) - top(after) };
  return new Map(places.map(([id, { x, y }]) => [id, snapped({ x: x + shift.x, y: y + shift.y })]));
}
