import { describe, expect, it } from 'vitest';
import { linked, pagesOf, passageAt, pieces, placeOf, rangeIn } from './citations';
import type { Chunk, DocumentAnswer, DocumentCitation } from './shapes';

const citation = (number: number): DocumentCitation => ({
  number,
  documentId: 'd1',
  documentName: 'report.pdf',
  page: 3,
  quote: 'the fee is 12 EUR',
  from: 120,
  to: 137,
  chunk: 4,
});
const chunk: Chunk = {
  number: 4,
  text: 'Fees: the fee is 12 EUR.',
  pageFrom: 3,
  pageTo: 3,
  headings: [],
  from: 114,
  to: 138,
};

const marked = (text: string, ranges: { from: number; to: number }[]) =>
  pieces(text, ranges)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

describe('pieces', () => {
  it('marks ranges in any order, joins those that overlap, and cuts those that go beyond', () => {
    expect(marked('abcdefgh', [])).toBe('abcdefgh');
    expect(
      marked('abcdefgh', [
        { from: 5, to: 7 },
        { from: 1, to: 3 },
      ]),
    ).toBe('a[bc]de[fg]h');
    expect(
      marked('abcdefgh', [
        { from: 1, to: 4 },
        { from: 2, to: 6 },
        { from: 3, to: 4 },
      ]),
    ).toBe('a[bcdef]gh');
    expect(
      marked('abcdefgh', [
        { from: 1, to: 3 },
        { from: 3, to: 5 },
      ]),
    ).toBe('a[bcde]fgh');
    expect(
      marked('abcdefgh', [
        { from: -4, to: 2 },
        { from: 6, to: 90 },
      ]),
    ).toBe('[ab]cdef[gh]');
    expect(
      marked('abcdefgh', [
        { from: 4, to: 4 },
        { from: 9, to: 12 },
      ]),
    ).toBe('abcdefgh');
  });
});

describe('a citation', () => {
  it('is found in its passage by its place in the document', () => {
    expect(rangeIn(chunk, citation(1))).toEqual({ from: 6, to: 23 });
    expect(chunk.text.slice(6, 23)).toBe(citation(1).quote);
    expect(rangeIn(chunk, { from: 0, to: 100 })).toBeNull();
    expect(rangeIn(chunk, { from: 100, to: 119 })).toEqual({ from: 0, to: 5 });
  });

  it('leads to the passage', () => {
    expect(placeOf(citation(1))).toBe('/documents/d1?from=120&to=137&chunk=4');
    expect(placeOf({ documentId: 'a/b', from: 1, to: 2, chunk: null })).toBe('/documents/a%2Fb?from=1&to=2');
  });

  it('stands at each statement that rests on it, and only there', () => {
    const answer: DocumentAnswer = {
      status: 'answered',
      text: 'A\nB\nC',
      statements: [
        { text: 'A', citations: [1] },
        { text: 'B', citations: [2, 1, 2] },
        { text: 'C', citations: [7] },
      ],
      citations: [citation(1), citation(2)],
      extractive: true,
      warnings: [],
      dropped: 0,
    };
    expect(linked(answer).map(({ text, citations }) => [text, ...citations.map((each) => each.number)])).toEqual([
      ['A', 1],
      ['B', 2, 1],
      ['C'],
    ]);
  });
});

describe('the passage at a place', () => {
  // Each 100 characters long, the next begins 80 later; nothing stands from 900 on.
  const passages = Array.from({ length: 11 }, (_, number) => ({
    ...chunk,
    number,
    from: number * 80,
    to: number * 80 + 100,
  }));

  it('is found in a few steps, the last of those that overlap', async () => {
    for (let place = 0; place < 900; place += 7) {
      let reads = 0;
      // One place after the other: the reads of each are counted.
      // oxlint-disable-next-line no-await-in-loop
      const found = await passageAt(place, passages.length, (at) => {
        reads++;
        return Promise.resolve(passages[at]);
      });
      expect(found).toBe(Math.min(10, Math.floor(place / 80)));
      expect(reads).toBeLessThanOrEqual(4);
    }
  });

  it('is none behind the end, or where there are no passages', async () => {
    expect(await passageAt(900, passages.length, (at) => Promise.resolve(passages[at]))).toBeNull();
    expect(await passageAt(5, 0, () => Promise.resolve(undefined))).toBeNull();
  });
});

it('names pages as they are', () => {
  expect(pagesOf({ pageFrom: 3, pageTo: 3 })).toBe('Page 3');
  expect(pagesOf({ pageFrom: 3, pageTo: 5 })).toBe('Pages 3–5');
  expect(pagesOf({ pageFrom: 0, pageTo: 0 })).toBe('');
  expect(pagesOf({ pageFrom: null, pageTo: null })).toBe('');
});
