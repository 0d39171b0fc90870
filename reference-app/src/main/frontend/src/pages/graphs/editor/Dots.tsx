import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';

const GAP = 20;
/** Dots nearer to each other than this are a haze. */
const NEAREST = 7;

/** The dots of the grid, moved by hand: React Flow's own background is drawn anew for each frame. */
export function Dots() {
  const flow = useStoreApi();
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = layer;
    if (current === null) return undefined;
    let size = 0;
    const draw = () => {
      const [x, y, zoom] = flow.getState().transform;
      let gap = GAP * zoom;
      while (gap < NEAREST) gap *= 2;
      if (gap !== size) {
        size = gap;
        current.style.backgroundSize = `${gap}px ${gap}px`;
        current.style.inset = `${-gap}px`;
      }
      current.style.transform = `translate(${x % gap}px, ${y % gap}px)`;
    };
    draw();
    return flow.subscribe(draw);
  }, [flow]);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <div ref={layer} className="graph-dots" />
    </div>
  );
}
