import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, FileText, MessageCircleQuestion, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Page as PageOf } from '@/api/shapes';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { classes } from '@/components/classes';
import { CopyButton } from '@/components/CopyButton';
import { bytes, counted, dateTime, number } from '@/components/format';
import { Page, Section } from '@/components/Page';
import { Facts, Note, ProgressBar } from '@/components/small';
import { EmptyState, ErrorState, NoPermission, Skeleton } from '@/components/states';
import { pagesOf, passageAt, rangeIn } from './citations';
import { Retry } from './DocumentsPage';
import { DeleteDocument, Marked, Stages, StatusBadge } from './parts';
import type { Chunk, Range, StudioDocument } from './shapes';
import { doing, isMoving, progressOf } from './stages';
import { DOCUMENTS } from './uploads';
import { useProgress } from './useProgress';

const PAGE = 50;

/** One document: what became of it, and the passages that it was cut into. */
export function DocumentPage() {
  const { id = '' } = useParams();
  const mayRead = useMay('document:get');
  const query = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => api.get<StudioDocument>(`/documents/${id}`, {}, signal),
    enabled: mayRead,
  });
  if (!mayRead) {
    return (
      <Page title="Document">
        <NoPermission detail="Reading documents needs the right “document:get”, which your role doesn’t include." />
      </Page>
    );
  }
  if (query.data) return <Document document={query.data} />;
  return (
    <Page title="Document">
      {query.error ? (
        <Missing error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={6} label="Loading the document" />
      )}
    </Page>
  );
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  if (ApiProblem.of(error).status !== 404) return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState
      icon={FileText}
      title="This document is not there"
      action={
        <ButtonLink look="primary" to="/documents">
          See the documents
        </ButtonLink>
      }
    >
      It may have been deleted, or belong to somebody else. An answer that quotes it keeps the quote.
    </EmptyState>
  );
}

function Document({ document: read }: { document: StudioDocument }) {
  const client = useQueryClient();
  const mayChange = useMay('document:edit');
  const mayDelete = useMay('member:edit') && read.shared; // also what somebody else shared
  const [deleting, setDeleting] = useState(false);
  const document = useProgress(read, () => {
    void client.invalidateQueries({ queryKey: ['document', read.id] });
    void client.invalidateQueries({ queryKey: DOCUMENTS });
  });
  const { error } = document;
  return (
    <Page
      title={document.name}
      lead={
        <Link to="/documents" className="inline-flex items-center gap-1 text-accent hover:underline">
          <ArrowLeft size={15} aria-hidden />
          Documents
        </Link>
      }
      actions={
        <>
          {document.status === 'done' && (
            <ButtonLink to="/documents?tab=ask" icon={MessageCircleQuestion}>
              Ask
            </ButtonLink>
          )}
          {mayChange && (document.mine || mayDelete) && (
            <Button icon={Trash2} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_18rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {isMoving(document) && (
            <section aria-label="Progress" className="rounded-lg border bg-surface p-4">
              <p role="status" className="mb-2 font-medium">
                {doing(document)}
              </p>
              <ProgressBar value={progressOf(document)} label={`Reading ${document.name}`} />
            </section>
          )}
          {error && (
            <Note tone="bad">
              <p className="font-medium break-words">{error.what}</p>
              <p className="mt-0.5 break-words">{error.mend}</p>
              <div className="mt-2 flex flex-wrap items-center gap-3">
                {mayChange && document.mine && <Retry document={document} named />}
                <span className="font-mono text-xs text-soft">{error.code}</span>
              </div>
            </Note>
          )}
          {document.warnings.length > 0 && (
            <Note tone="warn">
              <p className="font-medium">Read, but not all of it</p>
              <ul className="mt-0.5 list-disc pl-5">
                {document.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </Note>
          )}
          <Passages document={document} />
        </div>
        <Section title="About" className="order-first lg:sticky lg:top-4 lg:order-none">
          <Facts
            facts={[
              ['Status', <StatusBadge key="status" status={document.status} />],
              ...(document.pages ? [['Pages', number(document.pages)] as [string, string]] : []),
              ...(document.chunks > 0 ? [['Passages', number(document.chunks)] as [string, string]] : []),
              ...(document.language ? [['Language', languageOf(document.language)] as [string, string]] : []),
              ['Found by', document.shared ? 'Everybody of the organisation' : 'You only'],
              ['Size', bytes(document.bytes)],
              ['Added', dateTime(document.createdAt)],
            ]}
          />
          <div className="mt-4 border-t pt-3">
            <Stages document={document} small />
          </div>
        </Section>
      </div>
      {deleting && <DeleteDocument document={document} onClose={() => setDeleting(false)} leave />}
    </Page>
  );
}

function languageOf(tag: string): string {
  try {
    return new Intl.DisplayNames([navigator.language, 'en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Where the address says to look: words of the document, in a passage. */
function useTarget(): { chunk: number | null; words: Range | null } {
  const [params] = useSearchParams();
  const value = (name: string) => (/^\d+$/.test(params.get(name) ?? '') ? Number(params.get(name)) : null);
  const [chunk, from, to] = [value('chunk'), value('from'), value('to')];
  return { chunk, words: from !== null && to !== null && from < to ? { from, to } : null };
}

/** The passages of a document, around the one that the address points to. */
function Passages({ document }: { document: StudioDocument }) {
  const { chunk: named, words } = useTarget();
  // An address that names words and no passage: the passage that they begin in is looked for.
  const sought = useQuery({
    queryKey: ['document', document.id, 'passage-at', words?.from],
    queryFn: ({ signal }) =>
      passageAt(words?.from ?? 0, document.chunks, async (at) => {
        const { items } = await api.get<PageOf<Chunk>>(
          `/documents/${document.id}/chunks`,
          { from: at, limit: 1 },
          signal,
        );
        return items[0];
      }),
    enabled: named === null && words !== null && document.chunks > 0,
    staleTime: Infinity,
  });
  const chunk = named ?? sought.data ?? null;
  // The page before it, too, so that what leads up to it can be read.
  const begin = chunk === null ? 0 : Math.max(0, chunk - 3);
  const query = useInfiniteQuery({
    queryKey: ['document', document.id, 'chunks', begin],
    queryFn: ({ pageParam, signal }) =>
      api.get<PageOf<Chunk>>(`/documents/${document.id}/chunks`, { from: pageParam, limit: PAGE }, signal),
    initialPageParam: begin,
    getNextPageParam: ({ items, next }) => (next === null ? undefined : (items.at(-1)?.number ?? 0) + 1),
    getPreviousPageParam: ({ items }) => {
      const first = items[0]?.number ?? 0;
      return first > 0 ? Math.max(0, first - PAGE) : undefined;
    },
    enabled: !sought.isLoading && (document.status === 'done' || document.chunks > 0),
  });
  const seen = new Set<number>();
  const chunks = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (each) => !seen.has(each.number) && seen.add(each.number),
  );
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) {
    return isMoving(document) || (query.fetchStatus === 'idle' && !sought.isLoading) ? (
      <p className="rounded-lg border border-dashed border-edge/60 px-4 py-10 text-center text-soft">
        {isMoving(document) ? 'Its passages show here when it has been read.' : 'There are no passages.'}
      </p>
    ) : (
      <Skeleton lines={8} label="Loading the passages" />
    );
  }
  return (
    <section aria-label="Passages" className="flex flex-col gap-3">
      {query.hasPreviousPage && (
        <Button
          busy={query.isFetchingPreviousPage}
          className="self-center"
          onClick={() => void query.fetchPreviousPage()}
        >
          Show the passages before
        </Button>
      )}
      {chunks.length === 0 && <p className="text-soft">There are no passages.</p>}
      <ol className="flex flex-col gap-3">
        {chunks.map((each) => (
          // Another quote of the same passage is gone to as well.
          <Passage
            key={each.number === chunk ? `${each.number} at ${words?.from}` : each.number}
            chunk={each}
            words={words}
            isTarget={each.number === chunk}
          />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} className="self-center" onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}

function Passage({ chunk, words, isTarget }: { chunk: Chunk; words: Range | null; isTarget: boolean }) {
  const place = useRef<HTMLLIElement>(null);
  const range = words === null ? null : rangeIn(chunk, words);
  useEffect(() => {
    if (!isTarget) return;
    const element = place.current?.querySelector('mark') ?? place.current;
    element?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, [isTarget]);
  return (
    <li
      ref={place}
      tabIndex={isTarget ? -1 : undefined}
      aria-current={isTarget || undefined}
      className={classes(
        'rounded-lg border bg-surface px-4 py-3 outline-none',
        isTarget && 'border-accent ring-1 ring-accent',
      )}
    >
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 text-sm text-soft">
        <span className="tabular-nums">Passage {chunk.number + 1}</span>
        {pagesOf(chunk) && <span>{pagesOf(chunk)}</span>}
        {chunk.headings.length > 0 && <span className="min-w-0 break-words">{chunk.headings.join(' › ')}</span>}
        <span className="ml-auto flex items-center gap-2">
          <span className="hidden tabular-nums sm:inline">{counted(chunk.text.length, 'character')}</span>
          <CopyButton text={chunk.text} label={`Copy passage ${chunk.number + 1}`} />
        </span>
      </div>
      <p className="mt-1 max-w-prose break-words whitespace-pre-wrap">
        <Marked text={chunk.text} ranges={range === null ? [] : [range]} note="Quoted" />
      </p>
    </li>
  );
}
