import { describe, expect, it } from 'vitest';
import type { Figure } from '@/api/shapes';
import { fitted, parted } from './figure';

const inside = { text: 'No values', xref: 'paper', yref: 'paper', x: 0.5, y: 0.5, yshift: 0, xanchor: 'center' };
const below = {
  text: 'Other gathers 3 slices · 2 &lt; 3<br>&amp; more &amp;lt;',
  xref: 'paper',
  yref: 'paper',
  x: 0,
  y: 0,
  yshift: -64,
  xanchor: 'left',
};
const figure = (annotations: unknown[]): Figure =>
  ({ data: [], layout: { annotations, margin: { l: 72, b: 144 } } }) as unknown as Figure;

describe('the notes of a figure', () => {
  it('are parted from it, with their room', () => {
    const { figure: without, notes } = parted(figure([inside, below]));
    expect(notes).toBe('Other gathers 3 slices · 2 < 3 & more &lt;');
    expect(without.layout?.annotations).toEqual([inside]);
    expect(without.layout?.margin).toEqual({ l: 72, b: 104 });
  });
  it('leave a figure without any as it is', () => {
    const plain = figure([inside]);
    expect(parted(plain)).toEqual({ figure: plain, notes: '' });
  });
});

describe('a legend', () => {
  const layout = { legend: { orientation: 'v', x: 1.02 }, height: 300 };
  it('lies above the plot where there is no room beside it', () => {
    expect(fitted(layout, 280)?.legend).toMatchObject({ orientation: 'h', x: 0, yanchor: 'bottom' });
  });
  it('leaves names of a narrow plot room to lie aslant', () => {
    const named = { xaxis: { type: 'category', tickangle: 0 } };
    expect(fitted(named, 280)?.xaxis).toEqual({ type: 'category', tickangle: 'auto' });
    expect(fitted(named, 900)).toBe(named);
  });
  it('stays beside it elsewhere', () => {
    expect(fitted(layout, 900)).toBe(layout);
  });
});
