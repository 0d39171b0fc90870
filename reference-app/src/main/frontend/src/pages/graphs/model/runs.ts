import { createContext, useContext } from 'react';
import type { NodeRun, NodeState, Run, RunFrame } from '../shapes';
import { useEditor } from './editorStore';
import { placeOf } from './nested';
import { Store, useStore } from './store';

/** What a node shows of a run. */
export interface NodeView extends NodeRun {
  /** What it has written so far. */
  text: string;
}

export interface RunView {
  /** The run that shows; null while none does. */
  run: Run | null;
  nodes: ReadonlyMap<string, NodeView>;
  /** The connection broke and is being made again. */
  interrupted: boolean;
  /** It is followed as it happens, not looked up in the history. */
  live: boolean;
}

export const ENDED: readonly string[] = ['done', 'failed', 'cancelled'];
const LONGEST_TEXT = 20_000;

export function hasEnded(run: Run): boolean {
  return ENDED.includes(run.state);
}

const IDLE = { startedAt: null, millis: null, inputs: null, outputs: null, error: null, tokens: null, text: '' };

function viewed(run: Run, before: ReadonlyMap<string, NodeView>): Map<string, NodeView> {
  return new Map(run.nodes.map((node) => [node.nodeId, withText(lower(node), before.get(node.nodeId)?.text)]));
}

/** The longer of what came piece by piece and what the server says was written. */
function withText(node: NodeRun, pieces = ''): NodeView {
  const said = node.text ?? '';
  return { ...node, text: said.length > pieces.length ? said : pieces };
}
const lower = (node: NodeRun): NodeRun => ({ ...node, state: node.state.toLowerCase() as NodeState });
const lowerRun = (run: Run): Run => ({
  ...run,
  state: run.state.toLowerCase() as Run['state'],
  nodes: run.nodes.map(lower),
});

/** Applies one frame of a run; tokens are added to what their node wrote. */
export function applied(view: RunView, frame: RunFrame): RunView {
  if (frame.type === 'run' || frame.type === 'done') {
    const run = lowerRun(frame.run);
    return { ...view, run, nodes: viewed(run, view.nodes) };
  }
  if (frame.type === 'node') {
    const before = view.nodes.get(frame.node.nodeId);
    const node = lower(frame.node);
    // A node that begins again, in a loop or as it is tried again, writes anew.
    const again =
      node.state === 'running' && before !== undefined && before.state !== 'running' && before.state !== 'queued';
    return { ...view, nodes: new Map(view.nodes).set(node.nodeId, withText(node, again ? '' : before?.text)) };
  }
  if (frame.type === 'token') {
    const before = view.nodes.get(frame.nodeId) ?? { ...IDLE, nodeId: frame.nodeId, state: 'running' as const };
    const text = (before.text + frame.text).slice(-LONGEST_TEXT);
    return { ...view, nodes: new Map(view.nodes).set(frame.nodeId, { ...before, text }) };
  }
  return view;
}

/** The run that an editor shows. Frames that come together are drawn together. */
export class RunStore extends Store<RunView> {
  #waiting: RunFrame[] = [];
  #isDue = false;

  constructor() {
    super({ run: null, nodes: new Map(), interrupted: false, live: false });
  }

  /** Shows a run: a live one is followed by whoever listens to its socket. */
  show(run: Run | null, live: boolean): void {
    this.#waiting = [];
    const now = run === null ? null : lowerRun(run);
    this.set({ run: now, nodes: now === null ? new Map() : viewed(now, new Map()), interrupted: false, live });
  }

  take(frame: RunFrame): void {
    this.#waiting.push(frame);
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.flush();
    });
  }

  /** Applies what waits for the next picture. */
  flush(): void {
    const frames = this.#waiting.splice(0);
    if (frames.length > 0) this.set(frames.reduce(applied, this.get()));
  }
}

const Context = createContext<RunStore | null>(null);
export const RunProvider = Context.Provider;

export function useRunStore(): RunStore {
  const store = useContext(Context);
  if (store === null) throw new Error('useRunStore is called outside of an editor');
  return store;
}

export function useRunView<Part>(select: (view: RunView) => Part): Part {
  return useStore(useRunStore(), select);
}

/** What one node of the graph that shows has of the run; drawn again only when that changes. */
export function useNodeView(id: string): NodeView | undefined {
  const place = useEditor(({ path }) => placeOf(path, id));
  return useRunView(({ nodes }) => nodes.get(place));
}
