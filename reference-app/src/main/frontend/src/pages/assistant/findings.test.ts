import { describe, expect, it } from 'vitest';
import type { AnswerStep } from '@/api/shapes';
import { chartsOf, furtherOf, tablesOf } from './findings';
import { NO_DETAIL } from './message';
import type { PlannerAnswer } from './shapes';

const step = (part: Partial<AnswerStep>): AnswerStep => ({
  intent: 'sales by region',
  op: 'aggregate',
  sql: 'SELECT 1',
  columns: ['Region', 'Sales'],
  rows: [
    ['West', 2],
    [null, 1],
  ],
  totalRows: 2,
  value: null,
  test: null,
  chart: 'bar',
  artifacts: [],
  ...part,
});
const answer = (part: Partial<PlannerAnswer>): PlannerAnswer => ({
  id: 'a',
  status: 'answered',
  cached: false,
  planner: 'built-in',
  reading: '',
  message: '',
  steps: [],
  unknownWords: [],
  suggestions: [],
  warnings: [],
  millis: 1,
  ...part,
});
const KEY = 't/u/plots/sales.plotly.json';
const drawn = step({ artifacts: [{ type: 'json', label: 'sales', key: KEY, url: '' }] });

describe('the findings of an answer', () => {
  it('show a chart with its numbers', () => {
    const detail = {
      ...NO_DETAIL,
      charts: [{ key: KEY, title: 'sales', figure: { data: [] } }],
      answers: [answer({ steps: [drawn] })],
    };
    expect(chartsOf(detail)[0]).toMatchObject({
      title: 'Sales',
      alternative: {
        columns: [
          { name: 'Region', type: '' },
          { name: 'Sales', type: 'DOUBLE' },
        ],
        totalRows: 2,
      },
    });
    expect(tablesOf(detail)).toEqual([]);
  });

  it('show as a table what no chart shows, and not a single value', () => {
    const detail = { ...NO_DETAIL, answers: [answer({ steps: [drawn, step({ columns: ['n'], rows: [[1]] })] })] };
    expect(tablesOf(detail).map(({ title }) => title)).toEqual(['Sales by region']);
  });

  it('offer readings before suggestions, and suggestions only where there is no answer', () => {
    const readings = [{ reading: 'by order date', question: 'Sales by order date' }];
    expect(furtherOf([answer({ status: 'ambiguous', alternatives: readings, suggestions: ['x'] })]).questions).toEqual([
      { label: 'By order date', question: 'Sales by order date' },
    ]);
    expect(furtherOf([answer({ status: 'not_understood', suggestions: ['x'] })]).questions).toEqual([
      { label: 'x', question: 'x' },
    ]);
    expect(furtherOf([answer({ suggestions: ['x'] })]).questions).toEqual([]);
  });
});
