import type { Figure } from '@/api/shapes';

/**
 * The colours of figures for a dark page. Figures come in the colours of a light one (Okabe and Ito's, told apart with
 * every usual colour-vision deficiency); those that are too dark on a dark ground have a lighter counterpart here.
 */
const DARK: Record<string, string> = {
  '#ffffff': '#1a1e21',
  '#22262b': '#e8eaeb',
  '#444b54': '#cdd3d6',
  '#6b7480': '#a4adb3',
  '#e7e9ec': '#2c3338',
  '#a9afb7': '#5a646b',
  '#8b929b': '#727c83',
  '#0072b2': '#4ba3dc',
  '#5b3a8e': '#a98fe0',
  '#8c5a2b': '#c08f5c',
  '#d55e00': '#ee7a2a',
  '#009e73': '#2bb98e',
};

function recoloured(value: unknown): unknown {
  if (typeof value === 'string') return DARK[value.toLowerCase()] ?? value;
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map(recoloured);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, recoloured(part)]));
}

interface Annotation {
  text?: unknown;
  yref?: unknown;
  y?: unknown;
  yshift?: unknown;
  xanchor?: unknown;
}

/** How high a figure makes its notes: a gap, and each line. */
const NOTES_GAP = 12;
const NOTE_LINE = 14;

const isNotes = ({ yref, y, yshift, xanchor }: Annotation) =>
  yref === 'paper' && y === 0 && typeof yshift === 'number' && yshift < 0 && xanchor === 'left';

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#36;': '$' };

/**
 * The notes below a figure and the figure without them: their lines are broken for a picture of its usual width, and
 * would be cut off where it is narrower.
 */
export function parted(figure: Figure): { figure: Figure; notes: string } {
  const { data, layout = {} } = figure;
  const all = Array.isArray(layout.annotations) ? (layout.annotations as Annotation[]) : [];
  const lines = all.filter(isNotes).flatMap(({ text }) => (typeof text === 'string' ? text.split('<br>') : []));
  if (lines.length === 0) return { figure, notes: '' };
  const margin = { ...(layout.margin as { b?: number } | undefined) };
  if (margin.b !== undefined) margin.b -= NOTES_GAP + NOTE_LINE * lines.length;
  const annotations = all.filter((each) => !isNotes(each));
  const notes = lines.join(' ').replace(/&(?:lt|gt|amp|#36);/g, (entity) => ENTITIES[entity] ?? entity);
  return { figure: { data, layout: { ...layout, annotations, margin } }, notes };
}

/** A figure as it is shown: in the colours of the page, in its font, as large as its place, without its own title. */
export function dressed(figure: Figure, dark: boolean, titled: boolean): Figure {
  const { data, layout = {} } = (dark ? recoloured(figure) : figure) as Figure;
  const { width: _width, height: _height, title, ...rest } = layout;
  const margin = { l: 56, r: 20, b: 48, ...(layout.margin as object | undefined) };
  return {
    data,
    layout: {
      ...rest,
      ...(titled && title !== undefined ? { title } : {}),
      autosize: true,
      paper_bgcolor: 'transparent',
      plot_bgcolor: 'transparent',
      font: {
        ...(layout.font as object | undefined),
        family: 'Inter Variable, sans-serif',
        color: dark ? '#cdd3d6' : '#444b54',
      },
      margin: titled ? margin : { ...margin, t: 16 },
      hoverlabel: { font: { family: 'Inter Variable, sans-serif' } },
    },
  };
}

/** Below this a legend beside the plot leaves it no room. */
const NARROW_PX = 480;

/** The layout for a place of a width: where that is narrow the legend lies above the plot, and names below it may lie aslant. */
export function fitted(layout: Figure['layout'], widthPx: number): Figure['layout'] {
  if (widthPx >= NARROW_PX || layout === undefined) return layout;
  const { legend, xaxis } = layout as { legend?: object; xaxis?: { tickangle?: unknown } };
  const above = { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom' };
  return {
    ...layout,
    ...(legend && { legend: { ...legend, ...above } }),
    ...(xaxis?.tickangle === 0 && { xaxis: { ...xaxis, tickangle: 'auto' } }),
  };
}

/** What the layout calls the figure; empty where it says nothing. */
export function titleOf(figure: Figure): string {
  const title = figure.layout?.title;
  const text = typeof title === 'string' ? title : ((title as { text?: unknown } | undefined)?.text ?? '');
  return typeof text === 'string'
    ? text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    : '';
}
