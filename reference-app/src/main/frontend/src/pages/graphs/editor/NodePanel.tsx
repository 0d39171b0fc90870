import { ArrowRightFromLine, ArrowRightToLine, Copy, Link2, Play, Trash2, Unlink, Workflow } from 'lucide-react';
import type { ChangeEvent } from 'react';
import { Button, IconButton } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { Note } from '@/components/small';
import type { GraphProblem, Json, SavedNode, Schema } from '../shapes';
import { nameOfNode } from '../model/connect';
import { withConfig, withSetting, withTitle } from '../model/document';
import { isForEach, nodeOf, useCanEdit, useEditor, useEditorStore, useShownDocument } from '../model/editorStore';
import { NO_PORTS, type ShownPort } from '../model/ports';
import { described, parseType } from '../model/portTypes';
import { graphIdOf, graphIn, holdsGraph } from '../model/nested';
import { duplicate, group, openInside } from './actions';
import { useTools } from './control';
import { NodeRunPart, type RunNode } from './NodeRunPart';
import { PinnedPart } from './PinnedPart';
import { PortMark } from './PortMark';
import { SchemaForm } from './SchemaForm';
import { TypeIcon } from './TypeIcon';
import { Values } from './ValueView';

/** What is selected: its configuration, its connections and what it did in the run that shows. */
export function NodePanel({ onRunNode, mayRun }: { onRunNode: RunNode; mayRun: boolean }) {
  const selected = useEditor((state) => state.selectedNodes);
  const edges = useEditor((state) => state.selectedEdges);
  const document = useShownDocument();
  const node = document.nodes.find(({ id }) => id === selected[0]);
  if (selected.length > 1) return <Several ids={selected} />;
  if (node !== undefined) return <OneNode key={node.id} node={node} onRunNode={onRunNode} mayRun={mayRun} />;
  if (edges[0] !== undefined) return <OneEdge id={edges[0]} />;
  return (
    <div className="flex flex-col gap-2 text-soft">
      <p>Select a node to see and change its settings.</p>
      <p className="text-sm">
        Right-click the canvas, or press A on it, to add a node. Drag from an output on the right of a node to an input
        on the left of another; places that fit light up.
      </p>
    </div>
  );
}

function Several({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore();
  const { canvas } = useTools();
  const canEdit = useCanEdit();
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">{ids.length} nodes are selected</p>
      <div className="flex flex-wrap gap-2">
        <Button icon={Copy} disabled={!canEdit} onClick={() => duplicate(store, canvas)}>
          Duplicate
        </Button>
        <Button icon={Workflow} disabled={!canEdit} onClick={() => group(store, canvas)}>
          Make a sub-graph
        </Button>
        <Button icon={Trash2} disabled={!canEdit} onClick={() => store.remove(new Set(ids), new Set())}>
          Delete
        </Button>
      </div>
    </div>
  );
}

function OneEdge({ id }: { id: string }) {
  const store = useEditorStore();
  const edge = useShownDocument().edges.find((one) => one.id === id);
  const why = useEditor((state) => state.broken.get(id));
  const canEdit = useCanEdit();
  if (edge === undefined) return null;
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">
        {nameOfNode(store.wires, edge.source)} → {nameOfNode(store.wires, edge.target)}
      </p>
      <p className="font-mono text-xs break-all text-soft">
        {edge.sourceHandle} → {edge.targetHandle}
      </p>
      {why && <Note tone="bad">{why}</Note>}
      <div>
        <Button icon={Unlink} disabled={!canEdit} onClick={() => store.remove(new Set(), new Set([id]))}>
          Delete the edge
        </Button>
      </div>
    </div>
  );
}

/** What the server says of the configuration, by the name of its member. */
function memberProblems(problems: readonly GraphProblem[]): Record<string, string> {
  const byMember: Record<string, string> = {};
  for (const { pointer, message, mend } of problems) {
    const member = /\/data\/config\/([^/]+)/.exec(pointer ?? '')?.[1];
    if (member !== undefined) byMember[member] ??= `${message}. ${mend}`;
  }
  return byMember;
}

function OneNode({ node, onRunNode, mayRun }: { node: SavedNode; onRunNode: RunNode; mayRun: boolean }) {
  const store = useEditorStore();
  const { canvas, asked } = useTools();
  const type = useEditor((state) => state.types.get(node.type));
  const all = useEditor((state) => state.problems);
  const canEdit = useCanEdit();
  const forEach = useEditor(isForEach);
  const runsGraph = type?.role === 'subgraph' || type?.role === 'map';
  const runs = mayRun && type !== undefined;
  const problems = all.filter((problem) => nodeOf(problem, store.document) === node.id);
  const byMember = memberProblems(problems);
  const others = problems.filter(({ pointer }) => !/\/data\/config\/[^/]+/.test(pointer ?? ''));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="flex items-start gap-2">
          <TypeIcon type={type} size={18} />
          <div className="min-w-0 grow">
            <h3 className="font-semibold break-words">{type?.title ?? 'Unknown node'}</h3>
            <p className="text-sm text-soft">{type?.description}</p>
          </div>
        </div>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {runs && (
            <>
              <Button
                size="small"
                icon={Play}
                title="Runs this node; what leads to it is not run again where nothing changed"
                onClick={() => onRunNode(node.id)}
              >
                Run it
              </Button>
              <Button
                size="small"
                icon={ArrowRightFromLine}
                title="Runs this node and all that comes after it"
                onClick={() => onRunNode(node.id, 'from')}
              >
                From here
              </Button>
              <Button
                size="small"
                icon={ArrowRightToLine}
                title="Runs all that leads to this node, and this node"
                onClick={() => onRunNode(node.id, 'to')}
              >
                Up to here
              </Button>
            </>
          )}
          {holdsGraph(node) && (
            <Button size="small" icon={Workflow} onClick={() => void openInside(store, [...store.get().path, node.id])}>
              {graphIdOf(node) === null ? 'Open its graph' : 'Look into its graph'}
            </Button>
          )}
          <Button size="small" icon={Link2} disabled={!canEdit} onClick={() => asked.connect(node.id)}>
            Connect to…
          </Button>
          <IconButton
            size="small"
            icon={Copy}
            label="Duplicate"
            disabled={!canEdit}
            onClick={() => duplicate(store, canvas)}
          />
          <IconButton
            size="small"
            icon={Trash2}
            label="Delete"
            disabled={!canEdit}
            onClick={() => store.remove(new Set([node.id]), new Set())}
          />
        </div>
        {runs && forEach && (
          <p className="mt-1.5 text-xs text-soft">
            This graph runs for each element of a map: what leads to the node here runs again with it, and from here on
            all of the map does.
          </p>
        )}
      </div>
      {type === undefined && (
        <Note tone="bad">
          This Studio has no node type “{node.type}”. The node and its data are kept as they came; it can’t run. Ask
          whoever runs this Studio to add the type, or delete the node.
        </Note>
      )}
      {others.map((problem) => (
        <Note key={problem.message} tone="bad">
          <p className="font-medium">{problem.message}</p>
          <p className="text-sm">{problem.mend}</p>
        </Note>
      ))}
      <Field label="Shown as" hint={<span className="font-mono">{node.id}</span>}>
        <Input
          value={node.data.title ?? ''}
          placeholder={type?.title}
          disabled={!canEdit}
          maxLength={80}
          onBlur={() => store.settle()}
          onChange={(event) =>
            store.change('Rename', (document) => withTitle(document, node.id, event.target.value), `title ${node.id}`)
          }
        />
      </Field>
      {type === undefined ? (
        <Values title="Its data, unchanged" values={node.data} />
      ) : (
        // Only listens for the focus leaving a field, which ends one step of undo.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <div onBlur={() => store.settle()}>
          {runsGraph && <GraphInside node={node} />}
          <SchemaForm
            schema={
              runsGraph
                ? withoutMembers(type.configSchema, graphIn(node) === null ? ['graph'] : ['graph', 'graphId'])
                : type.configSchema
            }
            value={runsGraph ? omit(node.data.config ?? {}, ['graph']) : (node.data.config ?? {})}
            disabled={!canEdit}
            problems={byMember}
            onChange={(changed) => {
              const graph = graphIn(node);
              const config = runsGraph && graph !== null ? { ...changed, graph } : changed;
              store.change(
                `Change ${type.title}`,
                (document) => withConfig(document, node.id, config),
                `config ${node.id}`,
              );
            }}
          />
        </div>
      )}
      {type !== undefined && <Patience node={node} />}
      <Connections node={node} />
      <PinnedPart node={node} />
      <NodeRunPart node={node} onRunNode={runs ? onRunNode : null} />
    </div>
  );
}

function omit(value: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** The form without members that are edited elsewhere. */
function withoutMembers(schema: Schema, names: readonly string[]): Schema {
  return { ...schema, properties: omit(schema.properties ?? {}, names) as Record<string, Schema> };
}

/** What a node runs that stands in it, or the offer to draw one there. */
function GraphInside({ node }: { node: SavedNode }) {
  const store = useEditorStore();
  const canEdit = useCanEdit();
  const graph = graphIn(node);
  if (graphIdOf(node) !== null) return null;
  if (graph !== null) {
    const count = Array.isArray(graph.nodes) ? graph.nodes.length : 0;
    return (
      <p className="mb-3 text-sm text-soft">
        Its graph stands in the node: {count === 1 ? '1 node' : `${count} nodes`}. Double-click the node, or press “Open
        its graph”, to change it.
      </p>
    );
  }
  const draw = () => {
    const drawn = { schemaVersion: 1, name: node.data.title ?? 'Inside', description: '', nodes: [], edges: [] };
    store.change('Draw a graph inside', (document) =>
      withConfig(document, node.id, { ...node.data.config, graph: drawn }),
    );
    void openInside(store, [...store.get().path, node.id]);
  };
  return (
    <div className="mb-3 flex flex-col items-start gap-2 text-sm">
      <p className="text-soft">It runs another graph: draw one inside of it, or choose one of the organisation.</p>
      <Button size="small" icon={Workflow} disabled={!canEdit} onClick={draw}>
        Draw a graph inside
      </Button>
    </div>
  );
}

/** How often a node is tried, and how long it may take. */
function Patience({ node }: { node: SavedNode }) {
  const store = useEditorStore();
  const canEdit = useCanEdit();
  const retry = (node.data.retry ?? {}) as { attempts?: number; delaySeconds?: number };
  const set = (name: string, value: unknown) =>
    store.change(
      'Change what happens on failure',
      (document) => withSetting(document, node.id, name, value),
      `${name} ${node.id}`,
    );
  const typed = (event: ChangeEvent<HTMLInputElement>) =>
    Number.isNaN(event.target.valueAsNumber) ? undefined : event.target.valueAsNumber;
  return (
    <details className="border-t pt-3 text-sm">
      <summary className="font-medium">If it fails or takes long</summary>
      <div className="mt-2.5 flex flex-col gap-3">
        <Field label="Tries" hint="How often it is done at most, until it succeeds. 1 when empty">
          <Input
            type="number"
            min={1}
            max={100}
            value={retry.attempts ?? ''}
            disabled={!canEdit}
            onChange={(event) => {
              const attempts = typed(event);
              set('retry', attempts === undefined ? undefined : { ...retry, attempts });
            }}
          />
        </Field>
        {retry.attempts !== undefined && retry.attempts > 1 && (
          <Field label="Seconds between tries">
            <Input
              type="number"
              min={0}
              value={retry.delaySeconds ?? ''}
              disabled={!canEdit}
              onChange={(event) => {
                const { delaySeconds: _, ...rest } = retry;
                const seconds = typed(event);
                set('retry', seconds === undefined ? rest : { ...rest, delaySeconds: seconds });
              }}
            />
          </Field>
        )}
        <Field label="Time limit in seconds" hint="It fails when it takes longer. No limit when empty">
          <Input
            type="number"
            min={1}
            value={typeof node.data.timeoutSeconds === 'number' ? node.data.timeoutSeconds : ''}
            disabled={!canEdit}
            onChange={(event) => set('timeoutSeconds', typed(event))}
          />
        </Field>
      </div>
    </details>
  );
}

function Connections({ node }: { node: SavedNode }) {
  const store = useEditorStore();
  const ports = useEditor((state) => state.ports.get(node.id)) ?? NO_PORTS;
  return (
    <section className="flex flex-col gap-1.5 border-t pt-3">
      <h4 className="text-sm font-medium">Connections</h4>
      <ul className="flex flex-col gap-1 text-sm">
        {ports.inputs.map((port) => (
          <PortLine key={`in ${port.name}`} node={node.id} port={port} side="input" />
        ))}
        {ports.outputs.map((port) => (
          <PortLine key={`out ${port.name}`} node={node.id} port={port} side="output" />
        ))}
      </ul>
      {ports.inputs.length + ports.outputs.length === 0 && (
        <p className="text-sm text-soft">{nameOfNode(store.wires, node.id)} has no inputs or outputs yet</p>
      )}
    </section>
  );
}

function PortLine({ node, port, side }: { node: string; port: ShownPort; side: 'input' | 'output' }) {
  const store = useEditorStore();
  const document = useShownDocument();
  const broken = useEditor((state) => state.broken);
  const canEdit = useCanEdit();
  const here = document.edges.filter((edge) =>
    side === 'input'
      ? edge.target === node && (edge.targetHandle ?? '') === port.name
      : edge.source === node && (edge.sourceHandle ?? '') === port.name,
  );
  return (
    <li className="min-w-0">
      <span className="flex items-center gap-2">
        <PortMark type={port.missing ? 'unknown' : port.type} />
        <span className="min-w-0 truncate">{port.label || port.name || 'unnamed'}</span>
        <span className="ml-auto shrink-0 text-xs text-soft">
          {side === 'input' ? 'takes' : 'gives'} {port.missing ? '?' : described(parseType(port.type))}
        </span>
      </span>
      {port.missing && <span className="block pl-4 text-xs text-bad">The node no longer has this {side}</span>}
      {here.map((edge) => (
        <span key={edge.id} className="flex items-center gap-1 pl-4 text-xs text-soft">
          <span className="min-w-0 grow break-words">
            {side === 'input' ? '← ' : '→ '}
            {nameOfNode(store.wires, side === 'input' ? edge.source : edge.target)}
            {broken.has(edge.id) && <span className="text-bad"> {broken.get(edge.id)}</span>}
          </span>
          <IconButton
            size="small"
            icon={Unlink}
            label={`Delete the edge ${side === 'input' ? 'from' : 'to'} ${nameOfNode(store.wires, side === 'input' ? edge.source : edge.target)}`}
            disabled={!canEdit}
            onClick={() => store.remove(new Set(), new Set([edge.id]))}
          />
        </span>
      ))}
    </li>
  );
}
