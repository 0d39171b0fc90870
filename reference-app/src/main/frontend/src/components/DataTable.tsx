import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Cell } from '@/api/shapes';
import { classes } from './classes';
import { cellNumber } from './format';

const ROW_PX = 30;

const isNumeric = (type: string) => /int|double|float|decimal|numeric|real|number|hugeint/i.test(type);

const standsRight = ({ type, right }: { type: string; right?: boolean }) => right ?? isNumeric(type);

/** A value as it is shown; what is missing is told apart from empty text. */
function Value({ value, isId }: { value: Cell | undefined; isId: boolean }) {
  if (value === undefined) return <span className="inline-block h-3 w-12 rounded bg-hover" aria-hidden />;
  if (value === null) return <span className="text-soft italic">null</span>;
  if (typeof value === 'number') return <>{isId ? String(value) : cellNumber(value)}</>;
  if (typeof value === 'object') return <>{JSON.stringify(value)}</>;
  return <>{String(value)}</>;
}

/**
 * Rows of data under a header that stays. Only rows in sight are in the page, so that a million is as quick as ten; those
 * that are not here yet are asked for by `onSight`.
 */
export function DataTable({
  label,
  columns,
  rows,
  rowCount = rows.length,
  firstNumber = 1,
  unnumbered = false,
  height = 420,
  onSight,
  caption,
}: {
  /** What the table holds, for screen readers. */
  label: string;
  /**
   * The numbers of a column with the role of an id are written without grouping; the unit stands in the header. Columns of
   * numbers stand to the right, and others that are told to.
   */
  columns: { name: string; type: string; role?: string; unit?: string; right?: boolean }[];
  /** May have holes, which show as bars until they come. */
  rows: (Cell[] | undefined)[];
  rowCount?: number;
  /** The number of the first row. */
  firstNumber?: number;
  /** Without the numbers of rows, where the first column tells rows apart. */
  unnumbered?: boolean;
  /** Of the scrolled part at most, in pixels. */
  height?: number;
  /** Told which rows are in sight: from, up to but without. */
  onSight?: (from: number, to: number) => void;
  /** Below the table. */
  caption?: React.ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 800, height },
  });
  const shown = virtual.getVirtualItems();
  const from = shown[0]?.index ?? 0;
  const to = (shown.at(-1)?.index ?? -1) + 1;
  useEffect(() => onSight?.(from, to), [from, to, onSight]);
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div className="min-w-0">
      <div
        ref={scroller}
        role="region"
        aria-label={label}
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="overflow-auto outline-offset-[-2px]"
        style={{ maxHeight: height }}
      >
        <table aria-rowcount={rowCount + 1} className="w-full border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              {!unnumbered && (
                <th
                  scope="col"
                  className="sticky top-0 left-0 z-20 w-0 border-r border-b bg-sunken px-2 py-1.5 text-right font-normal text-soft"
                >
                  <span className="sr-only">Row</span>#
                </th>
              )}
              {columns.map((column, index) => (
                <th
                  key={`${index}-${column.name}`}
                  scope="col"
                  className={classes(
                    'sticky top-0 z-10 max-w-80 border-b bg-sunken px-3 py-1.5 font-semibold whitespace-nowrap',
                    standsRight(column) ? 'text-right' : 'text-left',
                  )}
                >
                  {column.name}
                  {column.unit && <span className="ml-1.5 font-normal">{column.unit}</span>}
                  {column.type && <span className="ml-1.5 text-xs font-normal text-soft lowercase">{column.type}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {above > 0 && (
              <tr aria-hidden>
                <td style={{ height: above }} colSpan={columns.length + (unnumbered ? 0 : 1)} />
              </tr>
            )}
            {shown.map(({ index }) => (
              <tr key={index} aria-rowindex={index + 2} className="group" style={{ height: ROW_PX }}>
                {!unnumbered && (
                  <th
                    scope="row"
                    className="sticky left-0 border-r border-b bg-surface px-2 text-right font-normal text-soft group-hover:bg-hover"
                  >
                    {index + firstNumber}
                  </th>
                )}
                {columns.map((column, at) => {
                  const value = rows[index] === undefined ? undefined : (rows[index][at] ?? null);
                  return (
                    <td
                      key={`${at}-${column.name}`}
                      title={typeof value === 'string' && value.length > 40 ? value : undefined}
                      className={classes(
                        'max-w-80 truncate border-b px-3 group-hover:bg-hover',
                        standsRight(column) && 'text-right',
                      )}
                    >
                      <Value value={value} isId={/^(id|identifier|key)$/i.test(column.role ?? '')} />
                    </td>
                  );
                })}
              </tr>
            ))}
            {below > 0 && (
              <tr aria-hidden>
                <td style={{ height: below }} colSpan={columns.length + (unnumbered ? 0 : 1)} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {caption && <div className="border-t px-3 py-1.5 text-xs text-soft">{caption}</div>}
    </div>
  );
}
