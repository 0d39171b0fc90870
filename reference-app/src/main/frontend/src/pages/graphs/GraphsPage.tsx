import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Download, Ellipsis, FileUp, Plus, Trash2, Workflow } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay } from '@/app/session';
import { Button, IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { ago, counted, dateTime } from '@/components/format';
import { List, type ListColumn } from '@/components/List';
import { Menu } from '@/components/Menu';
import { Page } from '@/components/Page';
import { Badge } from '@/components/small';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';
import { toastDone, toastFailed } from '@/components/Toasts';
import { graphs } from './client';
import type { Graph, GraphSummary, GraphTemplate } from './shapes';
import { Thumbnail } from './Thumbnail';

const LIST = ['graphs'];
const LARGEST_FILE = 20_000_000;

function useOpen() {
  const navigate = useNavigate();
  const client = useQueryClient();
  /** Makes a graph and opens it; says why where it can't be made. */
  return async (make: () => Promise<Graph>) => {
    try {
      const graph = await make();
      await client.invalidateQueries({ queryKey: LIST });
      await navigate(`/graphs/${graph.id}`);
    } catch (error) {
      toastFailed(error);
    }
  };
}

async function readGraph(file: File): Promise<unknown> {
  if (file.size > LARGEST_FILE) throw new Error(`“${file.name}” is larger than 20 MB, which no graph is`);
  try {
    return JSON.parse(await file.text()) as unknown;
  } catch {
    throw new Error(`“${file.name}” is not JSON, so it is no graph`);
  }
}

/** The graphs of the organisation, and what to begin with. */
export function GraphsPage() {
  const mayEdit = useMay('graph:edit');
  const open = useOpen();
  const file = useRef<HTMLInputElement>(null);
  const [naming, setNaming] = useState(false);
  const [over, setOver] = useState(false);
  const take = (chosen: File | undefined) => {
    if (chosen !== undefined) void open(async () => graphs.importGraph(await readGraph(chosen)));
  };
  const dropped = (event: DragEvent) => {
    setOver(false);
    if (!mayEdit || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    // A file may be dropped anywhere; the button does the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes('grow', over && 'bg-accent-wash')}
      onDragOver={(event) => {
        if (!mayEdit || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <Page
        title="Graphs"
        lead="Steps that work together: models, tools, data and people, drawn as a graph and run by the engine."
        actions={
          mayEdit && (
            <>
              <input
                ref={file}
                type="file"
                accept=".json,application/json"
                aria-label="Graph file"
                className="hidden"
                onChange={(event) => {
                  take(event.target.files?.[0]);
                  event.target.value = '';
                }}
              />
              <Button icon={FileUp} onClick={() => file.current?.click()}>
                Import
              </Button>
              <Button look="primary" icon={Plus} onClick={() => setNaming(true)}>
                New graph
              </Button>
            </>
          )
        }
      >
        <div className="flex flex-col gap-8">
          <Graphs mayEdit={mayEdit} onNew={() => setNaming(true)} />
          {mayEdit && <Templates />}
        </div>
        {naming && <NameDialog onClose={() => setNaming(false)} onMake={(name) => open(() => graphs.create(name))} />}
      </Page>
    </div>
  );
}

function NameDialog({ onClose, onMake }: { onClose: () => void; onMake: (name: string) => Promise<void> }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await onMake(name.trim() || 'Untitled graph');
    setBusy(false);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="New graph"
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void make()}>
            Create
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field label="Name" hint="It can be changed at any time">
          <Input
            value={name}
            maxLength={200}
            placeholder="Untitled graph"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function Graphs({ mayEdit, onNew }: { mayEdit: boolean; onNew: () => void }) {
  const client = useQueryClient();
  const open = useOpen();
  const [words, setWords] = useState('');
  const [removed, setRemoved] = useState<GraphSummary | null>(null);
  const query = useInfiniteQuery({
    queryKey: LIST,
    queryFn: ({ pageParam }) => graphs.list(pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (query.isPending) return <Skeleton lines={5} label="Loading the graphs" />;
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (all.length === 0) {
    return (
      <EmptyState
        icon={Workflow}
        title="No graph yet"
        action={
          mayEdit && (
            <Button look="primary" icon={Plus} onClick={onNew}>
              New graph
            </Button>
          )
        }
      >
        {mayEdit
          ? 'Begin with an empty one, or with one of the templates below.'
          : 'Nobody in your organisation made one yet.'}
      </EmptyState>
    );
  }
  const shown = all.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words.toLowerCase()),
  );
  const columns: ListColumn<GraphSummary>[] = [
    {
      title: 'Name',
      cell: (graph) => (
        <>
          <Link to={`/graphs/${graph.id}`} className="font-medium break-words underline-offset-2 hover:underline">
            {graph.name}
          </Link>
          {graph.description && <span className="line-clamp-1 text-sm text-soft">{graph.description}</span>}
        </>
      ),
    },
    { title: 'Nodes', right: true, wideOnly: true, cell: (graph) => graph.nodeCount },
    {
      title: 'Version',
      wideOnly: true,
      cell: (graph) =>
        graph.publishedVersion === null ? (
          <span className="text-soft">Draft</span>
        ) : (
          <Badge tone="accent">v{graph.publishedVersion}</Badge>
        ),
    },
    {
      title: 'Changed',
      cell: (graph) => (
        <time dateTime={graph.updatedAt} title={dateTime(graph.updatedAt)} className="whitespace-nowrap text-soft">
          {ago(graph.updatedAt)}
        </time>
      ),
    },
    {
      title: 'Actions',
      hideTitle: true,
      right: true,
      cell: (graph) => (
        <Menu
          trigger={<IconButton size="small" icon={Ellipsis} label={`Actions for ${graph.name}`} />}
          items={[
            { label: 'Export as JSON', icon: Download, href: graphs.exportAddress(graph.id) },
            ...(mayEdit
              ? [
                  { label: 'Duplicate', icon: Copy, onSelect: () => void open(() => graphs.duplicate(graph.id)) },
                  { label: 'Delete…', icon: Trash2, danger: true, onSelect: () => setRemoved(graph) },
                ]
              : []),
          ]}
        />
      ),
    },
  ];
  return (
    <section aria-label="Your graphs" className="flex flex-col gap-3">
      {all.length > 6 && (
        <Input
          type="search"
          value={words}
          aria-label="Search graphs"
          placeholder="Search graphs"
          className="max-w-xs"
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {shown.length === 0 ? (
        <p className="text-soft">No graph fits “{words}”.</p>
      ) : (
        <List label="Graphs" items={shown} columns={columns} keyOf={({ id }) => id} />
      )}
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {removed && (
        <ConfirmDelete
          title={`Delete “${removed.name}”?`}
          onClose={() => setRemoved(null)}
          onConfirm={async () => {
            await graphs.remove(removed.id, removed.revision);
            await client.invalidateQueries({ queryKey: LIST });
            toastDone(`Deleted “${removed.name}”`);
          }}
        >
          Its versions and its runs go with it. This can’t be undone; export it first if it may be needed again.
        </ConfirmDelete>
      )}
    </section>
  );
}

function Templates() {
  const query = useQuery({ queryKey: ['graph-templates'], queryFn: graphs.templates, staleTime: Infinity });
  if (query.isPending) return <Skeleton lines={3} label="Loading the templates" />;
  if (query.isError) return <ErrorState error={query.error} compact retry={() => void query.refetch()} />;
  if (query.data.length === 0) return null;
  return (
    <section aria-label="Templates">
      <h2 className="mb-3 text-lg font-semibold">Begin with a template</h2>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {query.data.map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </ul>
    </section>
  );
}

function TemplateCard({ template }: { template: GraphTemplate }) {
  const open = useOpen();
  const [busy, setBusy] = useState(false);
  const use = async () => {
    setBusy(true);
    await open(() => graphs.fromTemplate(template.id));
    setBusy(false);
  };
  return (
    <li className="flex flex-col gap-2 rounded-lg border bg-surface p-3">
      <Thumbnail graph={template.graph} />
      <div className="flex items-start justify-between gap-2">
        <h3 className="font-semibold">{template.title}</h3>
        {template.needsModel && <Badge>Needs a model</Badge>}
      </div>
      <p className="grow text-sm text-soft">{template.description}</p>
      <div className="flex items-center justify-between gap-2">
        <span className="text-xs text-soft">{counted(template.graph.nodes.length, 'node')}</span>
        <Button size="small" busy={busy} onClick={() => void use()} aria-label={`Use it: ${template.title}`}>
          Use it
        </Button>
      </div>
    </li>
  );
}
