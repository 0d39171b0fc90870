import { Download, Table2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Figure, Table } from '@/api/shapes';
import { useIsDark } from '@/app/theme';
import { IconButton } from './Button';
import { classes } from './classes';
import { DataTable } from './DataTable';
import { dressed, fitted, parted, titleOf } from './figure';
import { ErrorState, Skeleton } from './states';

interface Plotly {
  react: (element: HTMLElement, data: unknown, layout: unknown, config: unknown) => Promise<unknown>;
  purge: (element: HTMLElement) => void;
  downloadImage: (figure: Figure, options: Record<string, unknown>) => Promise<unknown>;
}

/** Plotly is loaded with the first chart. */
const load = () => import('plotly.js-cartesian-dist-min').then((module) => module.default as unknown as Plotly);
const FILL = { width: '100%', height: '100%' };
const CONFIG = { responsive: true, displayModeBar: false, displaylogo: false, scrollZoom: false };

/** A chart, with its numbers as a table for who prefers or needs it. */
export function Chart({
  figure,
  title = titleOf(figure),
  alternative,
  height = 340,
}: {
  figure: Figure;
  title?: string;
  /** The same numbers. */
  alternative?: Table | undefined;
  height?: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asTable, setAsTable] = useState(false);
  const dark = useIsDark();
  const { figure: bare, notes } = useMemo(() => parted(figure), [figure]);
  useEffect(() => {
    const element = place.current;
    if (element === null || asTable) return undefined;
    let gone = false;
    let plotly: Plotly | null = null;
    load()
      .then((module) => {
        if (gone) return undefined;
        plotly = module;
        const { data, layout } = dressed(bare, dark, false);
        return module.react(element, data, fitted(layout, element.clientWidth), CONFIG);
      })
      .then(() => setLoaded(true))
      .catch(setError);
    return () => {
      gone = true;
      plotly?.purge(element);
    };
  }, [bare, dark, asTable]);
  const download = async () => {
    const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'chart';
    // As it came: with its title and notes, in the colours of paper.
    await (await load()).downloadImage({ ...figure }, { format: 'png', width: 1200, height: 700, filename: name });
  };
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <figcaption className="flex min-h-11 items-center justify-between gap-2 border-b py-1 pr-1.5 pl-4">
        <span className="min-w-0 font-medium break-words">{title}</span>
        <span className="flex shrink-0">
          {alternative && (
            <IconButton
              icon={Table2}
              label={asTable ? 'Show as a chart' : 'Show as a table'}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            />
          )}
          {!asTable && (
            <IconButton icon={Download} label="Download as a picture" onClick={() => void download().catch(setError)} />
          )}
        </span>
      </figcaption>
      {error !== null && <ErrorState error={error} compact />}
      {asTable && alternative ? (
        <DataTable label={title} columns={alternative.columns} rows={alternative.rows} height={height} />
      ) : (
        <div className="relative p-1">
          {!loaded && error === null && (
            <div className="absolute inset-0 p-4">
              <Skeleton lines={5} label="Drawing the chart" />
            </div>
          )}
          <div
            role="img"
            aria-label={alternative ? `${title}. Chart; the same numbers are in the table.` : `${title}. Chart.`}
            className={classes('w-full', !loaded && 'invisible')}
            style={{ height }}
          >
            {/* Plotly sets the class of its element itself: React must not. */}
            <div ref={place} style={FILL} />
          </div>
          {loaded && notes && <p className="px-3 pt-1 pb-2 text-xs break-words text-soft">{notes}</p>}
        </div>
      )}
    </figure>
  );
}
