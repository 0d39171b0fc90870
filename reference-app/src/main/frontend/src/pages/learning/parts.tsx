import type { Table } from '@/api/shapes';
import { Chart } from '@/components/Chart';
import { Badge } from '@/components/small';
import type { ModelChart, Score } from './shapes';
import { metricName, scoreText, verdict } from './words';

/** A chart of a model, with its numbers as a table. */
export function ChartOf({ chart }: { chart: ModelChart }) {
  const table: Table = {
    columns: chart.columns.map((name) => ({ name, type: '' })),
    rows: chart.rows,
    totalRows: chart.rows.length,
  };
  return <Chart figure={chart.figure} title={chart.title} alternative={table} />;
}

/** How good a model is, and the same of its baseline where there is one, in one line. */
export function MainScore({ score }: { score: Score | null }) {
  if (!score) return <span className="text-soft">not judged here</span>;
  return (
    <span>
      <span className="font-medium tabular-nums">{scoreText(score.value)}</span>{' '}
      <span className="text-soft">
        {metricName(score.name)}
        {score.baseline !== null && `, baseline ${scoreText(score.baseline)}`}
      </span>
    </span>
  );
}

/** Whether a model is of use; nothing where there is no baseline. */
export function Verdict({ score }: { score: Score | null }) {
  if (!score || score.baseline === null) return null;
  const said = verdict(score);
  if (said === 'better') return <Badge tone="good">better than the baseline</Badge>;
  return said === 'unclear' ? (
    <Badge tone="warn">may be by chance</Badge>
  ) : (
    <Badge tone="bad">no better than the baseline</Badge>
  );
}

/** What was found, a sentence a line. */
export function Sentences({ of }: { of: string[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {of.map((sentence) => (
        <li key={sentence} className="break-words">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
