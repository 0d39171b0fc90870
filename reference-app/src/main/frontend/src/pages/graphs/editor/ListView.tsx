import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowRightFromLine,
  ArrowRightToLine,
  ArrowUp,
  Copy,
  Ellipsis,
  Link2,
  Pencil,
  Play,
  Trash2,
  Unlink,
  Workflow,
} from 'lucide-react';
import { useState } from 'react';
import { announce } from '@/components/announce';
import { Button, IconButton } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Menu, type MenuItem } from '@/components/Menu';
import type { SavedNode } from '../shapes';
import { nameOfNode } from '../model/connect';
import { moved, pinnedOutputs } from '../model/document';
import { nodeOf, useCanEdit, useEditor, useEditorStore, useShownDocument } from '../model/editorStore';
import { holdsGraph } from '../model/nested';
import { useNodeView } from '../model/runs';
import { duplicate, openInside } from './actions';
import { useTools } from './control';
import { NodePanel } from './NodePanel';
import type { RunNode } from './NodeRunPart';
import { StateMark } from './StateMark';
import { TypeIcon } from './TypeIcon';

const STEP = 20;

/** The graph as two tables: everything that the canvas can do, without a canvas. */
export function ListView({ onRunNode, mayRun, narrow }: { onRunNode: RunNode; mayRun: boolean; narrow: boolean }) {
  const document = useShownDocument();
  const { asked, canvas } = useTools();
  const store = useEditorStore();
  const canEdit = useCanEdit();
  const [editing, setEditing] = useState<string | null>(null);
  const edit = (id: string) => {
    canvas.control.select([id]);
    store.set({ selectedNodes: [id], selectedEdges: [], panel: 'node' });
    // Beside the list where there is room, else in front of it.
    if (narrow) setEditing(id);
  };
  return (
    <div className="flex flex-col gap-5 p-3 sm:p-4">
      <section aria-label="Nodes">
        <div className="mb-2 flex items-center justify-between gap-2">
          <h2 className="font-semibold">Nodes ({document.nodes.length})</h2>
          {canEdit && (
            <Button size="small" onClick={() => asked.add()}>
              Add a node
            </Button>
          )}
        </div>
        {document.nodes.length === 0 ? (
          <p className="text-soft">This graph has no node yet.</p>
        ) : (
          <div className="overflow-x-auto rounded-lg border bg-surface">
            <table className="w-full text-sm">
              <thead>
                <tr className="border-b text-left text-xs text-soft">
                  <th scope="col" className="px-3 py-2 font-medium">
                    Node
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium max-sm:hidden">
                    Comes from
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    State
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {document.nodes.map((node) => (
                  <NodeRow
                    key={node.id}
                    node={node}
                    onEdit={edit}
                    onRunNode={onRunNode}
                    mayRun={mayRun}
                    narrow={narrow}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <EdgeTable />
      {editing !== null && document.nodes.some(({ id }) => id === editing) && (
        <Dialog open onClose={() => setEditing(null)} title={nameOfNode(store.wires, editing)}>
          <NodePanel onRunNode={onRunNode} mayRun={mayRun} />
        </Dialog>
      )}
    </div>
  );
}

function NodeRow({
  node,
  onEdit,
  onRunNode,
  mayRun,
  narrow,
}: {
  node: SavedNode;
  onEdit: (id: string) => void;
  onRunNode: RunNode;
  mayRun: boolean;
  narrow: boolean;
}) {
  const store = useEditorStore();
  const { canvas, asked } = useTools();
  const document = useShownDocument();
  const type = useEditor((state) => state.types.get(node.type));
  const problems = useEditor((state) => state.problems);
  const selected = useEditor((state) => state.selectedNodes.includes(node.id));
  const canEdit = useCanEdit();
  const view = useNodeView(node.id);
  const wrong = problems.find((problem) => nodeOf(problem, document) === node.id);
  const name = nameOfNode(store.wires, node.id);
  const from = [...new Set(document.edges.filter(({ target }) => target === node.id).map(({ source }) => source))];
  const move = (x: number, y: number) => {
    store.change(
      'Move',
      (now) => moved(now, new Map([[node.id, { x: node.position.x + x, y: node.position.y + y }]])),
      'arrows',
    );
    announce(`${name} moved to ${node.position.x + x}, ${node.position.y + y}`);
  };
  const copyIt = () => {
    store.set({ selectedNodes: [node.id], selectedEdges: [] });
    duplicate(store, canvas);
  };
  const remove = () => store.remove(new Set([node.id]), new Set());
  const open = () => void openInside(store, [...store.get().path, node.id]);
  const items: MenuItem[] = [
    { label: 'Settings', icon: Pencil, onSelect: () => onEdit(node.id) },
    { label: 'Connect to…', icon: Link2, onSelect: () => asked.connect(node.id), disabled: !canEdit },
    ...(mayRun && type
      ? [
          { label: 'Run it', icon: Play, onSelect: () => onRunNode(node.id) },
          { label: 'Run from here', icon: ArrowRightFromLine, onSelect: () => onRunNode(node.id, 'from') },
          { label: 'Run up to here', icon: ArrowRightToLine, onSelect: () => onRunNode(node.id, 'to') },
        ]
      : []),
    ...(holdsGraph(node) ? [{ label: 'Open its graph', icon: Workflow, onSelect: open }] : []),
    { label: 'Duplicate', icon: Copy, onSelect: copyIt, disabled: !canEdit },
    { label: 'Move left', icon: ArrowLeft, onSelect: () => move(-STEP, 0), disabled: !canEdit },
    { label: 'Move right', icon: ArrowRight, onSelect: () => move(STEP, 0), disabled: !canEdit },
    { label: 'Move up', icon: ArrowUp, onSelect: () => move(0, -STEP), disabled: !canEdit },
    { label: 'Move down', icon: ArrowDown, onSelect: () => move(0, STEP), disabled: !canEdit },
    { label: 'Delete', icon: Trash2, danger: true, onSelect: remove, disabled: !canEdit },
  ];
  return (
    <tr className="border-b align-top last:border-b-0" data-selected={selected || undefined}>
      <th scope="row" className="px-3 py-2 text-left font-normal">
        <button type="button" onClick={() => onEdit(node.id)} className="flex items-start gap-2 text-left">
          <TypeIcon type={type} size={15} />
          <span>
            <span className="font-medium underline-offset-2 hover:underline">{name}</span>
            <span className="block text-xs text-soft">
              {[...(type?.title === name ? [] : [type?.title ?? `Unknown type ${node.type}`]), node.id].join(' · ')}
            </span>
          </span>
        </button>
        {wrong && <p className="mt-0.5 pl-6 text-xs text-bad">{wrong.message}</p>}
      </th>
      <td className="px-3 py-2 max-sm:hidden">{from.map((id) => nameOfNode(store.wires, id)).join(', ') || '–'}</td>
      <td className="px-3 py-2">
        <StateMark state={view?.state ?? (pinnedOutputs(node) === null ? 'idle' : 'pinned')} />
      </td>
      <td className="px-1 py-1">
        {narrow ? (
          <Menu trigger={<IconButton size="small" icon={Ellipsis} label={`Actions for ${name}`} />} items={items} />
        ) : (
          <div className="flex justify-end">
            <IconButton size="small" icon={Pencil} label={`Settings of ${name}`} onClick={() => onEdit(node.id)} />
            <IconButton
              size="small"
              icon={Link2}
              label={`Connect ${name} to…`}
              disabled={!canEdit}
              onClick={() => asked.connect(node.id)}
            />
            {mayRun && type && (
              <>
                <IconButton size="small" icon={Play} label={`Run ${name}`} onClick={() => onRunNode(node.id)} />
                <IconButton
                  size="small"
                  icon={ArrowRightFromLine}
                  label={`Run from ${name}`}
                  onClick={() => onRunNode(node.id, 'from')}
                />
                <IconButton
                  size="small"
                  icon={ArrowRightToLine}
                  label={`Run up to ${name}`}
                  onClick={() => onRunNode(node.id, 'to')}
                />
              </>
            )}
            {holdsGraph(node) && (
              <IconButton size="small" icon={Workflow} label={`Open the graph of ${name}`} onClick={open} />
            )}
            <IconButton size="small" icon={Copy} label={`Duplicate ${name}`} disabled={!canEdit} onClick={copyIt} />
            <IconButton size="small" icon={Trash2} label={`Delete ${name}`} disabled={!canEdit} onClick={remove} />
            <span className="flex max-lg:hidden">
              <IconButton
                size="small"
                icon={ArrowLeft}
                label={`Move ${name} left`}
                disabled={!canEdit}
                onClick={() => move(-STEP, 0)}
              />
              <IconButton
                size="small"
                icon={ArrowRight}
                label={`Move ${name} right`}
                disabled={!canEdit}
                onClick={() => move(STEP, 0)}
              />
              <IconButton
                size="small"
                icon={ArrowUp}
                label={`Move ${name} up`}
                disabled={!canEdit}
                onClick={() => move(0, -STEP)}
              />
              <IconButton
                size="small"
                icon={ArrowDown}
                label={`Move ${name} down`}
                disabled={!canEdit}
                onClick={() => move(0, STEP)}
              />
            </span>
          </div>
        )}
      </td>
    </tr>
  );
}

function EdgeTable() {
  const store = useEditorStore();
  const { edges } = useShownDocument();
  const broken = useEditor((state) => state.broken);
  const canEdit = useCanEdit();
  if (edges.length === 0) return null;
  return (
    <section aria-label="Edges">
      <h2 className="mb-2 font-semibold">Edges ({edges.length})</h2>
      <div className="overflow-x-auto rounded-lg border bg-surface">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-left text-xs text-soft">
              <th scope="col" className="px-3 py-2 font-medium">
                From
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                To
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {edges.map((edge) => {
              const from = nameOfNode(store.wires, edge.source);
              const to = nameOfNode(store.wires, edge.target);
              return (
                <tr key={edge.id} className="border-b align-top last:border-b-0">
                  <th scope="row" className="px-3 py-2 text-left font-normal">
                    {from} <span className="text-xs text-soft">{edge.sourceHandle}</span>
                    {broken.has(edge.id) && <p className="text-xs text-bad">{broken.get(edge.id)}</p>}
                  </th>
                  <td className="px-3 py-2">
                    {to} <span className="text-xs text-soft">{edge.targetHandle}</span>
                  </td>
                  <td className="px-1 py-1 text-right">
                    <IconButton
                      size="small"
                      icon={Unlink}
                      label={`Delete the edge from ${from} to ${to}`}
                      disabled={!canEdit}
                      onClick={() => store.remove(new Set(), new Set([edge.id]))}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
