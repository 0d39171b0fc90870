import { FileSearch, FileText, MessageCircleQuestion, RotateCcw, Trash2, Upload as UploadIcon, X } from 'lucide-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import type { Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { announce } from '@/components/announce';
import { Button, IconButton } from '@/components/Button';
import { DropZone } from '@/components/DropZone';
import { ago, bytes, number } from '@/components/format';
import { List } from '@/components/List';
import { OnItsWay } from '@/components/OnItsWay';
import { Page } from '@/components/Page';
import { Badge, ProgressBar } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Skeleton } from '@/components/states';
import { Tabs } from '@/components/Tabs';
import { toastFailed } from '@/components/Toasts';
import { useFiles } from '@/components/useFiles';
import { AskTab } from './AskTab';
import { DeleteDocument, Stages, StatusBadge } from './parts';
import { SearchTab } from './SearchTab';
import type { StudioDocument } from './shapes';
import { doing, isMoving, progressOf } from './stages';
import { add, again, DOCUMENTS, drop, useUploads } from './uploads';
import { useProgress } from './useProgress';

/** What is read (the server decides by the content, not by the name). */
const ACCEPTED = '.pdf,.docx,.pptx,.xlsx,.csv,.txt,.md,.markdown,.html,.htm,.rtf,.odt,.epub';

/** Every document, ways to add one, to look for passages, and to ask. */
export function DocumentsPage() {
  const mayRead = useMay('document:get');
  const mayAdd = useMay('document:edit');
  const { buttonId, choose, chooser } = useFiles({
    label: 'Documents to upload',
    accept: ACCEPTED,
    enabled: mayAdd,
    onFiles: add,
  });
  if (!mayRead) {
    return (
      <Page title="Documents">
        <NoPermission detail="Reading documents needs the right “document:get”, which your role doesn’t include." />
      </Page>
    );
  }
  return (
    <Page
      title="Documents"
      lead="Files that answers can quote, with the page and the words."
      actions={
        mayAdd && (
          <Button id={buttonId} icon={UploadIcon} look="primary" onClick={choose}>
            Upload
          </Button>
        )
      }
    >
      {chooser}
      <DropZone label="Documents" enabled={mayAdd} onDrop={add}>
        <Tabs
          label="Documents"
          tabs={[
            { id: 'files', title: 'Files', content: <Files mayAdd={mayAdd} onChoose={choose} /> },
            { id: 'search', title: 'Try a search', content: <SearchTab /> },
            { id: 'ask', title: 'Ask', content: <AskTab /> },
          ]}
        />
      </DropZone>
    </Page>
  );
}

function Files({ mayAdd, onChoose }: { mayAdd: boolean; onChoose: () => void }) {
  const [deleting, setDeleting] = useState<StudioDocument | null>(null);
  const uploads = useUploads();
  const query = useInfiniteQuery({
    queryKey: DOCUMENTS,
    queryFn: ({ pageParam }) => api.get<PageOf<StudioDocument>>('/documents', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const moving = items.filter(isMoving);
  const rest = items.filter((document) => !isMoving(document));
  const isEmpty = query.data !== undefined && items.length === 0 && uploads.length === 0;
  return (
    <>
      {(uploads.length > 0 || moving.length > 0) && (
        <ul aria-label="On their way in" className="mb-4 flex flex-col gap-2">
          {uploads.map((one) => (
            <Sending key={one.id} one={one} />
          ))}
          {moving.map((document) => (
            <Moving key={document.id} document={document} />
          ))}
        </ul>
      )}
      {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Skeleton lines={6} label="Loading the documents" />}
      {isEmpty && (
        <div className="rounded-lg border border-dashed border-edge/60 bg-surface">
          <EmptyState
            icon={FileText}
            title="No documents yet"
            action={
              mayAdd && (
                <Button look="primary" icon={UploadIcon} onClick={onChoose}>
                  Choose files
                </Button>
              )
            }
          >
            {mayAdd
              ? 'Drop files anywhere on this page: PDF, Word, PowerPoint, Markdown, text, HTML, Excel or CSV.'
              : 'Nobody of your organisation has added a document that you may see.'}
          </EmptyState>
        </div>
      )}
      {rest.length > 0 && <Table items={rest} mayChange={mayAdd} onDelete={setDeleting} />}
      {query.hasNextPage && (
        <div className="mt-3 text-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {items.some(({ status }) => status === 'done') && (
        <nav aria-label="What to do with documents" className="mt-4 flex flex-wrap gap-2">
          <Link to="?tab=ask" className="inline-flex items-center gap-1.5 text-accent underline">
            <MessageCircleQuestion size={16} aria-hidden /> Ask the documents
          </Link>
          <Link to="?tab=search" className="inline-flex items-center gap-1.5 text-accent underline">
            <FileSearch size={16} aria-hidden /> See what a search finds
          </Link>
        </nav>
      )}
      {deleting && <DeleteDocument document={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

const SENDING = { waiting: 'Waiting', sending: 'Sending', storing: 'Storing', failed: 'Not sent' };

/** A file on its way to the server. */
function Sending({ one }: { one: ReturnType<typeof useUploads>[number] }) {
  const isSending = one.state === 'sending' || one.state === 'storing';
  return (
    <OnItsWay
      name={one.name}
      words={SENDING[one.state]}
      detail={one.state === 'sending' && ` ${Math.round(one.sent * 100)} % of ${bytes(one.bytes)}`}
      progress={isSending ? { of: one.name, value: one.state === 'storing' ? null : one.sent } : undefined}
      problem={one.problem}
      actions={
        <>
          {one.state === 'failed' && (
            <Button size="small" icon={RotateCcw} onClick={() => again(one.id)}>
              Try again
            </Button>
          )}
          <IconButton
            size="small"
            icon={X}
            label={one.state === 'failed' ? `Close ${one.name}` : `Cancel ${one.name}`}
            onClick={() => drop(one.id)}
          />
        </>
      }
    />
  );
}

/** A document that is being read, with the stage that it is in. */
function Moving({ document: listed }: { document: StudioDocument }) {
  const client = useQueryClient();
  const document = useProgress(listed, (ended) => {
    announce(ended.status === 'done' ? `${ended.name} is ready` : `${ended.name} could not be read`);
    void client.invalidateQueries({ queryKey: DOCUMENTS });
    void client.invalidateQueries({ queryKey: ['document', ended.id] });
  });
  return (
    <li className="rounded-lg border bg-surface px-4 py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <Link to={`/documents/${document.id}`} className="min-w-0 font-medium break-all hover:underline">
          {document.name}
        </Link>
        <span className="text-sm text-soft tabular-nums">{doing(document)}</span>
      </p>
      <div className="my-2">
        <ProgressBar value={progressOf(document)} label={`Reading ${document.name}`} />
      </div>
      <Stages document={document} small />
    </li>
  );
}

const plainType = (type: string | null) =>
  type === null
    ? '–'
    : ({
        'application/pdf': 'PDF',
        'text/markdown': 'Markdown',
        'text/plain': 'Text',
        'text/html': 'HTML',
        'text/csv': 'CSV',
      }[type] ??
      (/wordprocessing/.test(type)
        ? 'Word'
        : /presentation/.test(type)
          ? 'PowerPoint'
          : /spreadsheet/.test(type)
            ? 'Excel'
            : (type.split('/').at(-1) ?? type)));

function Table({
  items,
  mayChange,
  onDelete,
}: {
  items: StudioDocument[];
  mayChange: boolean;
  onDelete: (document: StudioDocument) => void;
}) {
  const mayDeleteShared = useMay('member:edit');
  return (
    <List
      label="Documents"
      items={items}
      keyOf={(document) => document.id}
      columns={[
        {
          title: 'Name',
          cell: (document) => (
            <div className="min-w-0">
              <Link to={`/documents/${document.id}`} className="font-medium break-all hover:underline">
                {document.name}
              </Link>
              <span className="ml-2 inline-flex gap-1 align-middle">
                <StatusBadge status={document.status} />
                {document.shared && <Badge>Shared</Badge>}
              </span>
              {document.error && (
                <p className="mt-0.5 max-w-xl text-sm text-soft break-words">
                  {document.error.what}. {document.error.mend}.
                </p>
              )}
            </div>
          ),
        },
        {
          title: 'Kind',
          wideOnly: true,
          cell: (document) => <span className="text-soft">{plainType(document.mediaType)}</span>,
        },
        {
          title: 'Pages',
          right: true,
          wideOnly: true,
          cell: (document) => (document.pages ? number(document.pages) : '–'),
        },
        {
          title: 'Passages',
          right: true,
          wideOnly: true,
          cell: (document) => (document.chunks > 0 ? number(document.chunks) : '–'),
        },
        {
          title: 'Size',
          right: true,
          wideOnly: true,
          cell: (document) => <span className="whitespace-nowrap">{bytes(document.bytes)}</span>,
        },
        {
          title: 'Added',
          right: true,
          wideOnly: true,
          cell: (document) => <span className="text-soft whitespace-nowrap">{ago(document.createdAt)}</span>,
        },
        ...(mayChange
          ? [
              {
                title: 'Actions',
                hideTitle: true,
                right: true,
                cell: (document: StudioDocument) =>
                  (document.mine || (mayDeleteShared && document.shared)) && (
                    <span className="inline-flex">
                      {document.mine && (document.status === 'failed' || document.status === 'cancelled') && (
                        <Retry document={document} />
                      )}
                      <IconButton
                        size="small"
                        icon={Trash2}
                        label={`Delete ${document.name}`}
                        onClick={() => onDelete(document)}
                      />
                    </span>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** Reads a document again. */
export function Retry({ document, named }: { document: StudioDocument; named?: boolean }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.post<StudioDocument>(`/documents/${document.id}/retry`),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: DOCUMENTS }),
        client.invalidateQueries({ queryKey: ['document', document.id] }),
      ]),
    onError: toastFailed,
  });
  const start = () => retry.mutate();
  return named ? (
    <Button icon={RotateCcw} busy={retry.isPending} onClick={start}>
      Read again
    </Button>
  ) : (
    <IconButton
      size="small"
      icon={RotateCcw}
      label={`Read ${document.name} again`}
      busy={retry.isPending}
      onClick={start}
    />
  );
}
