import { useMutation } from '@tanstack/react-query';
import { FileSearch, Search } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { announce } from '@/components/announce';
import { Button } from '@/components/Button';
import { Input } from '@/components/fields';
import { counted } from '@/components/format';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';
import { pagesOf, placeOf } from './citations';
import { Marked } from './parts';
import type { Hit } from './shapes';

const LIMIT = 10;

/** What a search finds, with what each way of searching thinks of it: to see why an answer quotes what it quotes. */
export function SearchTab() {
  const [query, setQuery] = useState('');
  const search = useMutation({
    mutationFn: (text: string) => api.post<{ hits: Hit[] }>('/documents/search', { query: text, limit: LIMIT }),
    onSuccess: ({ hits }) =>
      announce(hits.length === 0 ? 'Nothing was found' : `${counted(hits.length, 'passage')} found`),
  });
  const hits = search.data?.hits;
  return (
    <div className="flex flex-col gap-4">
      <form
        role="search"
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() !== '') search.mutate(query.trim());
        }}
      >
        <Input
          type="search"
          aria-label="What to look for"
          placeholder="Words or a question"
          value={query}
          maxLength={2000}
          onChange={(event) => setQuery(event.target.value)}
          className="min-w-48 grow basis-60"
        />
        <Button type="submit" icon={Search} look="primary" busy={search.isPending} disabled={query.trim() === ''}>
          Search
        </Button>
      </form>
      {search.error && <ErrorState error={search.error} compact />}
      {search.isPending && <Skeleton lines={6} label="Searching" />}
      {search.isIdle && (
        <p className="max-w-prose text-soft">
          Passages are found by their words and by their meaning, and put in one order. Here you see what each of them
          thinks of a passage.
        </p>
      )}
      {!search.isPending && hits?.length === 0 && (
        <EmptyState icon={FileSearch} title="Nothing was found">
          Try other words, or see whether the document is ready.
        </EmptyState>
      )}
      {!search.isPending && hits && hits.length > 0 && <Hits hits={hits} />}
    </div>
  );
}

function Hits({ hits }: { hits: Hit[] }) {
  const most = {
    score: Math.max(...hits.map((hit) => hit.score)),
    words: Math.max(...hits.map((hit) => hit.scores.words ?? 0)),
  };
  return (
    <ol aria-label="Passages that were found" className="flex flex-col gap-3">
      {hits.map((hit, index) => (
        <li key={`${hit.documentId}-${hit.chunk}`} className="rounded-lg border bg-surface p-4">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <span className="text-sm text-soft tabular-nums">{index + 1}</span>
            <Link
              to={placeOf({ documentId: hit.documentId, from: 0, to: 0, chunk: hit.chunk })}
              className="font-medium break-all text-accent underline"
            >
              {hit.documentName}
            </Link>
            <span className="text-sm text-soft">{pagesOf(hit)}</span>
          </div>
          <p className="mt-1.5 line-clamp-6 break-words whitespace-pre-line">
            <Marked text={hit.text} ranges={hit.highlights} />
          </p>
          <ul aria-label="Scores" className="mt-3 grid gap-x-6 gap-y-1.5 sm:grid-cols-3">
            <Score name="Both together" value={hit.score} of={most.score} />
            <Score name="Words (BM25)" value={hit.scores.words} of={most.words} />
            <Score name="Meaning (cosine)" value={hit.scores.meaning} of={1} />
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** A score as a number and as a bar; by scores of different kinds nothing can be compared. */
function Score({ name, value, of }: { name: string; value: number | null; of: number }) {
  const part = value === null || of <= 0 ? 0 : Math.min(1, Math.max(0, value / of));
  return (
    <li className="min-w-0">
      <div className="flex justify-between gap-2 text-xs">
        <span className="text-soft">{name}</span>
        <span className="tabular-nums">{value === null ? 'not found' : value.toFixed(3)}</span>
      </div>
      <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-hover">
        <div className="h-full rounded-full bg-accent" style={{ width: `${part * 100}%` }} />
      </div>
    </li>
  );
}
