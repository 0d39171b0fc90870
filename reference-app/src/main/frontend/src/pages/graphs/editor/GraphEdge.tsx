import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';

export type FlowEdge = Edge<{ broken: string | undefined }, 'studio'>;

/** An edge; one that can't work says why. */
export const GraphEdge = memo(function GraphEdge({
  id,
  sourceX,
  sourceY,
  sourcePosition,
  targetX,
  targetY,
  targetPosition,
  data,
  markerEnd,
  interactionWidth,
}: EdgeProps<FlowEdge>) {
  const [path, x, y] = getBezierPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition });
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd && { markerEnd })} {...(interactionWidth && { interactionWidth })} />
      {data?.broken !== undefined && (
        <EdgeLabelRenderer>
          <p
            className="pointer-events-none absolute flex max-w-52 items-start gap-1 rounded border border-bad/50 bg-bad-wash px-1.5 py-0.5 text-xs text-bad"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            <TriangleAlert size={13} className="mt-0.5 shrink-0" aria-hidden />
            {data.broken}
          </p>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
