import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type DragEvent } from 'react';
import { useNavigate } from 'react-router';
import { useIsDark } from '@/app/theme';
import { useMay, useSession } from '@/app/session';
import { Button } from '@/components/Button';
import { useTitle } from '@/components/Page';
import { toastDone, toastFailed } from '@/components/Toasts';
import { graphs, runs as routes } from '../client';
import type { Place } from '../model/connect';
import { fromSaved, toSaved, type Point } from '../model/document';
import { EditorProvider, EditorStore, useCanEdit, useEditor } from '../model/editorStore';
import { Journal } from '../model/journal';
import { runInputs } from '../model/runInputs';
import { RunProvider, RunStore } from '../model/runs';
import { Saver } from '../model/saver';
import type { Graph, Json, NodeType, RunPart, RunStart } from '../shapes';
import { addNode, copy, cut, duplicate, goTo, pasteText, tidy } from './actions';
import { AddDialog } from './AddDialog';
import { Breadcrumbs } from './Breadcrumbs';
import { Canvas } from './Canvas';
import { CodeDialog } from './CodeDialog';
import { ConnectDialog } from './ConnectDialog';
import { CanvasSlot, ToolsProvider, type Asked, type Tools } from './control';
import { LeftBehind } from './LeftBehind';
import { ListView } from './ListView';
import { NodePanel } from './NodePanel';
import type { RunNode } from './NodeRunPart';
import { DRAGGED, Palette } from './Palette';
import { ProblemsPanel, useProblems } from './ProblemsPanel';
import { lastInputs, RunPanel } from './RunPanel';
import { SaveTrouble } from './SaveTrouble';
import { useChecks, usePortQuestions, useRunSocket } from './server';
import { Shortcuts } from './Shortcuts';
import { SidePanel, type Side } from './SidePanel';
import { Toolbar, type View } from './Toolbar';
import { useKeys, type KeyActions } from './useKeys';
import { restore, VersionsPanel } from './VersionsPanel';

type InFront =
  | { kind: 'add'; at?: Point | undefined; from?: Place | undefined; find?: boolean | undefined }
  | { kind: 'connect'; node: string }
  | { kind: 'code' }
  | { kind: 'keys' };

function useMedia(query: string): boolean {
  const media = useMemo(() => window.matchMedia(query), [query]);
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => media.matches,
  );
}

/** What lives as long as one graph is open. */
function useMade(graph: Graph, types: readonly NodeType[], tab: string) {
  const { user } = useSession();
  const mayEdit = useMay('graph:edit');
  const [made] = useState(() => {
    const document = fromSaved(graph.name, graph.description, graph.graph);
    const journal = new Journal(localStorage, user?.id ?? 'me', graph.id, tab);
    const saver = new Saver({
      document,
      revision: graph.revision,
      journal,
      save: (draft, revision) =>
        graphs.save(graph.id, revision, { name: draft.name, description: draft.description, graph: toSaved(draft) }),
      load: () => graphs.get(graph.id),
    });
    const slot = new CanvasSlot();
    return { document, journal, saver, slot, store: new EditorStore(document, types, mayEdit), runs: new RunStore() };
  });
  return made;
}

/** The editor of one graph. */
export function Editor({ graph, types, tab }: { graph: Graph; types: readonly NodeType[]; tab: string }) {
  const made = useMade(graph, types, tab);
  const [inFront, setInFront] = useState<InFront | null>(null);
  const tools = useMemo<Tools>(() => {
    const asked: Asked = {
      add: (options = {}) => setInFront({ kind: 'add', ...options }),
      connect: (node) => setInFront({ kind: 'connect', node }),
    };
    return { canvas: made.slot, asked };
  }, [made]);
  return (
    <EditorProvider value={made.store}>
      <RunProvider value={made.runs}>
        <ToolsProvider value={tools}>
          <ReactFlowProvider>
            <Workplace graph={graph} made={made} tools={tools} inFront={inFront} setInFront={setInFront} />
          </ReactFlowProvider>
        </ToolsProvider>
      </RunProvider>
    </EditorProvider>
  );
}

type Made = ReturnType<typeof useMade>;

/** Saves what changes, and what is left when the page goes. */
function useSaving({ store, saver }: Made) {
  const draft = useEditor((state) => state.history.present);
  useEffect(() => saver.changed(draft), [draft, saver]);
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') void saver.flush();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      saver.changed(store.draft);
      saver.end();
    };
  }, [saver, store]);
}

/** Starts runs of the draft, saved before, or of the version that shows. */
function useRunning(graph: string, { store, runs, saver, slot }: Made) {
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const start = useCallback(
    async (inputs: Json, part?: RunStart) => {
      setStarting(true);
      setFailure(null);
      store.set({ panel: 'run' });
      try {
        const { viewed, mayEdit } = store.get();
        if (viewed === null && mayEdit && !(await saver.flush())) {
          throw new Error('The draft is not saved yet, so it can’t run');
        }
        // What is pinned is for working on the draft; a version runs as everybody gets it.
        const body = { inputs, ...part, ...(viewed ? { version: viewed.number } : { pinned: true }) };
        runs.show(await routes.start(graph, body), true);
      } catch (error) {
        setFailure(error);
      } finally {
        setStarting(false);
      }
    },
    [graph, runs, saver, store],
  );
  useEffect(() => {
    let before = runs.get().run?.state;
    return runs.subscribe(() => {
      const { run, live } = runs.get();
      const failed = run?.state === 'failed' && before !== 'failed';
      const waits = run?.state === 'waiting' && before !== 'waiting';
      before = run?.state;
      if (!live) return;
      if (waits) store.set({ panel: 'run' });
      // Who looks into a graph inside of a node is left there: it shows what failed in it.
      if (failed && run.error?.nodeId && store.get().path.length === 0) void goTo(store, slot, run.error.nodeId);
    });
  }, [runs, slot, store]);
  return { start, starting, failure };
}

function Workplace({
  graph,
  made,
  tools,
  inFront,
  setInFront,
}: {
  graph: Graph;
  made: Made;
  tools: Tools;
  inFront: InFront | null;
  setInFront: (inFront: InFront | null) => void;
}) {
  const { store, saver, runs, slot, journal } = made;
  const { asked } = tools;
  const narrow = !useMedia('(min-width: 640px)');
  const roomy = useMedia('(min-width: 1440px)');
  const dark = useIsDark();
  const mayRun = useMay('graph:run');
  const navigate = useNavigate();
  const [view, setView] = useState<View>('canvas');
  const [palette, setPalette] = useState(roomy);
  const canvasArea = useRef<HTMLDivElement>(null);
  const viewed = useEditor((state) => state.viewed);
  const path = useEditor((state) => state.path.join('/'));
  const canEdit = useCanEdit();
  const { start, starting, failure } = useRunning(graph.id, made);
  useTitle(useEditor((state) => state.history.present.name));
  useSaving(made);
  useChecks();
  usePortQuestions();
  useRunSocket(runs);
  const close = useCallback(() => setInFront(null), [setInFront]);

  const runNode = useCallback(
    (node: string, part: RunPart = 'node', nodeInputs?: Json) => {
      const [values] = lastInputs(graph.id, runInputs(store.whole, store.get().types));
      void start(values, { node, part, ...(nodeInputs && { nodeInputs }) });
    },
    [graph.id, start, store],
  );
  const keys = useMemo<KeyActions>(
    () => ({
      undo: () => store.undo(),
      redo: () => store.redo(),
      copy: () => void copy(store),
      cut: () => void cut(store),
      duplicate: () => duplicate(store, slot),
      paste: (text) => pasteText(store, slot, text, slot.control.pointer()),
      selectAll: () => slot.control.select(store.document.nodes.map(({ id }) => id)),
      add: () => store.canEdit && asked.add({ at: slot.control.pointer() }),
      find: () => asked.add({ at: slot.control.pointer(), find: true }),
      connect: () => {
        const [node] = store.get().selectedNodes;
        if (node !== undefined && store.canEdit) asked.connect(node);
      },
      fit: () => slot.control.fit(),
      zoomIn: () => slot.control.zoom('in'),
      zoomOut: () => slot.control.zoom('out'),
      zoomWhole: () => slot.control.zoom('whole'),
      tidy: () => void tidy(store, slot).catch(toastFailed),
      run: () => {
        const inputs = runInputs(store.whole, store.get().types);
        const [values, wrong] = lastInputs(graph.id, inputs);
        if (mayRun && Object.keys(wrong).length === 0) void start(values);
        else store.set({ panel: 'run' });
      },
      save: () => void saver.flush(),
      help: () => setInFront({ kind: 'keys' }),
    }),
    [asked, graph.id, mayRun, saver, setInFront, slot, start, store],
  );
  useKeys(keys, canvasArea);

  const stop = () => {
    const { run } = runs.get();
    if (run !== null) routes.cancel(run.id).catch(toastFailed);
  };
  const duplicateGraph = async () => {
    try {
      await saver.flush();
      const copied = await graphs.duplicate(graph.id);
      toastDone(`Made “${copied.name}”`);
      await navigate(`/graphs/${copied.id}`);
    } catch (error) {
      toastFailed(error);
    }
  };
  const dropped = (event: DragEvent) => {
    const type = store.get().types.get(event.dataTransfer.getData(DRAGGED));
    if (type === undefined) return;
    event.preventDefault();
    addNode(store, slot, type, slot.control.pointer());
  };
  const canvas = (
    // The palette's entries can be dropped here; a click on one does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={canvasArea}
      aria-label="Canvas"
      className={narrow ? 'h-[70dvh] border-y' : 'min-h-0 min-w-0 grow'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        slot.control.aim({ x: event.clientX, y: event.clientY });
      }}
      onDrop={dropped}
    >
      <Canvas key={path} dark={dark} className="h-full w-full" />
    </section>
  );
  const panel = (
    <Sides
      graph={graph.id}
      made={made}
      start={(inputs, part) => void start(inputs, part)}
      starting={starting}
      failure={failure}
      mayRun={mayRun}
      onRunNode={runNode}
      narrow={narrow}
    />
  );
  return (
    <div className="flex min-h-0 grow flex-col sm:h-dvh sm:grow-0">
      <Toolbar
        graph={graph.id}
        saver={saver}
        keys={keys}
        view={view}
        onView={setView}
        palette={palette}
        onPalette={setPalette}
        onStop={stop}
        onDuplicate={() => void duplicateGraph()}
        onCode={() => setInFront({ kind: 'code' })}
        starting={starting}
        mayRun={mayRun}
        narrow={narrow}
      />
      <LeftBehind journal={journal} revision={graph.revision} saved={made.document} />
      {viewed !== null && (
        <div role="status" className="flex flex-wrap items-center gap-3 border-b bg-accent-wash px-4 py-2 text-sm">
          <p className="grow">
            <span className="font-medium">Version {viewed.number}</span>, which can’t be changed.
          </p>
          <Button size="small" onClick={() => store.view(null)}>
            Back to the draft
          </Button>
          <Button
            size="small"
            look="primary"
            onClick={() => void restore(graph.id, viewed.number, saver, (document) => store.load(document))}
          >
            Restore as the draft
          </Button>
        </div>
      )}
      <Breadcrumbs />
      {narrow ? (
        <>
          <ListView onRunNode={runNode} mayRun={mayRun} narrow />
          {canvas}
          {panel}
        </>
      ) : (
        <div className="flex min-h-0 grow">
          {palette && view === 'canvas' && canEdit && <Palette onClose={() => setPalette(false)} />}
          {view === 'canvas' ? (
            canvas
          ) : (
            <div className="min-w-0 grow overflow-y-auto">
              <ListView onRunNode={runNode} mayRun={mayRun} narrow={false} />
            </div>
          )}
          {panel}
        </div>
      )}
      <SaveTrouble saver={saver} />
      {inFront?.kind === 'add' && <AddDialog at={inFront.at} from={inFront.from} find={inFront.find} onClose={close} />}
      {inFront?.kind === 'connect' && <ConnectDialog node={inFront.node} onClose={close} />}
      {inFront?.kind === 'code' && <CodeDialog graph={graph.id} onClose={close} />}
      {inFront?.kind === 'keys' && <Shortcuts onClose={close} />}
    </div>
  );
}

function Sides({
  graph,
  made,
  start,
  starting,
  failure,
  mayRun,
  onRunNode,
  narrow,
}: {
  graph: string;
  made: Made;
  start: (inputs: Json, part?: RunStart) => void;
  starting: boolean;
  failure: unknown;
  mayRun: boolean;
  onRunNode: RunNode;
  narrow: boolean;
}) {
  const problems = useProblems().length;
  const sides: Side[] = [
    { id: 'node', title: 'Node', content: () => <NodePanel onRunNode={onRunNode} mayRun={mayRun} /> },
    {
      id: 'run',
      title: 'Run',
      content: () => <RunPanel graph={graph} start={start} starting={starting} failure={failure} mayRun={mayRun} />,
    },
    { id: 'problems', title: 'Problems', count: problems, content: () => <ProblemsPanel /> },
    { id: 'versions', title: 'Versions', content: () => <VersionsPanel graph={graph} saver={made.saver} /> },
  ];
  return <SidePanel sides={sides} className={narrow ? '' : 'w-80 shrink-0 border-l'} />;
}
