import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { CopyButton } from '@/components/CopyButton';
import { Dialog } from '@/components/Dialog';
import { graphs } from '../client';
import { useEditor, wholeDocument } from '../model/editorStore';
import { runInputs, type RunInput } from '../model/runInputs';

function example({ name, format, fallback }: RunInput): unknown {
  if (fallback !== undefined && fallback !== '') return fallback;
  return (
    { number: 1, lines: ['first', 'second'], json: {}, text: undefined, dataset: undefined, document: undefined }[
      format
    ] ?? `the ${name}`
  );
}

function javaValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `List.of(${value.map(javaValue).join(', ')})`;
  if (typeof value === 'object' && value !== null) {
    return `Map.of(${Object.entries(value)
      .flatMap(([name, one]) => [JSON.stringify(name), javaValue(one)])
      .join(', ')})`;
  }
  return String(value);
}

/** How a program runs the graph: over HTTP, or in Java. */
export function CodeDialog({ graph, onClose }: { graph: string; onClose: () => void }) {
  const document = useEditor(wholeDocument);
  const types = useEditor((state) => state.types);
  const versions = useQuery({ queryKey: ['graph', graph, 'versions'], queryFn: () => graphs.versions(graph) });
  const latest = Math.max(0, ...(versions.data ?? []).map(({ number }) => number));
  const inputs = runInputs(document, types).map((input) => [input.name, example(input)] as const);
  const body = { inputs: Object.fromEntries(inputs), ...(latest > 0 && { version: latest }) };
  const quoted = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  const at = window.location.origin;
  const curl = [
    `curl -X POST ${at}/api/v1/graphs/${graph}/runs \\`,
    `  -H "Authorization: Bearer $STUDIO_TOKEN" -H "Content-Type: application/json" \\`,
    `  -d '${quoted}'`,
    '',
    '# then, with the id that it answers:',
    `curl -N -H "Authorization: Bearer $STUDIO_TOKEN" ${at}/api/v1/runs/$RUN/events`,
  ].join('\n');
  const java = [
    'GraphRuns runs = GraphRuns.of(studio);',
    `RunRequest request = RunRequest.of("${graph}")${latest > 0 ? `.version(${latest})` : ''}`,
    `        .given(Map.of(${inputs.flatMap(([name, value]) => [JSON.stringify(name), javaValue(value)]).join(', ')}));`,
    'Values outputs = runs.await(runs.start(request).id()).outputs().orElseThrow();',
  ].join('\n');
  return (
    <Dialog open onClose={onClose} title="Run it from a program">
      <div className="flex flex-col gap-4">
        <p className="text-sm text-soft">
          {latest > 0
            ? `Both run version ${latest}, which stays as it is.`
            : 'Both run the draft, which may change: publish a version to be sure of what runs.'}{' '}
          What is pinned does not count there.
        </p>
        <Code title="Over HTTP" code={curl} />
        <p className="-mt-2 text-xs text-soft">
          The token is a personal one, made in{' '}
          <Link to="/settings/account" className="underline underline-offset-2">
            Settings
          </Link>
          .
        </p>
        <Code title="In Java" code={java} />
      </div>
    </Dialog>
  );
}

function Code({ title, code }: { title: string; code: string }) {
  return (
    <section>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{title}</h3>
        <CopyButton text={code} label={`Copy: ${title}`} />
      </div>
      <pre
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs"
      >
        {code}
      </pre>
    </section>
  );
}
