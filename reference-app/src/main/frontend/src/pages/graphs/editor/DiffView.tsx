import { isSame, summary, type GraphDiff } from '../model/diff';

/** What differs between two graphs, in words. */
export function DiffView({ found }: { found: GraphDiff }) {
  if (isSame(found)) return <p className="text-sm text-soft">They are the same.</p>;
  const lines: [string, string, string][] = [
    ...found.head.map((what): [string, string, string] => ['~', 'The graph', what]),
    ...found.added.map(({ name }): [string, string, string] => ['+', name, 'added']),
    ...found.removed.map(({ name }): [string, string, string] => ['−', name, 'removed']),
    ...found.changed.map(({ name, what }): [string, string, string] => ['~', name, what.join(', ')]),
    ...found.edgesAdded.map((edge): [string, string, string] => ['+', edge, 'edge added']),
    ...found.edgesRemoved.map((edge): [string, string, string] => ['−', edge, 'edge removed']),
  ];
  const tone: Record<string, string> = { '+': 'text-good', '−': 'text-bad', '~': 'text-warn' };
  return (
    <div className="text-sm">
      <p className="font-medium">{summary(found)}</p>
      <ul className="mt-1 max-h-52 overflow-y-auto rounded border bg-sunken px-2 py-1">
        {lines.map(([mark, name, what]) => (
          <li key={`${mark}${name}${what}`} className="flex gap-2">
            <span className={`w-3 shrink-0 font-mono ${tone[mark] ?? ''}`} aria-hidden>
              {mark}
            </span>
            <span className="min-w-0 break-words">
              {name} <span className="text-soft">{what}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
