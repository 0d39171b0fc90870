import type { Column } from '@/api/shapes';

const words = (name: string) => name.replaceAll('_', ' ');

/** Questions that a data set with these columns can answer, from what each column is for. */
export function suggestions(columns: Pick<Column, 'name' | 'role'>[]): string[] {
  const of = (role: string) =>
    columns.filter((column) => column.role.toLowerCase() === role).map(({ name }) => words(name));
  const [measure, other] = of('measure');
  const [dimension] = of('dimension');
  const [time] = of('time');
  return [
    measure && dimension && `Average ${measure} by ${dimension}`,
    measure && time && `Monthly trend of ${measure}`,
    measure && `Distribution of ${measure}`,
    measure && other && `Correlation between ${measure} and ${other}`,
    !measure && dimension && `How many rows by ${dimension}`,
  ].filter((question): question is string => Boolean(question));
}
