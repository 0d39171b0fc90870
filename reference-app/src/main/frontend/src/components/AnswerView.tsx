import { Link2 } from 'lucide-react';
import type { Answer, AnswerStep, Table } from '@/api/shapes';
import { Button } from './Button';
import { Chart } from './Chart';
import { CodeBlock } from './CodeBlock';
import { DataTable } from './DataTable';
import { counted, millis, number } from './format';
import { Badge, Facts, Note, type Tone } from './small';

const STATES: Record<Answer['status'], { words: string; tone: Tone } | null> = {
  answered: null,
  ambiguous: { words: 'This can be read in more than one way', tone: 'warn' },
  not_understood: { words: 'Not understood', tone: 'warn' },
  cannot_answer: { words: 'This data can’t answer it', tone: 'warn' },
  error: { words: 'Failed', tone: 'bad' },
};

/** An answer: how the question was read, its numbers, charts, the SQL behind them, and what to ask where it was unclear. */
export function AnswerView({ answer, onAsk }: { answer: Answer; onAsk?: (question: string) => void }) {
  const state = STATES[answer.status];
  const answered = answer.status === 'answered';
  const suggestions = answer.suggestions.length > 0 && onAsk && (
    <div>
      <p className="mb-1.5 text-sm text-soft">{answered ? 'Ask next' : 'Did you mean'}</p>
      <ul className="flex flex-wrap gap-2">
        {answer.suggestions.map((suggestion) => (
          <li key={suggestion}>
            <Button
              size="small"
              className="h-auto! py-1 text-left whitespace-normal!"
              onClick={() => onAsk(suggestion)}
            >
              {suggestion}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <div className="flex flex-col gap-3">
      {state && <p className="font-semibold">{state.words}</p>}
      {answer.reading && (
        <p className="text-soft">
          <span className="font-medium text-ink">Read as: </span>
          {answer.reading}
        </p>
      )}
      {answer.message && <p className="break-words whitespace-pre-line">{answer.message}</p>}
      {answer.unknownWords.length > 0 && (
        <p className="text-soft">
          {answer.unknownWords.length === 1 ? 'This word is not in the data: ' : 'These words are not in the data: '}
          <span className="font-medium text-ink">{answer.unknownWords.join(', ')}</span>
        </p>
      )}
      {answer.warnings.map((warning) => (
        <Note key={warning} tone="warn">
          {warning}
        </Note>
      ))}
      {!answered && suggestions}
      {answer.steps.map((step, index) => (
        <Step key={`${index}-${step.intent}`} step={step} alone={answer.steps.length === 1} />
      ))}
      {answered && suggestions}
      <p className="flex flex-wrap items-center gap-2 text-xs text-soft">
        <Badge>{answer.planner}</Badge>
        {answer.cached && <Badge>from the cache</Badge>}
        <span className="tabular-nums">{millis(answer.millis)}</span>
      </p>
    </div>
  );
}

function Step({ step, alone }: { step: AnswerStep; alone: boolean }) {
  const table: Table = {
    columns: step.columns.map((name, at) => ({ name, type: typeof step.rows[0]?.[at] === 'number' ? 'number' : '' })),
    rows: step.rows,
    totalRows: step.totalRows,
  };
  const scalar = step.value !== null && step.rows.length <= 1;
  return (
    <section aria-label={step.intent} className="flex flex-col gap-3">
      {!alone && <h3 className="mt-1 font-semibold">{step.intent}</h3>}
      {scalar && (
        <p className="text-2xl font-semibold tabular-nums">
          {typeof step.value === 'number' ? number(step.value) : String(step.value)}
        </p>
      )}
      {step.test && <TestResult test={step.test} />}
      {step.figure && <Chart figure={step.figure} alternative={table} />}
      {!scalar && !step.figure && step.rows.length > 0 && (
        <div className="overflow-hidden rounded-lg border bg-surface">
          <DataTable
            label={step.intent}
            columns={table.columns}
            rows={step.rows}
            height={360}
            caption={
              step.totalRows > step.rows.length
                ? `${number(step.rows.length)} of ${number(step.totalRows)} rows are shown`
                : counted(step.totalRows, 'row')
            }
          />
        </div>
      )}
      {!step.figure &&
        step.artifacts
          .filter(({ type }) => type === 'image')
          .map((artifact) => (
            <img
              key={artifact.key}
              src={artifact.url}
              alt={artifact.label.replaceAll('_', ' ')}
              className="max-w-full rounded-lg border bg-[#fff]"
            />
          ))}
      <div className="flex flex-col gap-1">
        {step.sql && (
          <details>
            <summary className="w-fit text-sm text-soft hover:text-ink">How it was computed (SQL)</summary>
            <div className="mt-2">
              <CodeBlock code={step.sql} label="SQL" />
            </div>
          </details>
        )}
        {step.artifacts.length > 0 && (
          <details>
            <summary className="w-fit text-sm text-soft hover:text-ink">
              {counted(step.artifacts.length, 'file')}
            </summary>
            <ul className="mt-1.5 flex flex-col gap-1">
              {step.artifacts.map((artifact) => (
                <li key={artifact.key}>
                  <a
                    href={artifact.url}
                    target="_blank"
                    rel="noreferrer"
                    className="inline-flex items-center gap-1.5 text-accent underline"
                  >
                    <Link2 size={14} aria-hidden />
                    {`${artifact.label.replaceAll('_', ' ')} (${artifact.type})`}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}

function TestResult({ test }: { test: NonNullable<AnswerStep['test']> }) {
  return (
    <div className="rounded-lg border bg-surface p-4">
      <p className="mb-2 font-medium">{test.conclusion}</p>
      <Facts
        facts={[
          ['Test', test.name],
          ['Statistic', number(test.statistic)],
          ['p', test.pValue < 0.0001 ? '< 0.0001' : number(test.pValue)],
          ...(test.effectSize === null ? [] : [['Effect size', number(test.effectSize)] as [string, string]]),
        ]}
      />
    </div>
  );
}
