import type { SavedGraph } from './shapes';

const NODE = { width: 232, height: 110 };
const PAD = 40;

/** The shape of a graph, as small as a stamp. */
export function Thumbnail({ graph }: { graph: SavedGraph }) {
  const nodes = graph.nodes.filter(({ position }) => Number.isFinite(position?.x) && Number.isFinite(position?.y));
  if (nodes.length === 0) return <div className="h-24 rounded bg-sunken" aria-hidden />;
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const left = Math.min(...xs) - PAD;
  const top = Math.min(...ys) - PAD;
  const width = Math.max(...xs) + NODE.width + PAD - left;
  const height = Math.max(...ys) + NODE.height + PAD - top;
  return (
    <svg viewBox={`${left} ${top} ${width} ${height}`} className="h-24 w-full rounded bg-sunken" aria-hidden>
      {graph.edges.map((edge) => {
        const [from, to] = [places.get(edge.source), places.get(edge.target)];
        if (from === undefined || to === undefined) return null;
        const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
        const [x2, y2] = [to.x, to.y + NODE.height / 2];
        const bend = Math.max(60, Math.abs(x2 - x1) / 2);
        return (
          <path
            key={edge.id}
            d={`M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`}
            fill="none"
            stroke="var(--edge)"
            strokeWidth={9}
          />
        );
      })}
      {nodes.map(({ id, position }) => (
        <rect
          key={id}
          x={position.x}
          y={position.y}
          width={NODE.width}
          height={NODE.height}
          rx={22}
          fill="var(--surface)"
          stroke="var(--accent)"
          strokeWidth={7}
        />
      ))}
    </svg>
  );
}
