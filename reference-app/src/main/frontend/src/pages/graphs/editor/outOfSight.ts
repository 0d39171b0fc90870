import { useStoreApi } from '@xyflow/react';
import { useCallback, useRef, type RefObject } from 'react';

/** Below this, drawing everything costs less than finding out what can be seen. */
const MANY_NODES = 40;
/** How far beyond the edge of the canvas nodes are whole, in pixels of the screen: what comes into sight is there before. */
const MARGIN = 250;

/**
 * Leaves out what is inside of nodes that can't be seen. The nodes stay, so that the keyboard and screen readers reach them;
 * set at the elements themselves, since drawing nodes anew would take longer than it saves. While the canvas moves, what comes
 * near is put back; what has gone is left out when it rests, for the one who moves it back and forth.
 */
export function useOutOfSight(wrapper: RefObject<HTMLElement | null>) {
  const flow = useStoreApi();
  const out = useRef(new Set<string>());
  return useCallback(
    ({ x, y, zoom }: { x: number; y: number; zoom: number }, rests: boolean) => {
      const { nodeLookup, width, height } = flow.getState();
      if (nodeLookup.size < MANY_NODES && out.current.size === 0) return;
      for (const [id, node] of nodeLookup) {
        const { width: wide, height: high } = node.measured;
        if (wide === undefined || high === undefined) continue;
        const left = node.internals.positionAbsolute.x * zoom + x;
        const top = node.internals.positionAbsolute.y * zoom + y;
        const isOut =
          nodeLookup.size >= MANY_NODES &&
          (left > width + MARGIN ||
            top > height + MARGIN ||
            left + wide * zoom < -MARGIN ||
            top + high * zoom < -MARGIN);
        if (isOut === out.current.has(id) || (isOut && !rests)) continue;
        const element = wrapper.current?.querySelector<HTMLElement>(
          `.react-flow__node[data-id="${CSS.escape(id)}"] > .graph-node`,
        );
        if (!element) continue;
        element.toggleAttribute('data-out', isOut);
        if (isOut) out.current.add(id);
        else out.current.delete(id);
      }
    },
    [flow, wrapper],
  );
}
