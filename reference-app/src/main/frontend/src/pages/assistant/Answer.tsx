import {
  ChevronRight,
  ExternalLink,
  Lightbulb,
  Quote,
  RotateCcw,
  Table2,
  ThumbsDown,
  ThumbsUp,
  TriangleAlert,
  Wrench,
} from 'lucide-react';
import { lazy, memo, Suspense, useId, useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Button, ButtonLink, IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { CodeBlock } from '@/components/CodeBlock';
import { CopyButton } from '@/components/CopyButton';
import { counted, dollars, millis, number } from '@/components/format';
import { Markdown } from '@/components/Markdown';
import type { Mark } from '@/components/marks';
import { Badge, Note } from '@/components/small';
import { Skeleton } from '@/components/states';
import { placeOf } from '@/pages/documents/citations';
import { AgentIcon } from './AgentIcon';
import { AUTO } from './data';
import { chartsOf, furtherOf, tablesOf, type ShownChart, type ShownTable } from './findings';
import type { Message, MessageDetail, Quote as DocumentQuote, ToolUse } from './shapes';
import { Switcher } from './Switcher';
import type { LiveTool } from './turn';

const Chart = lazy(() => import('@/components/Chart').then((module) => ({ default: module.Chart })));
const DataTable = lazy(() => import('@/components/DataTable').then((module) => ({ default: module.DataTable })));

/** What can be done with an answer. */
export interface AnswerActions {
  onRetry: () => void;
  onChoose: (number: number) => void;
  onFeedback: (value: Message['rating']) => void;
  /** Asks what a suggestion says. */
  onAsk: (question: string) => void;
}

const BY: Record<string, string> = {
  request: 'You asked for it',
  model: 'chosen by the model',
  rules: 'chosen by rules',
};

/** Who answers, and why. */
export function AnswerHead({
  agents,
  why,
  by,
  titleOf,
  children,
}: {
  agents: string[];
  why?: string | undefined;
  by?: MessageDetail['by'] | undefined;
  titleOf: (agent: string) => string;
  children?: ReactNode;
}) {
  const chosen = by === 'request' ? BY.request : why;
  return (
    <div className="flex items-start gap-2.5">
      <span className="grid size-7 shrink-0 place-items-center rounded-md bg-accent-wash text-accent-strong">
        <AgentIcon agent={agents.length === 1 ? agents[0] : undefined} />
      </span>
      <div className="flex min-h-7 min-w-0 flex-wrap items-baseline gap-x-2 pt-0.5">
        <span className="font-semibold">{agents.map(titleOf).join(', ') || titleOf(AUTO)}</span>
        {chosen && (
          <span className="text-sm text-soft">
            {chosen}
            {by && by !== 'request' && <span className="sr-only"> ({BY[by]})</span>}
          </span>
        )}
        {children}
      </div>
    </div>
  );
}

/** The place below the head of an answer. */
export function AnswerBody({ children, busy }: { children: ReactNode; busy?: boolean }) {
  return (
    <div className="mt-1.5 flex min-w-0 flex-col gap-3 sm:pl-9.5" aria-busy={busy || undefined}>
      {children}
    </div>
  );
}

/** A part of an answer that opens. */
function Part({
  icon: Icon,
  title,
  note,
  open,
  children,
}: {
  icon: typeof Wrench;
  title: string;
  note?: string;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group/part border-b last:border-b-0">
      <summary className="flex min-h-9 list-none items-center gap-2 px-3 outline-offset-[-2px] hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={15}
          className="shrink-0 text-soft transition-transform group-open/part:rotate-90"
          aria-hidden
        />
        <Icon size={15} className="shrink-0 text-soft" aria-hidden />
        <span className="font-medium">{title}</span>
        {note && <span className="ml-auto text-sm text-soft tabular-nums">{note}</span>}
      </summary>
      <div className="flex flex-col gap-3 px-3 pt-1 pb-3">{children}</div>
    </details>
  );
}

/** JSON as people read it; what is none stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** How many rows a tool says that it found. */
function rowsOf(result: string): number | null {
  const told = /^Rows \(\d+ shown, (\d+) total\):$/m.exec(result);
  return told ? Number(told[1]) : null;
}

/** A call of a tool: what it was given, what it gave, how long it took. */
function ToolCall({ tool }: { tool: ToolUse | LiveTool }) {
  const { name, error, result, millis: took } = tool;
  const rows = result === null ? null : rowsOf(result);
  const how = [rows === null ? '' : counted(rows, 'row'), took === null ? '' : millis(took)];
  const hasArguments = tool.arguments !== '' && tool.arguments !== '{}';
  return (
    <details className="group/tool rounded-md border bg-surface">
      <summary className="flex min-h-9 list-none flex-wrap items-center gap-x-2 px-2.5 py-1 outline-offset-[-2px] [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          className="shrink-0 text-soft transition-transform group-open/tool:rotate-90"
          aria-hidden
        />
        <span className="font-mono text-sm break-all">{name}</span>
        {error && <Badge tone="bad">failed</Badge>}
        <span className="ml-auto text-sm text-soft tabular-nums">{how.filter(Boolean).join(' · ')}</span>
      </summary>
      <div className="flex flex-col gap-2 px-2.5 pb-2.5">
        {hasArguments && (
          <div>
            <p className="mb-1 text-xs text-soft">Arguments</p>
            <CodeBlock code={pretty(tool.arguments)} label={`Arguments of ${name}`} />
          </div>
        )}
        {result !== null && (
          <div>
            <p className="mb-1 text-xs text-soft">{error ? 'Why it failed' : 'Result'}</p>
            {error ? (
              <p className="rounded-md border border-bad/40 bg-bad-wash px-3 py-2 break-words whitespace-pre-wrap">
                {result || 'It did not say.'}
              </p>
            ) : (
              <CodeBlock code={result || 'Nothing'} label={`Result of ${name}`} />
            )}
          </div>
        )}
      </div>
    </details>
  );
}

export function Tools({ tools, open }: { tools: (ToolUse | LiveTool)[]; open?: boolean }) {
  if (tools.length === 0) return null;
  const took = tools.reduce((sum, tool) => sum + (tool.millis ?? 0), 0);
  return (
    <Part
      icon={Wrench}
      title={counted(tools.length, 'tool call')}
      {...(took > 0 && { note: millis(took) })}
      {...(open !== undefined && { open })}
    >
      {tools.map((tool, index) => (
        <ToolCall key={`${index}-${tool.name}`} tool={tool} />
      ))}
    </Part>
  );
}

function Queries({ statements }: { statements: string[] }) {
  if (statements.length === 0) return null;
  return (
    <Part icon={Table2} title="SQL" note={counted(statements.length, 'query', 'queries')}>
      {statements.map((sql, index) => (
        <CodeBlock key={`${index}-${sql}`} code={sql} label={statements.length > 1 ? `SQL ${index + 1}` : 'SQL'} />
      ))}
    </Part>
  );
}

function Sources({ quotes }: { quotes: DocumentQuote[] }) {
  if (quotes.length === 0) return null;
  return (
    <Part icon={Quote} title={counted(quotes.length, 'source')} open>
      <ol className="flex flex-col gap-2">
        {quotes.map((quote, index) => (
          <li key={`${quote.documentId}-${quote.from}-${quote.to}`} className="flex gap-2.5">
            <span className="mt-0.5 grid h-5 min-w-5 shrink-0 place-items-center rounded bg-hover px-1 text-xs font-medium tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0">
              <Link to={placeOf(quote)} className="font-medium break-all text-accent underline">
                {quote.documentName}
              </Link>
              {quote.page !== null && <span className="text-soft">, page {quote.page}</span>}
              <blockquote className="mt-0.5 border-l-2 pl-2.5 text-soft break-words">{quote.quote}</blockquote>
            </div>
          </li>
        ))}
      </ol>
    </Part>
  );
}

function ChartOf({ chart, datasetId }: { chart: ShownChart; datasetId: string | null }) {
  return (
    <div>
      <Suspense fallback={<Skeleton lines={6} label="Loading the chart" />}>
        <Chart figure={chart.figure} title={chart.title} alternative={chart.alternative} height={300} />
      </Suspense>
      {datasetId !== null && (
        <ButtonLink size="small" look="quiet" icon={ExternalLink} to={`/datasets/${datasetId}`} className="mt-1">
          Open the data set
        </ButtonLink>
      )}
    </div>
  );
}

function TableOf({ table: { title, table } }: { table: ShownTable }) {
  const left = table.totalRows - table.rows.length;
  return (
    <section aria-label={title} className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <h2 className="border-b px-3 py-2 font-medium break-words">{title}</h2>
      <Suspense fallback={<Skeleton lines={4} label="Loading the table" />}>
        <DataTable
          label={title}
          columns={table.columns}
          rows={table.rows}
          height={280}
          caption={
            left > 0 ? `The first ${number(table.rows.length)} of ${counted(table.totalRows, 'row')}` : undefined
          }
        />
      </Suspense>
    </section>
  );
}

/** Further questions, to be asked by a click. */
function Questions({
  title,
  questions,
  onAsk,
}: {
  title: string;
  questions: { label: string; question: string }[];
  onAsk: (question: string) => void;
}) {
  const id = useId();
  if (questions.length === 0) return null;
  return (
    <div>
      <p id={id} className="mb-1.5 flex items-center gap-1.5 text-sm text-soft">
        <Lightbulb size={15} aria-hidden />
        {title}
      </p>
      <ul aria-labelledby={id} className="flex flex-col items-start gap-1.5">
        {questions.map(({ label, question }) => (
          <li key={label + question}>
            <Button className="h-auto! py-1.5 text-left whitespace-normal!" onClick={() => onAsk(question)}>
              <span>
                {label}
                {label !== question && <span className="block text-sm font-normal text-soft">{question}</span>}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without a model, not everything can be answered. */
export function PartialNote() {
  return (
    <Note>
      <p>
        <span className="font-medium">Partial: no model.</span> The built-in planner answers questions about your data.
        With a language model, more can be answered.{' '}
        <Link to="/settings/models" className="text-accent underline">
          Add one in the settings
        </Link>
      </p>
    </Note>
  );
}

/** Why there is no answer, or not the whole one. */
function ProblemOf({ detail }: { detail: MessageDetail }) {
  const { problem, status, models } = detail;
  // Asked which reading is meant, nobody misses a model.
  if (status === 'cannot_answer' && detail.answers.some((answer) => answer.status === 'ambiguous')) return null;
  if (status === 'cannot_answer' && models.length === 0) return <PartialNote />;
  if (status === 'stopped') return <p className="text-sm text-soft">Stopped before it was whole.</p>;
  if (!problem) return null;
  return (
    <Note tone={status === 'failed' ? 'bad' : 'warn'}>
      <p className="font-medium">{problem.what}</p>
      {problem.mend && <p className="mt-0.5">{problem.mend}</p>}
    </Note>
  );
}

function marksOf(detail: MessageDetail): Mark[] {
  return detail.figures
    .filter((figure) => figure.basis === 'unsupported')
    .map(({ start, text }) => ({ start, end: start + text.length, note: 'could not be checked' }));
}

function Unchecked({ detail }: { detail: MessageDetail }) {
  const texts = detail.figures.filter((figure) => figure.basis === 'unsupported').map((figure) => figure.text);
  if (texts.length === 0 && detail.figuresComplete) return null;
  return (
    <p className="flex gap-1.5 text-sm text-soft">
      <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />
      <span>
        {texts.length > 0 && (
          <>
            No result states {texts.length === 1 ? 'this figure' : 'these figures'}:{' '}
            <span className="text-ink">{texts.join(', ')}</span>. Check before you rely on{' '}
            {texts.length === 1 ? 'it' : 'them'}.{' '}
          </>
        )}
        {!detail.figuresComplete && 'The answer was too long to check every figure.'}
      </span>
    </p>
  );
}

/** What the answer took. */
function Cost({ detail }: { detail: MessageDetail }) {
  const { tokensIn, tokensOut, cost, millis: took, models } = detail;
  const parts = [
    models.join(', '),
    took > 0 ? millis(took) : '',
    tokensIn + tokensOut > 0 ? `${number(tokensIn)} + ${number(tokensOut)} tokens` : '',
    cost ? dollars(cost) : '',
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <p className="ml-1.5 text-xs text-soft tabular-nums" title="Model, time, tokens read + written, cost">
      {parts.join(' · ')}
    </p>
  );
}

/** The planner says why it has no answer in its own words; what a model would do about it stands in a note of its own. */
function textOf({ text, detail: { status, answers, tools } }: Message): string {
  if (status !== 'cannot_answer' || answers.length === 0) return text;
  // The readings stand below, under a heading that says as much.
  if (answers.some((answer) => (answer.alternatives ?? []).length > 0)) return '';
  const asked = tools.some((tool) => tool.name === 'query_documents')
    ? ['The documents hold no answer that can be quoted.']
    : [];
  return [...answers.map((answer) => answer.message), ...asked].join('\n\n');
}

/** An answer that is whole. */
export const Answer = memo(function Answer({
  message,
  titleOf,
  isIdle,
  datasetId,
  actions,
}: {
  message: Message;
  titleOf: (agent: string) => string;
  /** Nothing is being answered, so that another answer can be asked for. */
  isIdle: boolean;
  /** What it was about, where that was one data set. */
  datasetId: string | null;
  actions: AnswerActions;
}) {
  const { detail } = message;
  const { agents, tools, sql, quotes, answers } = detail;
  const marks = useMemo(() => marksOf(detail), [detail]);
  const charts = useMemo(() => chartsOf(detail), [detail]);
  const tables = useMemo(() => tablesOf(detail), [detail]);
  // Where the documents answered, it no longer matters how the data were asked in vain.
  const told = detail.status === 'answered' ? answers.filter((answer) => answer.status === 'answered') : answers;
  const further = furtherOf(told);
  const readings = told.map((answer) => answer.reading).filter(Boolean);
  const unknownWords = [...new Set(told.flatMap((answer) => answer.unknownWords))];
  const text = textOf(message);
  const hasParts = tools.length + sql.length + quotes.length > 0;
  return (
    <article aria-label={`Answer of ${agents.map(titleOf).join(', ') || titleOf(AUTO)}`}>
      <AnswerHead agents={agents} why={detail.why} by={detail.by} titleOf={titleOf} />
      <AnswerBody>
        {readings.length > 0 && <p className="text-sm text-soft">Understood as: {readings.join('; ')}</p>}
        {text !== '' && <Markdown text={text} marks={marks} />}
        {text === '' && !detail.problem && <p className="text-soft">There is no text in this answer.</p>}
        {unknownWords.length > 0 && (
          <p className="flex flex-wrap items-center gap-1.5 text-sm text-soft">
            Not understood:{' '}
            {unknownWords.map((word) => (
              <Badge key={word}>{word}</Badge>
            ))}
          </p>
        )}
        {charts.map((chart) => (
          <ChartOf key={chart.key} chart={chart} datasetId={datasetId} />
        ))}
        {tables.map((table, index) => (
          <TableOf key={`${index}-${table.title}`} table={table} />
        ))}
        <ProblemOf detail={detail} />
        {detail.status === 'failed' && (
          <Button size="small" icon={RotateCcw} className="self-start" disabled={!isIdle} onClick={actions.onRetry}>
            Try again
          </Button>
        )}
        <Unchecked detail={detail} />
        <Questions title={further.title} questions={further.questions} onAsk={actions.onAsk} />
        {hasParts && (
          <div className="overflow-hidden rounded-lg border bg-sunken/40">
            <Sources quotes={quotes} />
            <Queries statements={sql} />
            <Tools tools={tools} />
          </div>
        )}
        <div className="-ml-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <Switcher message={message} what="answer" isIdle={isIdle} onChoose={actions.onChoose} />
          <span className="flex">
            <CopyButton text={text} label="Copy the answer" />
            <Thumb message={message} value="up" onFeedback={actions.onFeedback} />
            <Thumb message={message} value="down" onFeedback={actions.onFeedback} />
            <IconButton
              size="small"
              icon={RotateCcw}
              label="Answer again"
              disabled={!isIdle}
              onClick={actions.onRetry}
            />
          </span>
          <Cost detail={detail} />
        </div>
      </AnswerBody>
    </article>
  );
});

function Thumb({
  message,
  value,
  onFeedback,
}: {
  message: Message;
  value: 'up' | 'down';
  onFeedback: AnswerActions['onFeedback'];
}) {
  const isGiven = message.rating === value;
  return (
    <IconButton
      size="small"
      icon={value === 'up' ? ThumbsUp : ThumbsDown}
      label={value === 'up' ? 'Good answer' : 'Bad answer'}
      aria-pressed={isGiven}
      className={classes(isGiven && 'bg-accent-wash text-accent-strong!')}
      onClick={() => onFeedback(isGiven ? null : value)}
    />
  );
}
