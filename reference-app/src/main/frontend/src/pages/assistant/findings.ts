import type { AnswerStep, Figure, Table } from '@/api/shapes';
import { titleOf } from '@/components/figure';
import type { MessageDetail, PlannerAnswer } from './shapes';

/** A chart of an answer, with its numbers where they are known. */
export interface ShownChart {
  key: string;
  title: string;
  figure: Figure;
  alternative: Table | undefined;
}

export interface ShownTable {
  title: string;
  table: Table;
}

const first = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The rows of a step; what a column holds is seen in its first values. */
function tableOf(step: AnswerStep): Table {
  const columns = step.columns.map((name, at) => {
    const value = step.rows.find((row) => row[at] !== null && row[at] !== undefined)?.[at];
    return { name, type: typeof value === 'number' ? 'DOUBLE' : '' };
  });
  return { columns, rows: step.rows, totalRows: step.totalRows };
}

const draws = (step: AnswerStep, key: string) => step.artifacts.some((artifact) => artifact.key === key);

/** The charts of an answer. */
export function chartsOf(detail: MessageDetail): ShownChart[] {
  const steps = detail.answers.flatMap((answer) => answer.steps);
  return detail.charts.map(({ key, title, figure }) => {
    const step = steps.find((each) => draws(each, key));
    return { key, title: titleOf(figure) || first(title), figure, alternative: step && tableOf(step) };
  });
}

/** Results that no chart shows and that are more than a value or two. */
export function tablesOf(detail: MessageDetail): ShownTable[] {
  const isDrawn = (step: AnswerStep) => detail.charts.some(({ key }) => draws(step, key));
  return detail.answers
    .flatMap((answer) => answer.steps)
    .filter((step) => !isDrawn(step) && step.rows.length > 0 && step.rows.length * step.columns.length > 2)
    .map((step) => ({ title: first(step.intent || step.op.replaceAll('_', ' ')), table: tableOf(step) }));
}

/** What can be asked next: the readings to choose from, or else what works on this data. */
export function furtherOf(answers: PlannerAnswer[]): {
  title: string;
  questions: { label: string; question: string }[];
} {
  const readings = answers
    .flatMap((answer) => answer.alternatives ?? [])
    .map(({ reading, question }) => ({ label: first(reading || question), question }));
  if (readings.length > 0)
    return { title: 'This can be read in several ways. Which do you mean?', questions: readings };
  const questions = answers
    .filter((answer) => answer.status !== 'answered')
    .flatMap((answer) => answer.suggestions)
    .map((question) => ({ label: question, question }));
  return { title: 'You can ask', questions };
}
