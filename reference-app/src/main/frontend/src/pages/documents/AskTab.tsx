import { useMutation } from '@tanstack/react-query';
import { BookOpenText, MessageCircleQuestion, TriangleAlert } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { announce } from '@/components/announce';
import { Button } from '@/components/Button';
import { classes } from '@/components/classes';
import { Input } from '@/components/fields';
import { counted } from '@/components/format';
import { Badge, Note } from '@/components/small';
import { EmptyState, ErrorState, Skeleton } from '@/components/states';
import { linked, pagesOf, placeOf } from './citations';
import type { DocumentAnswer, DocumentCitation } from './shapes';

/** A question to the documents: each part of the answer leads to the words that it rests on. */
export function AskTab() {
  const [question, setQuestion] = useState('');
  const stop = useRef<AbortController | null>(null);
  const ask = useMutation({
    mutationFn: (text: string) => {
      stop.current = new AbortController();
      return api.post<DocumentAnswer>('/documents/ask', { question: text }, { signal: stop.current.signal });
    },
    onSuccess: (answer) =>
      announce(
        answer.status === 'answered'
          ? `Answer: ${answer.statements.map((statement) => statement.text).join(' ')}`
          : 'The documents hold no answer that can be quoted',
      ),
  });
  const cancel = () => {
    stop.current?.abort();
    ask.reset();
  };
  return (
    <div className="flex flex-col gap-4">
      <form
        aria-label="Ask the documents"
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== '' && !ask.isPending) ask.mutate(question.trim());
        }}
      >
        <Input
          aria-label="Question"
          placeholder="What do the documents say about…"
          value={question}
          maxLength={10_000}
          onChange={(event) => setQuestion(event.target.value)}
          className="min-w-48 grow basis-60"
        />
        {ask.isPending ? (
          <Button onClick={cancel}>Cancel</Button>
        ) : (
          <Button type="submit" icon={MessageCircleQuestion} look="primary" disabled={question.trim() === ''}>
            Ask
          </Button>
        )}
      </form>
      {ask.error && <ErrorState error={ask.error} compact />}
      {ask.isPending && <Skeleton lines={5} label="Looking in the documents" />}
      {ask.isIdle && (
        <p className="max-w-prose text-soft">
          Answers are made of what the documents say, and of nothing else. Where they say nothing, you are told so.
        </p>
      )}
      {!ask.isPending &&
        ask.data &&
        (ask.data.status === 'answered' ? <Answer answer={ask.data} /> : <NoAnswer answer={ask.data} />)}
    </div>
  );
}

function NoAnswer({ answer }: { answer: DocumentAnswer }) {
  const isUnsupported = answer.status === 'not_supported';
  return (
    <EmptyState
      icon={BookOpenText}
      title={isUnsupported ? 'Nothing that can be shown' : 'The documents don’t say'}
      action={
        <Link to="?tab=search" className="text-accent underline">
          See what a search finds
        </Link>
      }
    >
      {isUnsupported
        ? 'A model wrote an answer, but what it quoted is not in the documents; so it is not shown.'
        : 'No passage holds an answer, as far as could be found. Ask in other words, or add the document that does.'}
    </EmptyState>
  );
}

function Answer({ answer }: { answer: DocumentAnswer }) {
  const id = useId();
  const [looked, setLooked] = useState<number | null>(null);
  const show = (number: number) => {
    setLooked(number);
    const place = document.getElementById(`${id}-${number}`);
    place?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    place?.querySelector('a')?.focus({ preventScroll: true });
  };
  const { warnings, dropped } = answer;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
      <section aria-label="Answer" className="rounded-lg border bg-surface p-4">
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <h2 className="font-semibold">Answer</h2>
          <Badge tone={answer.extractive ? 'plain' : 'accent'}>
            {answer.extractive ? 'In the documents’ own words' : 'Written by a model'}
          </Badge>
        </div>
        <div className="flex flex-col gap-2 text-lg">
          {linked(answer).map(({ text, citations }, index) => (
            <p key={`${index}-${text}`} className={classes('break-words', citations.length === 0 && 'text-soft')}>
              {text}
              {citations.map((citation) => (
                <button
                  key={citation.number}
                  type="button"
                  aria-label={`Source ${citation.number}: ${citation.documentName}`}
                  onClick={() => show(citation.number)}
                  className="ml-1 inline-grid h-6 min-w-6 place-items-center rounded bg-accent-wash px-1 align-text-top text-xs font-medium text-accent-strong tabular-nums hover:underline"
                >
                  {citation.number}
                </button>
              ))}
              {citations.length === 0 && (
                <span className="ml-1.5 inline-flex items-center gap-1 text-sm text-warn">
                  <TriangleAlert size={14} aria-hidden />
                  nothing quoted
                </span>
              )}
            </p>
          ))}
        </div>
        {(warnings.length > 0 || dropped > 0) && (
          <div className="mt-3">
            <Note tone="warn">
              {warnings.map((warning) => (
                <p key={warning}>{warning}</p>
              ))}
              {dropped > 0 && (
                <p>{`${counted(dropped, 'quote')} not found in the documents letter by letter, and left out.`}</p>
              )}
            </Note>
          </div>
        )}
      </section>
      <section aria-label="Sources">
        <h2 className="mb-2 font-semibold">{counted(answer.citations.length, 'source')}</h2>
        <ol className="flex flex-col gap-2">
          {answer.citations.map((citation) => (
            <SourceCard
              key={citation.number}
              id={`${id}-${citation.number}`}
              citation={citation}
              isLooked={looked === citation.number}
            />
          ))}
        </ol>
      </section>
    </div>
  );
}

function SourceCard({ id, citation, isLooked }: { id: string; citation: DocumentCitation; isLooked: boolean }) {
  return (
    <li
      id={id}
      className={classes(
        'scroll-my-24 rounded-lg border bg-surface p-3',
        isLooked && 'border-accent ring-1 ring-accent',
      )}
    >
      <div className="flex items-baseline gap-2">
        <span className="grid h-5 min-w-5 shrink-0 place-items-center rounded bg-hover px-1 text-xs font-medium tabular-nums">
          {citation.number}
        </span>
        <div className="min-w-0">
          <Link to={placeOf(citation)} className="font-medium break-all text-accent underline">
            {citation.documentName}
          </Link>
          {citation.page ? (
            <span className="text-soft">
              , {pagesOf({ pageFrom: citation.page, pageTo: citation.page }).toLowerCase()}
            </span>
          ) : null}
          <blockquote className="mt-1 border-l-2 pl-2.5 text-soft break-words">{citation.quote}</blockquote>
        </div>
      </div>
    </li>
  );
}
