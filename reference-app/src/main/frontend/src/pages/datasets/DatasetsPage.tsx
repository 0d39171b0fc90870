import { useInfiniteQuery } from '@tanstack/react-query';
import { Database, Link2, Plus, Upload, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Dataset, Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink, IconButton } from '@/components/Button';
import { DropZone } from '@/components/DropZone';
import { ago, bytes, number } from '@/components/format';
import { List } from '@/components/List';
import { Menu } from '@/components/Menu';
import { OnItsWay } from '@/components/OnItsWay';
import { Page } from '@/components/Page';
import { Badge } from '@/components/small';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';
import { useFiles } from '@/components/useFiles';
import { dismiss, importFile, runs, useImports, type Import } from './imports';
import { LookDialog } from './LookDialog';
import { SourceDialog } from './SourceDialog';
import { UrlDialog } from './UrlDialog';

/** What is read (the server decides by the content, not by the name). */
const ACCEPTED = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx,.xls,.ods,.parquet,.gz,.zip';

const take = (files: FileList) => [...files].forEach(importFile);

/** Every data set of the organisation, and ways to add one. */
export function DatasetsPage() {
  const mayAdd = useMay('dataset:edit');
  const { buttonId, choose, chooser } = useFiles({
    label: 'Files to upload',
    accept: ACCEPTED,
    enabled: mayAdd,
    onFiles: take,
  });
  const [dialog, setDialog] = useState<'url' | 'source' | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['datasets'],
    queryFn: ({ pageParam }) => api.get<PageOf<Dataset>>('/datasets', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Datasets"
      lead="Tables that can be asked, charted and joined."
      actions={
        mayAdd && (
          <>
            <Menu
              trigger={<Button icon={Plus}>Import</Button>}
              items={[
                { label: 'From a URL', icon: Link2, onSelect: () => setDialog('url') },
                { label: 'From a database', icon: Database, onSelect: () => setDialog('source') },
              ]}
            />
            <Button id={buttonId} icon={Upload} look="primary" onClick={choose}>
              Upload
            </Button>
          </>
        )
      }
    >
      {chooser}
      <DropZone label="Data sets" enabled={mayAdd} onDrop={take}>
        <Imports />
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={6} />}
        {query.data && items.length === 0 && (
          <div className="rounded-lg border border-dashed border-edge/60 bg-surface">
            <EmptyState
              icon={Database}
              title="No data yet"
              action={
                mayAdd && (
                  <>
                    <Button look="primary" icon={Upload} onClick={choose}>
                      Choose a file
                    </Button>
                    <ButtonLink to="/">See the samples</ButtonLink>
                  </>
                )
              }
            >
              {mayAdd
                ? 'Drop a file anywhere on this page: CSV, Excel, JSON or Parquet, also compressed.'
                : 'Nobody of your organisation has added a data set.'}
            </EmptyState>
          </div>
        )}
        {items.length > 0 && <Datasets items={items} />}
        {query.hasNextPage && (
          <div className="mt-3 text-center">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </DropZone>
      {dialog === 'url' && <UrlDialog onClose={() => setDialog(null)} />}
      {dialog === 'source' && <SourceDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}

function Datasets({ items }: { items: Dataset[] }) {
  return (
    <List
      label="Data sets"
      items={items}
      keyOf={(item) => item.id}
      columns={[
        {
          title: 'Name',
          cell: (item) => (
            <div className="min-w-0">
              <Link to={`/datasets/${item.id}`} className="font-medium break-all hover:underline">
                {item.name}
              </Link>
              <span className="ml-2 inline-flex gap-1 align-middle">
                {item.version > 1 && <Badge>{`v${item.version}`}</Badge>}
                {item.warnings.length > 0 && <Badge tone="warn">{`${item.warnings.length} to look at`}</Badge>}
              </span>
            </div>
          ),
        },
        { title: 'Rows', right: true, cell: (item) => number(item.rows) },
        { title: 'Columns', right: true, wideOnly: true, cell: (item) => number(item.columnCount) },
        {
          title: 'Size',
          right: true,
          wideOnly: true,
          cell: (item) => <span className="whitespace-nowrap">{bytes(item.bytes)}</span>,
        },
        { title: 'Format', wideOnly: true, cell: (item) => <span className="text-soft">{item.format}</span> },
        {
          title: 'Added',
          right: true,
          wideOnly: true,
          cell: (item) => <span className="text-soft whitespace-nowrap">{ago(item.createdAt)}</span>,
        },
      ]}
    />
  );
}

const WORDS: Record<Import['stage'], string> = {
  sending: 'Sending',
  storing: 'Storing',
  fetching: 'Fetching',
  waiting: 'Waits to be looked at',
  stopping: 'Stopping',
  reading: 'Reading',
  done: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What is on its way in. */
function Imports() {
  const imports = useImports();
  const [looked, setLooked] = useState<number | null>(null);
  const look = imports.find(({ id, uploadId }) => id === looked && uploadId !== null);
  if (imports.length === 0) return null;
  return (
    <>
      <ul aria-label="On their way in" className="mb-4 flex flex-col gap-2">
        {imports.map((one) => (
          <Row key={one.id} one={one} onLook={() => setLooked(one.id)} />
        ))}
      </ul>
      {look && <LookDialog one={look} onClose={() => setLooked(null)} />}
    </>
  );
}

function Row({ one, onLook }: { one: Import; onLook: () => void }) {
  const running = runs(one);
  return (
    <OnItsWay
      name={one.name}
      words={WORDS[one.stage]}
      detail={running && one.progress !== null && ` ${Math.round(one.progress * 100)} %`}
      progress={running ? { of: one.name, value: one.progress } : undefined}
      problem={one.problem}
      actions={
        <>
          {one.uploadId !== null && !running && (
            <Button size="small" onClick={onLook}>
              Look at it
            </Button>
          )}
          {one.datasetId && (
            <ButtonLink size="small" to={`/datasets/${one.datasetId}`}>
              Open
            </ButtonLink>
          )}
          {one.stage !== 'stopping' && (
            <IconButton
              size="small"
              icon={X}
              label={running ? `Cancel ${one.name}` : `Close ${one.name}`}
              onClick={() => (running ? one.cancel() : dismiss(one.id))}
            />
          )}
        </>
      }
    />
  );
}
