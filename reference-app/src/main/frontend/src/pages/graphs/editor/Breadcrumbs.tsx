import { ChevronRight, ExternalLink } from 'lucide-react';
import { Link } from 'react-router';
import { nameOfNode } from '../model/connect';
import { useEditor, useEditorStore } from '../model/editorStore';
import { graphIdOf, leadsElsewhere, nested } from '../model/nested';
import { openInside } from './actions';

/** Where one is inside of the graph, and the way back; nothing at the top. */
export function Breadcrumbs() {
  const store = useEditorStore();
  const path = useEditor((state) => state.path);
  const types = useEditor((state) => state.types);
  const others = useEditor((state) => state.others);
  useEditor((state) => state.history.present);
  if (path.length === 0) return null;
  const { whole } = store;
  const steps = path.map((id, depth) => {
    const document = nested(whole, path.slice(0, depth), others) ?? whole;
    const node = document.nodes.find((one) => one.id === id);
    return { id, name: nameOfNode({ document, types, ports: new Map() }, id), other: node ? graphIdOf(node) : null };
  });
  const other = steps.findLast((step) => step.other !== null)?.other;
  return (
    <nav
      aria-label="Graphs inside of graphs"
      className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b bg-accent-wash px-4 py-1.5 text-sm"
    >
      <ol className="flex min-w-0 flex-wrap items-center gap-1">
        <li>
          <button
            type="button"
            onClick={() => void openInside(store, [])}
            className="rounded px-1 py-0.5 underline-offset-2 hover:underline"
          >
            {whole.name}
          </button>
        </li>
        {steps.map(({ id, name }, index) => (
          <li key={path.slice(0, index + 1).join('/')} className="flex items-center gap-1">
            <ChevronRight size={14} className="text-soft" aria-hidden />
            <button
              type="button"
              aria-current={index === steps.length - 1 ? 'page' : undefined}
              onClick={() => void openInside(store, path.slice(0, index + 1))}
              className="rounded px-1 py-0.5 underline-offset-2 hover:underline aria-[current]:font-medium"
              title={id}
            >
              {name}
            </button>
          </li>
        ))}
      </ol>
      {leadsElsewhere(whole, path, others) && (
        <p className="ml-auto flex flex-wrap items-center gap-x-2 text-soft">
          A graph of its own, shown as it runs.
          {other && (
            <Link
              to={`/graphs/${other}`}
              className="inline-flex items-center gap-1 text-accent-strong underline underline-offset-2"
            >
              <ExternalLink size={13} aria-hidden /> Open it to change it
            </Link>
          )}
        </p>
      )}
    </nav>
  );
}
