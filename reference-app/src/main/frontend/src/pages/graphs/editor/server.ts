import { useEffect, useRef } from 'react';
import { useSocket } from '@/api/useStream';
import { announce } from '@/components/announce';
import { graphs, nodeTypes } from '../client';
import { nameOfNode } from '../model/connect';
import { toSaved } from '../model/document';
import { shownDocument, useEditor, useEditorStore, type EditorStore } from '../model/editorStore';
import { portsKey } from '../model/ports';
import { hasEnded, useRunView, type RunStore } from '../model/runs';
import { useStore } from '../model/store';
import type { RunFrame, SavedNode } from '../shapes';

const CHECK_DELAY_MS = 500;
const PORTS_DELAY_MS = 250;

/** Has the server check the graph when the hands rest. */
export function useChecks(): void {
  const store = useEditorStore();
  const document = useEditor(shownDocument);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      graphs.check(toSaved(document), stop.signal).then(
        ({ problems }) => store.checked(document, problems),
        // The next change asks again; until then what is known stays.
        () => store.set({ checking: false }),
      );
    }, CHECK_DELAY_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [document, store]);
}

/** The configurations whose ports nobody asked for yet, with the nodes that have them. */
function unknownPorts(store: EditorStore, shown: readonly SavedNode[], asked: ReadonlySet<string>) {
  const { types, known } = store.get();
  const questions = new Map<string, { type: string; config: Record<string, unknown>; nodes: string[] }>();
  for (const node of shown) {
    if (!types.get(node.type)?.dynamicPorts) continue;
    const key = portsKey(node.type, node.data.config);
    if (known.byKey.has(key) || asked.has(key)) continue;
    const question = questions.get(key) ?? { type: node.type, config: node.data.config ?? {}, nodes: [] };
    question.nodes.push(node.id);
    questions.set(key, question);
  }
  return questions;
}

/** Asks the server for ports that depend on the configuration. */
export function usePortQuestions(): void {
  const store = useEditorStore();
  const { nodes } = useEditor(shownDocument);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const ask = async () => {
      const waiting = [...unknownPorts(store, nodes, asked.current)];
      if (waiting.length === 0) return;
      waiting.forEach(([key]) => asked.current.add(key));
      try {
        const answers = await nodeTypes.ports(waiting.map(([, { type, config }]) => ({ type, config })));
        const { byNode } = store.get().known;
        store.know(
          answers.flatMap(({ inputs, outputs, problems }, index) => {
            const [key, question] = waiting[index] ?? [];
            if (key === undefined || question === undefined) return [];
            // Half a configuration has no ports; the node keeps those that it had until it is whole again.
            const isHalf = problems.length > 0 && inputs.length + outputs.length === 0;
            const before = isHalf ? byNode.get(question.nodes[0] ?? '') : undefined;
            return [{ key, nodes: question.nodes, ports: before ?? { inputs, outputs } }];
          }),
        );
      } catch {
        // The next change asks again; until then what is known stays.
        waiting.forEach(([key]) => asked.current.delete(key));
      }
    };
    const first = store.get().known.byKey.size === 0;
    const timer = setTimeout(() => void ask(), first ? 0 : PORTS_DELAY_MS);
    return () => clearTimeout(timer);
  }, [nodes, store]);
}

/** Follows the run that shows, as long as it goes on. */
export function useRunSocket(runs: RunStore): void {
  const store = useEditorStore();
  const path = useRunView(({ run, live }) => (run !== null && live && !hasEnded(run) ? `/ws/runs/${run.id}` : null));
  const { state } = useSocket<RunFrame>(path, {
    onFrame: (frame) => runs.take(frame),
    sequence: ({ seq }) => seq,
  });
  const interrupted = state === 'interrupted';
  useEffect(() => {
    if (runs.get().interrupted !== interrupted) runs.set({ interrupted });
  }, [interrupted, runs]);
  useAnnouncedRun(runs, store);
}

/** Says to screen readers how the run goes on, node by node. */
function useAnnouncedRun(runs: RunStore, store: EditorStore): void {
  const nodes = useStore(runs, (view) => view.nodes);
  const live = useStore(runs, (view) => view.live);
  const before = useRef(nodes);
  useEffect(() => {
    const earlier = before.current;
    before.current = nodes;
    if (!live) return;
    const said = [...nodes.values()].flatMap(({ nodeId, state, error }) => {
      if (earlier.get(nodeId)?.state === state || !['running', 'done', 'failed', 'waiting'].includes(state)) return [];
      if (nodeId.includes('/')) return [];
      const name = nameOfNode({ document: store.whole, types: store.get().types, ports: new Map() }, nodeId);
      return [`${name} ${state}${error ? `: ${error.what}` : ''}`];
    });
    if (said.length > 0) announce(said.join('. '));
  }, [nodes, live, store]);
}
