import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import { useShownDocument } from '../model/editorStore';

const WIDTH = 190;
const HEIGHT = 126;
const PAD = 8;
const SIZE = { width: 232, height: 110 };

/**
 * The whole graph as small as a stamp, with a frame around what shows; a press or a drag goes there. Only the frame moves
 * with the canvas, by hand: React Flow's own overview is drawn anew for each frame. Remembered, since the canvas around it
 * is drawn anew while a node is dragged.
 */
export const Overview = memo(function Overview() {
  const flow = useStoreApi();
  const { setCenter, getZoom } = useReactFlow();
  const { nodes } = useShownDocument();
  const frame = useRef<HTMLDivElement>(null);
  const { scale, left, top, rects } = useMemo(() => {
    const { nodeLookup } = flow.getState();
    const all = nodes.map(({ id, position }) => {
      const { width = SIZE.width, height = SIZE.height } = nodeLookup.get(id)?.measured ?? {};
      return { id, x: position.x, y: position.y, width, height };
    });
    const [x0, y0] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
    const x1 = Math.max(...all.map(({ x, width }) => x + width));
    const y1 = Math.max(...all.map(({ y, height }) => y + height));
    const fits = Math.min((WIDTH - 2 * PAD) / (x1 - x0), (HEIGHT - 2 * PAD) / (y1 - y0));
    return {
      scale: fits,
      left: x0 - (WIDTH / fits - (x1 - x0)) / 2,
      top: y0 - (HEIGHT / fits - (y1 - y0)) / 2,
      rects: all,
    };
  }, [flow, nodes]);
  useEffect(() => {
    const draw = () => {
      if (frame.current === null) return;
      const { transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      const { style } = frame.current;
      style.transform = `translate(${(-x / zoom - left) * scale}px, ${(-y / zoom - top) * scale}px)`;
      style.width = `${(width / zoom) * scale}px`;
      style.height = `${(height / zoom) * scale}px`;
    };
    draw();
    return flow.subscribe(draw);
  }, [flow, left, scale, top]);
  const go = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / scale + left, (event.clientY - box.top) / scale + top];
    void setCenter(x, y, { zoom: getZoom() });
  };
  return (
    // A help for the mouse: keys and the list go everywhere without it.
    <div
      role="img"
      aria-label="Overview of the graph"
      className="graph-overview nopan nodrag max-sm:hidden"
      style={{ width: WIDTH, height: HEIGHT }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <svg width={WIDTH} height={HEIGHT} viewBox={`${left} ${top} ${WIDTH / scale} ${HEIGHT / scale}`} aria-hidden>
        {rects.map(({ id, ...rect }) => (
          <rect key={id} {...rect} rx={16} />
        ))}
      </svg>
      <div ref={frame} className="graph-overview-frame" />
    </div>
  );
});
