import { useStoreApi } from '@xyflow/react';
import { XYHandle } from '@xyflow/system';
import type { MouseEvent, TouchEvent } from 'react';
import { classes } from '@/components/classes';

/**
 * The place of a node where edges begin or end. It does what React Flow's own `Handle` does for edges that are dragged, but
 * listens to nothing: each `Handle` looks at the canvas anew whenever that moves, which a large graph has no time for.
 */
export function Port({
  node,
  name,
  side,
  kind,
  title,
  connectable,
}: {
  node: string;
  name: string;
  side: 'input' | 'output';
  kind: string;
  title: string;
  connectable: boolean;
}) {
  const store = useStoreApi();
  const input = side === 'input';
  const place = input ? 'left' : 'right';
  const id = name || null;
  const begin = (event: MouseEvent<HTMLElement> | TouchEvent<HTMLElement>) => {
    if (!connectable || ('button' in event && event.button !== 0)) return;
    const flow = store.getState();
    XYHandle.onPointerDown(event.nativeEvent, {
      handleDomNode: event.currentTarget,
      nodeId: node,
      handleId: id,
      isTarget: input,
      flowId: flow.rfId,
      lib: flow.lib,
      domNode: flow.domNode,
      nodeLookup: flow.nodeLookup,
      connectionMode: flow.connectionMode,
      connectionRadius: flow.connectionRadius,
      autoPanOnConnect: flow.autoPanOnConnect,
      autoPanSpeed: flow.autoPanSpeed,
      dragThreshold: flow.connectionDragThreshold,
      panBy: flow.panBy,
      updateConnection: flow.updateConnection,
      cancelConnection: flow.cancelConnection,
      ...(flow.onConnectStart && { onConnectStart: flow.onConnectStart }),
      onConnect: (connection) => store.getState().onConnect?.(connection),
      onConnectEnd: (...end) => store.getState().onConnectEnd?.(...end),
      isValidConnection: (connection) => store.getState().isValidConnection?.(connection) ?? true,
      getTransform: () => store.getState().transform,
      getFromHandle: () => store.getState().connection.fromHandle,
    });
  };
  return (
    // Keys connect nodes by a dialog; see ConnectDialog.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      // What React Flow finds its handles by.
      data-id={`${store.getState().rfId}-${node}-${id}-${input ? 'target' : 'source'}`}
      data-nodeid={node}
      data-handleid={id}
      data-handlepos={place}
      className={classes(
        'react-flow__handle nodrag nopan graph-port',
        `react-flow__handle-${place}`,
        input ? 'target' : 'source',
        connectable && 'connectable connectablestart connectableend connectionindicator',
      )}
      data-kind={kind}
      title={title}
      onMouseDown={begin}
      onTouchStart={begin}
    />
  );
}
