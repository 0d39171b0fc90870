import {
  applyEdgeChanges,
  applyNodeChanges,
  ReactFlow,
  useReactFlow,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type OnConnectStartParams,
  type Viewport,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent as ReactMouseEvent } from 'react';
import { Plus, Workflow } from 'lucide-react';
import { announce } from '@/components/announce';
import { Button } from '@/components/Button';
import { classes } from '@/components/classes';
import { between, Connector, type Ends, type Place } from '../model/connect';
import { moved, type Point } from '../model/document';
import { shownDocument, useCanEdit, useEditor, useEditorStore } from '../model/editorStore';
import { holdsGraph } from '../model/nested';
import { openInside } from './actions';
import { useTools } from './control';
import { Dots } from './Dots';
import { GraphEdge, type FlowEdge } from './GraphEdge';
import { GraphNode, type FlowNode } from './GraphNode';
import { useOutOfSight } from './outOfSight';
import { Overview } from './Overview';
import { flowEdges, flowNodes, type Shown } from './reconcile';
import './graph.css';

// Outside of the component: types made anew would mount every node anew.
const NODE_TYPES = { studio: GraphNode };
const EDGE_TYPES = { studio: GraphEdge };
const FIT = { padding: 0.08, maxZoom: 1 };
/** Below this words are smaller than 4 pixels. */
const FAR_ZOOM = 0.3;
const MOST_WITH_DOTS = 120;
const SNAP: [number, number] = [10, 10];
const LABELS = {
  'node.a11yDescription.default':
    'Press Enter to select the node, arrow keys to move it, C to connect it, Delete to delete it, Escape to leave it.',
  'edge.a11yDescription.default': 'Press Enter to select the edge, Delete to delete it, Escape to leave it.',
};
const DELETE_KEYS = ['Delete', 'Backspace'];
const MULTI_KEYS = ['Shift', 'Control', 'Meta'];

type Refusal = { text: string; x: number; y: number } | null;

function ends(connection: Connection | FlowEdge): Ends {
  return {
    source: connection.source,
    sourceHandle: connection.sourceHandle ?? '',
    target: connection.target,
    targetHandle: connection.targetHandle ?? '',
  };
}

function point(event: MouseEvent | TouchEvent): Point {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

/** Keeps the nodes and edges of the canvas in step with the document. */
function useFlow() {
  const document = useEditor(shownDocument);
  const types = useEditor((state) => state.types);
  const ports = useEditor((state) => state.ports);
  const broken = useEditor((state) => state.broken);
  const problems = useEditor((state) => state.problems);
  const fixed = !useCanEdit();
  const shown = useMemo<Shown>(
    () => ({ document, types, ports, broken, problems, fixed }),
    [document, types, ports, broken, problems, fixed],
  );
  const [nodes, setNodes] = useState<FlowNode[]>(() => flowNodes(shown, []));
  const [edges, setEdges] = useState<FlowEdge[]>(() => flowEdges(shown, []));
  const drawn = useRef(shown);
  useEffect(() => {
    if (drawn.current === shown) return;
    drawn.current = shown;
    setNodes((before) => flowNodes(shown, before));
    setEdges((before) => flowEdges(shown, before));
  }, [shown]);
  return { nodes, setNodes, edges, setEdges, fixed };
}

/** The graph as a picture that can be changed. */
export function Canvas({ className, dark }: { className?: string; dark: boolean }) {
  const store = useEditorStore();
  const { canvas, asked } = useTools();
  const { nodes, setNodes, edges, setEdges, fixed } = useFlow();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const wrapper = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | null>(null);
  const dragging = useRef(false);
  const connecting = useRef<{ connector: Connector; from: Place } | null>(null);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const [far, setFar] = useState(false);

  useEffect(() => {
    const middle = () => {
      const box = wrapper.current?.getBoundingClientRect();
      return flow.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
    };
    return canvas.occupy({
      middle,
      pointer: () => (pointer.current === null ? middle() : flow.screenToFlowPosition(pointer.current)),
      aim: (at) => {
        pointer.current = at;
      },
      fit: () => void flow.fitView(FIT),
      zoom: (by) => void (by === 'in' ? flow.zoomIn() : by === 'out' ? flow.zoomOut() : flow.zoomTo(1)),
      select: (chosen, chosenEdges = []) => {
        setNodes((before) =>
          before.map((node) =>
            node.selected === chosen.includes(node.id) ? node : { ...node, selected: !node.selected },
          ),
        );
        setEdges((before) =>
          before.map((edge) =>
            Boolean(edge.selected) === chosenEdges.includes(edge.id) ? edge : { ...edge, selected: !edge.selected },
          ),
        );
      },
      reveal: (id) => {
        setNodes((before) =>
          before.map((node) =>
            Boolean(node.selected) === (node.id === id) ? node : { ...node, selected: node.id === id },
          ),
        );
        // After the node is drawn, which it may not be yet.
        requestAnimationFrame(() => {
          void flow.fitView({ nodes: [{ id }], duration: 200, maxZoom: Math.max(flow.getZoom(), 0.8), minZoom: 0.5 });
          wrapper.current
            ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
            ?.focus({ preventScroll: true });
        });
      },
      sizeOf: (id) => {
        const { width = 232, height = 120 } = flow.getNode(id)?.measured ?? {};
        return { width, height };
      },
    });
  }, [canvas, flow, setNodes, setEdges]);

  const place = useCallback(
    (changes: readonly { id: string; position: Point }[], label: string, key: string | null) => {
      const places = new Map(
        changes.map(({ id, position }) => [id, { x: Math.round(position.x), y: Math.round(position.y) }]),
      );
      store.change(label, (document) => moved(document, places), key);
    },
    [store],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      if (dragging.current) return;
      // Moved by the arrow keys: as long as they are the only thing used, it is one entry of undo.
      const places = changes.flatMap((change) =>
        change.type === 'position' && change.position ? [{ id: change.id, position: change.position }] : [],
      );
      if (places.length > 0) place(places, 'Move', 'arrows');
    },
    [setNodes, place],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => setEdges((before) => applyEdgeChanges(changes, before)),
    [setEdges],
  );
  const onDragStart = useCallback(() => {
    dragging.current = true;
    store.settle();
  }, [store]);
  const onDragStop = useCallback(
    (_event: unknown, _node: FlowNode, all: FlowNode[]) => {
      dragging.current = false;
      place(all, all.length === 1 ? 'Move' : `Move ${all.length} nodes`, null);
    },
    [place],
  );
  const onSelectionDragStop = useCallback(
    (event: unknown, all: FlowNode[]) => all[0] && onDragStop(event, all[0], all),
    [onDragStop],
  );
  const onSelectionChange = useCallback(
    ({ nodes: chosen, edges: lines }: { nodes: FlowNode[]; edges: FlowEdge[] }) => {
      const selectedNodes = chosen.map(({ id }) => id);
      const selectedEdges = lines.map(({ id }) => id);
      const before = store.get();
      if (
        before.selectedNodes.join('\n') === selectedNodes.join('\n') &&
        before.selectedEdges.join('\n') === selectedEdges.join('\n')
      ) {
        return;
      }
      store.settle();
      store.set({
        selectedNodes,
        selectedEdges,
        ...(selectedNodes.length === 1 && before.panel !== 'run' && { panel: 'node' as const }),
      });
    },
    [store],
  );
  const onDelete = useCallback(
    ({ nodes: chosen, edges: lines }: { nodes: FlowNode[]; edges: FlowEdge[] }) => {
      if (store.canEdit) store.remove(new Set(chosen.map(({ id }) => id)), new Set(lines.map(({ id }) => id)));
      // The document decides what goes.
      return Promise.resolve(false);
    },
    [store],
  );

  const onConnectStart = useCallback(
    (_event: MouseEvent | TouchEvent, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      const kind = handleType === 'source' ? 'output' : 'input';
      const ports = store.get().ports.get(nodeId ?? '');
      const port = (kind === 'output' ? ports?.outputs : ports?.inputs)?.find(({ name }) => name === (handleId ?? ''));
      if (nodeId === null || port === undefined) return;
      const connector = new Connector(store.wires);
      const from: Place = { node: nodeId, kind, port };
      connecting.current = { connector, from };
      const fits = new Set(connector.partners(from).map((other) => JSON.stringify([other.node, other.port.name])));
      setRefusal(null);
      // Straight at the handles: drawing every node anew for this would take longer than the hand waits.
      const other = kind === 'output' ? '.target' : '.source';
      wrapper.current?.querySelectorAll<HTMLElement>('.graph-port').forEach((handle) => {
        const { nodeid = '', handleid = '' } = handle.dataset;
        const self = nodeid === nodeId && handleid === (handleId ?? '') && !handle.matches(other);
        if (self) return;
        handle.dataset.fit = handle.matches(other) && fits.has(JSON.stringify([nodeid, handleid])) ? 'yes' : 'no';
      });
    },
    [store],
  );
  const isValid = useCallback(
    (connection: Connection | FlowEdge) =>
      (connecting.current?.connector ?? new Connector(store.wires)).refusal(ends(connection)) === null,
    [store],
  );
  const onConnect = useCallback((connection: Connection) => void store.connect(ends(connection)), [store]);
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const under = connecting.current;
      connecting.current = null;
      wrapper.current?.querySelectorAll<HTMLElement>('[data-fit]').forEach((handle) => delete handle.dataset.fit);
      if (under === null || state.isValid) return;
      const at = point(event);
      if (state.toHandle === null || state.toHandle === undefined) {
        const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
        if (onPane) asked.add({ at: flow.screenToFlowPosition(at), from: under.from });
        return;
      }
      const { nodeId, id, type } = state.toHandle;
      const kind = type === 'source' ? 'output' : 'input';
      const ports = store.get().ports.get(nodeId);
      const port = (kind === 'output' ? ports?.outputs : ports?.inputs)?.find(({ name }) => name === (id ?? ''));
      if (
        port === undefined ||
        (nodeId === under.from.node && kind === under.from.kind && port.name === under.from.port.name)
      )
        return;
      const why =
        kind === under.from.kind
          ? `Both are ${kind}s; an edge leads from an output to an input`
          : under.connector.refusal(between(under.from, { node: nodeId, kind, port }));
      if (why === null) return;
      const box = wrapper.current?.getBoundingClientRect();
      setRefusal({ text: why, x: at.x - (box?.left ?? 0), y: at.y - (box?.top ?? 0) });
      announce(`Not connected. ${why}`);
    },
    [asked, flow, store],
  );

  useEffect(() => {
    if (refusal === null) return undefined;
    const timer = setTimeout(() => setRefusal(null), 6000);
    return () => clearTimeout(timer);
  }, [refusal]);

  const onPaneContextMenu = useCallback(
    (event: MouseEvent | ReactMouseEvent) => {
      event.preventDefault();
      if (store.canEdit) asked.add({ at: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
    },
    [asked, flow, store],
  );
  const onNodeDoubleClick = useCallback(
    (_event: ReactMouseEvent, { data }: FlowNode) => {
      if (holdsGraph(data.saved)) void openInside(store, [...store.get().path, data.saved.id]);
    },
    [store],
  );
  const leaveOut = useOutOfSight(wrapper);
  const onMove = useCallback(
    (_event: unknown, viewport: Viewport) => {
      setFar(viewport.zoom < FAR_ZOOM);
      leaveOut(viewport, false);
    },
    [leaveOut],
  );
  const onMoveEnd = useCallback((_event: unknown, viewport: Viewport) => leaveOut(viewport, true), [leaveOut]);
  const onPointerMove = useCallback((event: React.PointerEvent) => {
    pointer.current = { x: event.clientX, y: event.clientY };
  }, []);
  const onPointerLeave = useCallback(() => {
    pointer.current = null;
  }, []);
  const onHandleClick = useCallback(
    (event: ReactMouseEvent) => {
      // A click at a handle, not a drag, offers what fits there.
      const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('.graph-port') : null;
      if (handle === null || !store.canEdit) return;
      const { nodeid: node = '', handleid = '' } = handle.dataset;
      const kind = handle.classList.contains('source') ? 'output' : 'input';
      const ports = store.get().ports.get(node);
      const port = (kind === 'output' ? ports?.outputs : ports?.inputs)?.find(({ name }) => name === handleid);
      if (port !== undefined && !port.missing) asked.add({ from: { node, kind, port } });
    },
    [asked, store],
  );

  return (
    // What the pointer does here the keys do too: useKeys has them.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      ref={wrapper}
      className={classes('graph-canvas relative', className)}
      data-far={far || undefined}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
      onClick={onHandleClick}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStart={onDragStart}
        onNodeDragStop={onDragStop}
        onSelectionDragStart={onDragStart}
        onSelectionDragStop={onSelectionDragStop}
        onSelectionChange={onSelectionChange}
        onBeforeDelete={onDelete}
        onConnectStart={onConnectStart}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValid}
        onPaneContextMenu={onPaneContextMenu}
        onNodeDoubleClick={onNodeDoubleClick}
        onMove={onMove}
        onMoveEnd={onMoveEnd}
        nodesConnectable={!fixed}
        connectOnClick={false}
        deleteKeyCode={fixed ? null : DELETE_KEYS}
        multiSelectionKeyCode={MULTI_KEYS}
        snapToGrid
        snapGrid={SNAP}
        connectionRadius={28}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={FIT}
        colorMode={dark ? 'dark' : 'light'}
        ariaLabelConfig={LABELS}
      >
        {/* From far away the dots are a haze, and the canvas is its own overview. Painting dots for each frame takes as long
            as some thirty nodes, which a large graph has no time for. */}
        {!far && nodes.length < MOST_WITH_DOTS && <Dots />}
      </ReactFlow>
      {!far && nodes.length > 8 && <Overview />}
      {nodes.length === 0 && <EmptyCanvas onAdd={fixed ? null : () => asked.add()} />}
      {refusal && (
        <p
          role="status"
          className="pointer-events-none absolute z-10 max-w-72 rounded-md border border-bad/50 bg-bad-wash px-2.5 py-1.5 text-sm text-ink shadow-float"
          style={{ left: Math.max(8, refusal.x - 140), top: refusal.y + 14 }}
        >
          {refusal.text}
        </p>
      )}
    </div>
  );
}

/** Says how a graph begins. */
function EmptyCanvas({ onAdd }: { onAdd: (() => void) | null }) {
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center p-6">
      <div className="flex max-w-80 flex-col items-center gap-2 rounded-xl border border-dashed bg-surface/90 px-6 py-5 text-center">
        <Workflow size={26} className="text-accent" aria-hidden />
        <p className="font-medium">This graph is empty</p>
        {onAdd !== null && (
          <>
            <p className="text-sm text-soft">
              Begin with an input. Drag a node here, right-click, or press A; then connect its output to what comes
              next.
            </p>
            <Button size="small" look="primary" icon={Plus} className="pointer-events-auto mt-1" onClick={onAdd}>
              Add the first node
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
