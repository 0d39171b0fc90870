import type { ReactNode } from 'react';
import { classes } from './classes';

export interface ListColumn<T> {
  title: string;
  cell: (item: T) => ReactNode;
  /** Numbers stand to the right. */
  right?: boolean;
  /** Left out where the window is narrow. */
  wideOnly?: boolean;
  /** Shown to screen readers only, such as the title over buttons. */
  hideTitle?: boolean;
}

/** A table of things that can be opened or changed; the first column names the thing. */
export function List<T>({
  label,
  items,
  columns,
  keyOf,
  flush,
}: {
  label: string;
  items: T[];
  columns: ListColumn<T>[];
  keyOf: (item: T) => string;
  /** Fills the section that it is in, without a frame of its own. */
  flush?: boolean;
}) {
  const shape = (column: ListColumn<T>) =>
    classes(
      'px-3 first:pl-4 last:pr-4',
      column.right && 'text-right tabular-nums',
      column.wideOnly && 'hidden md:table-cell',
    );
  return (
    <div className={classes('overflow-x-auto', flush ? '-m-4' : 'rounded-lg border bg-surface')}>
      <table aria-label={label} className="w-full">
        <thead>
          <tr className="border-b text-left text-xs text-soft">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={classes('py-2 font-medium whitespace-nowrap', shape(column))}
              >
                {column.hideTitle ? <span className="sr-only">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)} className="border-b last:border-b-0 hover:bg-hover/60">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.title} scope="row" className={classes('py-2.5 text-left font-normal', shape(column))}>
                    {column.cell(item)}
                  </th>
                ) : (
                  <td key={column.title} className={classes('py-2.5', shape(column))}>
                    {column.cell(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
