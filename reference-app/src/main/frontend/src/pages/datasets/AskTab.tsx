import { useQuery } from '@tanstack/react-query';
import { ArrowUp, Square } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/api/http';
import { ApiProblem, type ProblemBody } from '@/api/problem';
import type { Answer, Dashboard, DatasetDetail } from '@/api/shapes';
import { stream } from '@/api/stream';
import { AnswerView } from '@/components/AnswerView';
import { announce } from '@/components/announce';
import { Button, IconButton } from '@/components/Button';
import { Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ErrorState, Skeleton } from '@/components/states';

/** One question with what came of it. */
interface Asked {
  id: number;
  question: string;
  /** What is being done. */
  doing: string;
  answer: Answer | null;
  problem: ApiProblem | null;
  stopped: boolean;
}

/** What is being done: units of it finished, of how many in all; -1 where that is not known. */
interface Doing {
  stage: string;
  done: number;
  total: number;
}

function useAsk(datasetId: string) {
  const [asked, setAsked] = useState<Asked[]>([]);
  const count = useRef(0);
  const stop = useRef<AbortController | null>(null);
  const change = useCallback(
    (id: number, part: Partial<Asked>) =>
      setAsked((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one))),
    [],
  );
  const ask = useCallback(
    async (question: string) => {
      stop.current?.abort();
      const mine = new AbortController();
      stop.current = mine;
      const id = ++count.current;
      const fresh: Asked = { id, question, doing: 'Reading the question', answer: null, problem: null, stopped: false };
      setAsked((before) => [fresh, ...before.map((one) => ({ ...one, stopped: one.stopped || isRunning(one) }))]);
      try {
        await stream('/analysis/ask', {
          method: 'POST',
          body: { datasetIds: [datasetId], question },
          ends: ['answer', 'error'],
          signal: mine.signal,
          onEvent: ({ type, data }) => {
            if (type === 'answer') {
              change(id, { answer: data as Answer });
              announce('The answer is here');
            } else if (type === 'error') {
              change(id, { problem: ApiProblem.told(data as Partial<ProblemBody>) });
            } else {
              const { stage, done, total } = data as Doing;
              change(id, { doing: total > 1 ? `${stage} (${done} of ${total})` : stage });
            }
          },
        });
      } catch (error) {
        if (!mine.signal.aborted) change(id, { problem: ApiProblem.of(error) });
      }
    },
    [datasetId, change],
  );
  const cancel = (id: number) => {
    stop.current?.abort();
    change(id, { stopped: true });
  };
  useEffect(() => () => stop.current?.abort(), []);
  return { asked, ask, cancel };
}

function isRunning(one: Asked): boolean {
  return one.answer === null && one.problem === null && !one.stopped;
}

/** Questions about a data set, in words. */
export function AskTab({ dataset }: { dataset: DatasetDetail }) {
  const [params, setParams] = useSearchParams();
  const given = params.get('question') ?? '';
  const [question, setQuestion] = useState('');
  const { asked, ask, cancel } = useAsk(dataset.id);
  const box = useRef<HTMLInputElement>(null);
  const begun = useRef('');
  const samples = useQuery({ queryKey: ['dashboard'], queryFn: () => api.get<Dashboard>('/dashboard') });
  const send = (text: string) => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    setQuestion('');
    void ask(trimmed);
  };
  useEffect(() => {
    // A question of a link is asked once, and leaves the address so that reloading doesn't ask it again.
    if (given === '' || begun.current === given) return;
    begun.current = given;
    setParams(
      (before) => {
        before.delete('question');
        return before;
      },
      { replace: true },
    );
    void ask(given);
  }, [given, ask, setParams]);
  const known = (samples.data?.questions ?? [])
    .filter(({ datasetId }) => datasetId === dataset.id)
    .map((one) => one.question);
  const ideas = known.length > 0 ? known : dataset.questions;
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-5">
      <form
        onSubmit={onSubmit(() => send(question))}
        role="search"
        aria-label="Ask the data set"
        className="flex flex-col gap-2.5"
      >
        <div className="relative">
          <Input
            ref={box}
            aria-label={`A question about ${dataset.name}`}
            placeholder="Ask in your own words, such as “average price by region”"
            value={question}
            autoComplete="off"
            onChange={(event) => setQuestion(event.target.value)}
            className="h-12 pr-12 text-lg"
          />
          <span className="absolute top-1.5 right-1.5">
            <IconButton type="submit" look="primary" icon={ArrowUp} label="Ask" disabled={question.trim() === ''} />
          </span>
        </div>
        {ideas.length > 0 && (
          <ul aria-label="Questions to begin with" className="flex flex-wrap gap-2">
            {ideas.map((idea) => (
              <li key={idea}>
                <Button size="small" className="h-auto! py-1 text-left whitespace-normal!" onClick={() => send(idea)}>
                  {idea}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </form>
      {asked.map((one) => (
        <article key={one.id} aria-label={one.question} className="rounded-lg border bg-surface">
          <header className="flex items-center justify-between gap-3 border-b px-4 py-2.5">
            <h2 className="min-w-0 font-semibold break-words">{one.question}</h2>
            {isRunning(one) && (
              <Button size="small" icon={Square} onClick={() => cancel(one.id)}>
                Stop
              </Button>
            )}
          </header>
          <div className="p-4">
            {isRunning(one) && (
              <>
                <p className="mb-2 text-soft">{one.doing}…</p>
                <Skeleton lines={4} label={one.doing} />
              </>
            )}
            {one.stopped && <p className="text-soft">Stopped.</p>}
            {one.problem && <ErrorState error={one.problem} compact retry={() => send(one.question)} />}
            {one.answer && <AnswerView answer={one.answer} onAsk={send} />}
          </div>
        </article>
      ))}
    </div>
  );
}
