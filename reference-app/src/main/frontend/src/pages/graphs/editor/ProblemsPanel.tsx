import { CircleAlert, CircleCheck } from 'lucide-react';
import { edgeOf, nodeOf, useEditor, useEditorStore } from '../model/editorStore';
import { nameOfNode } from '../model/connect';
import { useTools } from './control';

interface Line {
  key: string;
  where: string;
  message: string;
  mend: string;
  go: (() => void) | null;
}

/** Everything that is wrong with the graph, each with its way there. */
export function useProblems(): Line[] {
  const store = useEditorStore();
  const { canvas } = useTools();
  const problems = useEditor((state) => state.problems);
  const broken = useEditor((state) => state.broken);
  const types = useEditor((state) => state.types);
  const document = store.document;
  const wires = { document, types, ports: new Map() };
  const told = new Set<string>();
  const lines = problems.map((problem, index): Line => {
    const edge = edgeOf(problem, document);
    if (edge !== undefined) told.add(edge);
    const node = nodeOf(problem, document);
    const inGraph = node !== undefined && document.nodes.some(({ id }) => id === node);
    return {
      key: `${index} ${problem.message}`,
      where: inGraph ? nameOfNode(wires, node) : edge === undefined ? 'The graph' : 'An edge',
      message: problem.message,
      mend: problem.mend,
      go: inGraph
        ? () => canvas.control.reveal(node)
        : edge === undefined
          ? null
          : () => canvas.control.select([], [edge]),
    };
  });
  const unsaid = [...broken].filter(([edge]) => !told.has(edge));
  return [
    ...lines,
    ...unsaid.map(([edge, why]) => ({
      key: edge,
      where: 'An edge',
      message: why,
      mend: 'Delete the edge, or connect it elsewhere',
      go: () => canvas.control.select([], [edge]),
    })),
  ];
}

export function ProblemsPanel() {
  const lines = useProblems();
  const checking = useEditor((state) => state.checking);
  if (lines.length === 0) {
    return (
      <p className="flex items-center gap-2 text-soft">
        <CircleCheck size={17} className="shrink-0 text-good" aria-hidden />
        {checking ? 'Checking…' : 'Nothing is wrong; this graph can run.'}
      </p>
    );
  }
  return (
    <ul className="flex flex-col gap-2">
      {lines.map((line) => (
        <li key={line.key} className="flex gap-2">
          <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
          <div className="min-w-0">
            {line.go ? (
              <button
                type="button"
                onClick={line.go}
                className="text-left text-sm font-medium underline underline-offset-2"
              >
                {line.where}
              </button>
            ) : (
              <span className="text-sm font-medium">{line.where}</span>
            )}
            <p className="text-sm break-words">{line.message}</p>
            <p title={line.mend} className="line-clamp-3 text-xs break-words text-soft">
              {line.mend}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
