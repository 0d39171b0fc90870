import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronRight, CircleStop, Crosshair, PencilLine, Pin, Play, RotateCcw, WifiOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { Field, Input, TextArea } from '@/components/fields';
import { ago, compactNumber, dateTime, dollars, millis } from '@/components/format';
import { Note } from '@/components/small';
import { ErrorState, Skeleton } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { runs as routes } from '../client';
import { nameOfNode } from '../model/connect';
import { pinnedOutputs, withPin } from '../model/document';
import { useEditor, useEditorStore, wholeDocument, type EditorStore } from '../model/editorStore';
import { nested } from '../model/nested';
import { readInputs, runInputs, textsOf, type RunInput } from '../model/runInputs';
import { hasEnded, useRunStore, useRunView, type NodeView } from '../model/runs';
import type { Json, Question, Run, RunStart } from '../shapes';
import { goTo } from './actions';
import { useTools } from './control';
import { Picker } from './Picker';
import { StateMark } from './StateMark';
import { usageOf } from './usage';
import { Values } from './ValueView';

/** Starts, shows and looks up runs. */
export function RunPanel({
  graph,
  start,
  starting,
  failure,
  mayRun,
}: {
  graph: string;
  start: (inputs: Json, part?: RunStart) => void;
  starting: boolean;
  /** Why the last start was refused. */
  failure: unknown;
  mayRun: boolean;
}) {
  // Counts how often the form was filled with the inputs of an earlier run, which it then begins with.
  const [filled, setFilled] = useState(0);
  const types = useEditor((state) => state.types);
  const whole = useEditor(wholeDocument);
  const fill = (inputs: Json) => {
    remember(graph, textsOf(runInputs(whole, types), inputs));
    setFilled(filled + 1);
  };
  return (
    <div className="flex flex-col gap-5">
      {mayRun && <StartForm key={filled} graph={graph} start={start} starting={starting} />}
      <PinNote />
      {failure !== null && <ErrorState error={failure} compact />}
      <CurrentRun onFill={mayRun ? fill : null} />
      <RunHistory graph={graph} />
    </div>
  );
}

const rememberedKey = (graph: string) => `studio-graph-inputs:${graph}`;

function remembered(graph: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(rememberedKey(graph)) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}

function remember(graph: string, texts: Record<string, string>): void {
  try {
    sessionStorage.setItem(rememberedKey(graph), JSON.stringify(texts));
  } catch {
    // Not remembered, then: the form still has them.
  }
}

/** What the inputs of a graph were given last, in this tab. */
export function lastInputs(graph: string, inputs: readonly RunInput[]): [Json, Record<string, string>] {
  return readInputs(inputs, remembered(graph));
}

function StartForm({ graph, start, starting }: { graph: string; start: (inputs: Json) => void; starting: boolean }) {
  const document = useEditor(wholeDocument);
  const types = useEditor((state) => state.types);
  const inputs = runInputs(document, types);
  const [texts, setTexts] = useState(() => remembered(graph));
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const [values, problems] = readInputs(inputs, texts);
    setWrong(problems);
    if (Object.keys(problems).length === 0) start(values);
  };
  const type = (name: string, text: string) => {
    const next = { ...texts, [name]: text };
    setTexts(next);
    remember(graph, next);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      {inputs.length === 0 && <p className="text-sm text-soft">This graph takes no input.</p>}
      {inputs.map((input) => (
        <Field
          key={input.node}
          label={input.name}
          required={input.required}
          error={wrong[input.name]}
          hint={hintOf(input)}
        >
          <InputFor input={input} text={texts[input.name] ?? ''} onChange={(text) => type(input.name, text)} />
        </Field>
      ))}
      <div>
        <Button type="submit" look="primary" icon={Play} busy={starting}>
          Run the graph
        </Button>
      </div>
    </form>
  );
}

function hintOf({ format, fallback }: RunInput): string | undefined {
  const kind = {
    lines: 'One on each line',
    json: 'JSON',
    number: undefined,
    text: undefined,
    dataset: undefined,
    document: undefined,
  }[format];
  const otherwise = fallback === undefined || fallback === '' ? undefined : `Empty for ${JSON.stringify(fallback)}`;
  return [kind, otherwise].filter(Boolean).join('. ') || undefined;
}

function InputFor({ input, text, onChange }: { input: RunInput; text: string; onChange: (text: string) => void }) {
  if (input.format === 'dataset' || input.format === 'document') {
    return <Picker what={input.format} value={text} onChange={onChange} />;
  }
  if (input.format === 'number') {
    return <Input inputMode="decimal" value={text} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <TextArea
      value={text}
      rows={input.format === 'text' ? 2 : 4}
      className={input.format === 'json' ? 'min-h-14! font-mono text-sm' : 'min-h-14!'}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function took({ startedAt, endedAt }: Run): string {
  if (startedAt === null || endedAt === null) return '';
  return millis(new Date(endedAt).getTime() - new Date(startedAt).getTime());
}

function detailOf(run: Run): string {
  return [took(run), run.tokens ? `${compactNumber(run.tokens)} tokens` : '', run.cost ? dollars(run.cost) : '']
    .filter(Boolean)
    .join(' · ');
}

/** Says that runs of the draft take what is pinned, and lets go of it. */
function PinNote() {
  const store = useEditorStore();
  const document = useEditor(wholeDocument);
  const isVersion = useEditor((state) => state.viewed !== null);
  const mayEdit = useEditor((state) => state.mayEdit);
  const { canvas } = useTools();
  const pinned = document.nodes.filter((node) => pinnedOutputs(node) !== null);
  if (pinned.length === 0 || isVersion) return null;
  const wires = { document, types: store.get().types, ports: new Map() };
  return (
    <section aria-label="Pinned nodes" className="rounded-md border border-accent/40 bg-accent-wash px-3 py-2 text-sm">
      <p className="flex items-center gap-1.5 font-medium">
        <Pin size={14} aria-hidden />
        {pinned.length === 1 ? 'One node is pinned' : `${pinned.length} nodes are pinned`}
      </p>
      <p className="text-xs text-soft">
        {pinned.length === 1
          ? 'It does not run here, and gives what is pinned.'
          : 'They don’t run here, and give what is pinned.'}
      </p>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {pinned.slice(0, 6).map((node) => (
          <Button key={node.id} size="small" onClick={() => void goTo(store, canvas, node.id)}>
            {nameOfNode(wires, node.id)}
          </Button>
        ))}
        {mayEdit && (
          <Button
            size="small"
            look="quiet"
            onClick={() =>
              store.changeWhole('Unpin all', (before) => pinned.reduce((now, { id }) => withPin(now, id, null), before))
            }
          >
            Unpin {pinned.length === 1 ? 'it' : 'all'}
          </Button>
        )}
      </div>
    </section>
  );
}

/** What of the graph a run was to do. */
function partOf(run: Run, store: EditorStore): string {
  const wires = { document: store.whole, types: store.get().types, ports: new Map() };
  const whole = run.version === null ? 'This run' : `This run, of version ${run.version}`;
  return run.node ? `${whole}, around ${nameOfNode(wires, run.node)}` : whole;
}

function CurrentRun({ onFill }: { onFill: ((inputs: Json) => void) | null }) {
  const store = useEditorStore();
  const runs = useRunStore();
  const { canvas } = useTools();
  const run = useRunView((view) => view.run);
  const interrupted = useRunView((view) => view.interrupted);
  const heading = useRef<HTMLHeadingElement>(null);
  const failed = run?.state === 'failed' ? run.error : null;
  if (run === null) return null;
  const stop = async () => {
    try {
      await routes.cancel(run.id);
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <section className="flex flex-col gap-2.5 border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 ref={heading} className="text-sm font-semibold">
          {partOf(run, store)}
        </h3>
        <StateMark state={run.state} detail={detailOf(run)} />
      </div>
      {interrupted && (
        <p className="flex items-center gap-1.5 text-sm text-warn">
          <WifiOff size={14} aria-hidden /> The connection broke; trying again…
        </p>
      )}
      {!hasEnded(run) && (
        <div>
          <Button size="small" icon={CircleStop} onClick={() => void stop()}>
            Stop
          </Button>
        </div>
      )}
      {run.state === 'waiting' &&
        (run.waitingFor ?? []).map((question) => <ApprovalForm key={question.id} run={run.id} asked={question} />)}
      {failed && (
        <Note tone="bad">
          <p className="font-medium">{failed.what}</p>
          <p className="text-sm">{failed.mend}</p>
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            {failed.nodeId && (
              <Button size="small" onClick={() => void goTo(store, canvas, failed.nodeId ?? '')}>
                Go to {nameOfPlace(store, failed.nodeId)}
              </Button>
            )}
            <span className="font-mono text-xs text-soft">{failed.code}</span>
          </div>
        </Note>
      )}
      {run.outputs && Object.keys(run.outputs).length > 0 && <Values title="Result" values={run.outputs} />}
      {Object.keys(run.inputs).length > 0 && (
        <details className="text-sm">
          <summary className="font-medium">What it was given</summary>
          <div className="mt-1.5">
            <Values values={run.inputs} />
          </div>
        </details>
      )}
      <NodeStates />
      <div className="flex flex-wrap gap-1.5">
        {onFill !== null && hasEnded(run) && Object.keys(run.inputs).length > 0 && (
          <Button size="small" icon={PencilLine} onClick={() => onFill(run.inputs)}>
            Use its inputs again
          </Button>
        )}
        <Button size="small" look="quiet" icon={RotateCcw} onClick={() => runs.show(null, false)}>
          Clear
        </Button>
      </div>
    </section>
  );
}

/** What a run calls a node, in the words of the graph: inside of others after their names. */
function nameOfPlace(store: EditorStore, place: string): string {
  const { types, others } = store.get();
  const path = place.split('/');
  return path
    .map((id, depth) => {
      const document = nested(store.whole, path.slice(0, depth), others);
      return document === null ? id : nameOfNode({ document, types, ports: new Map() }, id);
    })
    .join(' › ');
}

/** Each node of the run with what it got and gave; those inside of others below them. */
function NodeStates() {
  const nodes = useRunView((view) => view.nodes);
  const shown = [...nodes.values()].filter(({ state }) => state !== 'idle');
  if (shown.length === 0) return null;
  const top = shown.filter(({ nodeId }) => !nodeId.includes('/'));
  const ordered = top.flatMap((node) => [node, ...shown.filter(({ nodeId }) => nodeId.startsWith(`${node.nodeId}/`))]);
  return (
    <details className="text-sm" open={shown.length <= 12}>
      <summary className="font-medium">
        {top.length === 1 ? 'Its node' : `Its ${top.length} nodes`}, each with what it got and gave
      </summary>
      <ul className="mt-1.5 flex flex-col divide-y rounded-md border bg-surface">
        {ordered.map((node) => (
          <NodeTrace key={node.nodeId} node={node} />
        ))}
      </ul>
    </details>
  );
}

function NodeTrace({ node }: { node: NodeView }) {
  const store = useEditorStore();
  const { canvas } = useTools();
  const [open, setOpen] = useState(false);
  const name = nameOfPlace(store, node.nodeId).split(' › ').at(-1);
  const depth = node.nodeId.split('/').length - 1;
  return (
    <li className="px-2 py-1" style={{ paddingLeft: `${0.5 + Math.min(depth, 4) * 0.85}rem` }}>
      <div className="flex items-center justify-between gap-2">
        <button
          type="button"
          aria-expanded={open}
          className="flex min-h-6 min-w-0 grow items-center gap-1 text-left underline-offset-2 hover:underline"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight
            size={13}
            className={open ? 'shrink-0 rotate-90 text-soft' : 'shrink-0 text-soft'}
            aria-hidden
          />
          <span className="truncate">
            {name} <span className="text-xs text-soft">{node.nodeId.split('/').at(-1)}</span>
          </span>
        </button>
        <StateMark state={node.state} detail={usageOf(node)} />
      </div>
      {open && (
        <div className="flex flex-col gap-2 py-1.5">
          {node.error && (
            <p className="text-xs text-bad">
              {node.error.what}. {node.error.mend}
            </p>
          )}
          {node.inputs && <Values title="Got" values={node.inputs} />}
          {node.outputs && <Values title="Gave" values={node.outputs} />}
          <div>
            <Button size="small" icon={Crosshair} onClick={() => void goTo(store, canvas, node.nodeId)}>
              Show it
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

/** What a person is asked, and the answer. */
function ApprovalForm({ run, asked }: { run: string; asked: Question }) {
  const [changed, setChanged] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLDivElement>(null);
  const { value } = asked;
  const original = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  useEffect(() => form.current?.focus(), []);
  const answer = async (approved: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const edited =
        changed === null || changed === original
          ? {}
          : { value: typeof value === 'string' ? changed : JSON.parse(changed) };
      await routes.resume(run, { approved, ...edited }, asked.id);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    // Asked in the middle of a run: the focus goes there, so that nobody misses it.
    <div
      ref={form}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="group"
      aria-label="Your answer is needed"
      className="rounded-md border border-warn/40 bg-warn-wash p-3"
    >
      <p className="font-medium break-words">{asked.question || 'Shall the run go on?'}</p>
      {original !== undefined && (
        <TextArea
          aria-label="What is asked about; it may be changed"
          className="mt-2 text-sm"
          rows={5}
          value={changed ?? original}
          onChange={(event) => setChanged(event.target.value)}
        />
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" look="primary" busy={busy} onClick={() => void answer(true)}>
          Approve
        </Button>
        <Button size="small" busy={busy} onClick={() => void answer(false)}>
          Reject
        </Button>
      </div>
      {error !== null && <ErrorState error={error} compact />}
    </div>
  );
}

function RunHistory({ graph }: { graph: string }) {
  const runs = useRunStore();
  const current = useRunView((view) => view.run?.id);
  const shown = useRunView((view) => view.run && `${view.run.id} ${view.run.state}`);
  const query = useInfiniteQuery({
    queryKey: ['graph', graph, 'runs'],
    queryFn: ({ pageParam }) => routes.list(graph, pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    retry: false,
  });
  const { refetch } = query;
  useEffect(() => {
    // A run that began or ended is new in the list.
    if (shown !== null) void refetch();
  }, [shown, refetch]);
  const open = async (id: string) => {
    try {
      const run = await routes.get(id);
      runs.show(run, !hasEnded(run));
    } catch (error) {
      toastFailed(error);
    }
  };
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="border-t pt-4">
      <h3 className="mb-1.5 text-sm font-semibold">Earlier runs</h3>
      {query.isPending && <Skeleton lines={2} label="Loading the runs" />}
      {query.isError && <ErrorState error={query.error} compact retry={() => void refetch()} />}
      {query.isSuccess && all.length === 0 && <p className="text-sm text-soft">It never ran.</p>}
      <ul className="flex flex-col">
        {all.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              aria-current={run.id === current || undefined}
              onClick={() => void open(run.id)}
              className="flex min-h-8 w-full items-center justify-between gap-2 rounded-md px-1.5 text-left text-sm outline-offset-[-2px] hover:bg-hover aria-current:bg-accent-wash"
            >
              <span title={run.startedAt ? dateTime(run.startedAt) : undefined}>
                {run.startedAt ? ago(run.startedAt) : 'Not begun'}
                {run.node && <span className="text-xs text-soft"> · a part</span>}
                {run.version !== null && <span className="text-xs text-soft"> · v{run.version}</span>}
              </span>
              <StateMark state={run.state} detail={detailOf(run)} />
            </button>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="small" look="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}
