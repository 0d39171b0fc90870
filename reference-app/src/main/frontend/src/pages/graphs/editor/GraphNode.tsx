import { useUpdateNodeInternals, type Node, type NodeProps } from '@xyflow/react';
import { CircleAlert, Pin } from 'lucide-react';
import { memo, useEffect, useRef, type CSSProperties } from 'react';
import { classes } from '@/components/classes';
import type { NodeType, SavedNode } from '../shapes';
import type { ShownPort, ShownPorts } from '../model/ports';
import { described, parseType } from '../model/portTypes';
import { pinnedOutputs } from '../model/document';
import { useEditor } from '../model/editorStore';
import { placeOf } from '../model/nested';
import { useNodeView, useRunView, type NodeView } from '../model/runs';
import { Port } from './Port';
import { StateMark } from './StateMark';
import { LOOKS } from './states';
import { configSummary } from './summary';
import { usageOf } from './usage';
import { TypeIcon } from './TypeIcon';

export type FlowNode = Node<
  {
    saved: SavedNode;
    type: NodeType | undefined;
    ports: ShownPorts;
    /** What is wrong with it, in words. */
    wrong: string | undefined;
    /** A read-only canvas, or a person who may not change it. */
    fixed: boolean;
  },
  'studio'
>;

const TAIL = 600;

/** What is sure to fit is not cut: each place that cuts what is in it is one more for the browser to keep while it draws. */
const SHORT_TITLE = 18;
const SHORT_NAME = 10;
const SHORT_LINE = 30;

function GraphNodeContent({ id, data, selected, height }: NodeProps<FlowNode>) {
  const { saved, type, ports, wrong, fixed } = data;
  const view = useNodeView(id);
  const update = useUpdateNodeInternals();
  const drawn = useRef(ports);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (drawn.current === ports) return undefined;
    drawn.current = ports;
    // Where the handles are can be measured only while they are laid out.
    const { current } = element;
    current?.setAttribute('data-fresh', '');
    update(id);
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => current?.removeAttribute('data-fresh'));
    });
    return () => cancelAnimationFrame(frame);
  }, [id, ports, update]);
  const isPinned = pinnedOutputs(saved) !== null;
  const summary = configSummary(type, saved.data.config);
  const title = saved.data.title ?? type?.title ?? saved.type;
  return (
    <div
      ref={element}
      className="graph-node"
      data-selected={selected || undefined}
      data-state={view?.state}
      data-wrong={wrong === undefined ? undefined : ''}
      data-pinned={isPinned ? '' : undefined}
      data-unknown={type === undefined ? '' : undefined}
      data-measured={height === undefined ? undefined : ''}
      style={{ '--height': `${height}px` } as CSSProperties}
    >
      <div className="flex items-center gap-2 border-b px-3 py-1.5">
        <TypeIcon type={type} size={15} />
        <span className={classes('min-w-0 grow font-medium', title.length > SHORT_TITLE && 'truncate')}>{title}</span>
        {isPinned && (
          <span title="Pinned: runs of the draft take its pinned outputs" className="shrink-0 text-accent-strong">
            <Pin size={14} aria-hidden />
            <span className="sr-only">Pinned</span>
          </span>
        )}
        {wrong !== undefined && (
          <span title={wrong} className="shrink-0 text-bad">
            <CircleAlert size={15} aria-hidden />
            <span className="sr-only">{wrong}</span>
          </span>
        )}
      </div>
      {type === undefined ? (
        <p className="px-3 pt-1.5 text-xs text-bad">Unknown type “{saved.type}”; it is kept as it is</p>
      ) : (
        (saved.data.title !== undefined || summary) && (
          <p
            className={classes(
              'graph-detail px-3 pt-1.5 text-xs break-words text-soft',
              summary.length > SHORT_LINE && 'line-clamp-2',
            )}
          >
            {saved.data.title !== undefined && <span className="font-medium">{type.title}</span>}
            {saved.data.title !== undefined && summary && ' · '}
            {summary}
          </p>
        )
      )}
      <PortRows node={id} ports={ports} fixed={fixed} />
      {view !== undefined && view.state !== 'idle' && <RunPart view={view} />}
      {view !== undefined && (type?.role === 'subgraph' || type?.role === 'map') && <InsidePart id={id} />}
    </div>
  );
}

/** A node of the canvas. Drawn again only when it, or its part of a run, changes; not as it is dragged. */
export const GraphNode = memo(
  GraphNodeContent,
  (before, now) =>
    before.id === now.id &&
    before.data === now.data &&
    before.selected === now.selected &&
    before.height === now.height,
);

/** How the nodes inside of a node do, in a line. */
function InsidePart({ id }: { id: string }) {
  const place = useEditor(({ path }) => placeOf(path, id));
  const line = useRunView(({ nodes }) => {
    const inside = [...nodes.values()].filter(({ nodeId }) => nodeId.startsWith(`${place}/`));
    const ended = inside.filter(({ state }) => state === 'done' || state === 'skipped').length;
    const busy = inside.find(({ state }) => state === 'failed' || state === 'waiting' || state === 'running');
    const at = busy && `${busy.nodeId.slice(place.length + 1)} ${LOOKS[busy.state].word.toLowerCase()}`;
    return inside.length === 0 ? '' : [`Inside: ${ended} of ${inside.length} done`, at].filter(Boolean).join(' · ');
  });
  return line === '' ? null : <p className="graph-detail px-3 pb-1.5 text-xs break-words text-soft">{line}</p>;
}

function PortRows({ node, ports: { inputs, outputs }, fixed }: { node: string; ports: ShownPorts; fixed: boolean }) {
  const rows = Math.max(inputs.length, outputs.length);
  return (
    <div className="graph-detail py-1.5 text-xs">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-6 items-center">
          <PortLabel node={node} port={inputs[row]} side="input" fixed={fixed} />
          <PortLabel node={node} port={outputs[row]} side="output" fixed={fixed} />
        </div>
      ))}
    </div>
  );
}

function PortLabel({
  node,
  port,
  side,
  fixed,
}: {
  node: string;
  port: ShownPort | undefined;
  side: 'input' | 'output';
  fixed: boolean;
}) {
  if (port === undefined) return <span className="grow basis-0" />;
  const type = parseType(port.type);
  const words = port.missing ? 'no longer there' : described(type);
  const input = side === 'input';
  const name = port.label || port.name || 'unnamed';
  return (
    <span
      className={classes(
        'relative flex min-w-0 grow basis-0 items-center',
        input ? 'pl-4' : 'justify-end pr-4 text-right',
      )}
    >
      <Port
        node={node}
        name={port.name}
        side={side}
        kind={port.missing ? 'unknown' : type.kind}
        title={`${name}: ${words}`}
        connectable={!fixed && !port.missing}
      />
      <span
        className={classes(name.length > SHORT_NAME && 'truncate', port.missing ? 'text-bad line-through' : 'text-ink')}
      >
        {name}
        {input && port.presence === 'required' && !port.missing && <span className="text-soft"> *</span>}
        {input && port.presence === 'many' && <span className="text-soft"> (many)</span>}
      </span>
    </span>
  );
}

function RunPart({ view }: { view: NodeView }) {
  return (
    <div className="graph-detail border-t px-3 py-1.5">
      <StateMark state={view.state} detail={usageOf(view)} />
      {view.text !== '' && view.error === null && (
        <p className="nowheel mt-1 max-h-24 overflow-hidden rounded bg-sunken px-2 py-1 text-xs break-words whitespace-pre-wrap">
          {view.text.length > TAIL ? `…${view.text.slice(-TAIL)}` : view.text}
        </p>
      )}
      {view.error !== null && (
        <p className="mt-1 line-clamp-4 text-xs break-words text-bad">
          {view.error.what}. {view.error.mend}
        </p>
      )}
    </div>
  );
}
