import { ReactFlow, useEdgesState, useNodesState, type Edge, type Node, type ReactFlowInstance } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/style.css';

/** The least that a page with React Flow is: its own nodes and edges, and nothing else. */
function Bare({ graph }: { graph: { nodes: Node[]; edges: Edge[] } }) {
  const [nodes, , onNodesChange] = useNodesState(graph.nodes);
  const [edges, , onEdgesChange] = useEdgesState(graph.edges);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onInit={(flow: ReactFlowInstance) => Object.assign(window, { zoomTo: (zoom: number) => flow.zoomTo(zoom) })}
      fitView
      minZoom={0.1}
    />
  );
}

const root = document.getElementById('root');
const graph = (await (await fetch('/bare-graph')).json()) as { nodes: Node[]; edges: Edge[] };
if (root !== null) createRoot(root).render(<Bare graph={graph} />);
