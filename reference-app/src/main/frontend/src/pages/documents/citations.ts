import type { Chunk, DocumentAnswer, DocumentCitation, Range } from './shapes';

/** A piece of a text: marked, or not. */
export interface Piece {
  /** Where it begins. */
  at: number;
  text: string;
  marked: boolean;
}

/** Cuts a text at the borders of ranges; ranges may overlap, touch, lie outside or be in any order. */
export function pieces(text: string, ranges: Range[]): Piece[] {
  const within = ranges
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(text.length, to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
  const cut: Piece[] = [];
  let at = 0;
  for (const { from, to } of within) {
    if (to <= at) continue;
    if (from > at) cut.push({ at, text: text.slice(at, from), marked: false });
    const last = cut.at(-1);
    const marked = text.slice(Math.max(at, from), to);
    if (last?.marked && from <= at) last.text += marked;
    else cut.push({ at: Math.max(at, from), text: marked, marked: true });
    at = to;
  }
  if (at < text.length) cut.push({ at, text: text.slice(at), marked: false });
  return cut;
}

/** Where words of the document stand in one of its passages; null when they stand elsewhere. */
export function rangeIn(chunk: Chunk, words: Range): Range | null {
  const from = Math.max(0, words.from - chunk.from);
  const to = Math.min(chunk.text.length, words.to - chunk.from);
  return from < to ? { from, to } : null;
}

/**
 * The number of the passage that holds a place of the document; of several, as neighbours overlap, the last. Null when
 * there is none.
 *
 * @param count how many passages there are
 * @param read gives one of them
 */
export async function passageAt(
  place: number,
  count: number,
  read: (number: number) => Promise<Chunk | undefined>,
): Promise<number | null> {
  let low = 0;
  let high = count - 1;
  let found: Chunk | undefined;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    // Where to look next depends on what is there.
    // oxlint-disable-next-line no-await-in-loop
    const chunk = await read(middle);
    if (chunk === undefined) return null;
    if (chunk.from <= place) {
      found = chunk;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return found !== undefined && place < found.to ? found.number : null;
}

/** The pages of a passage in words; empty where the format has none. */
export function pagesOf({ pageFrom, pageTo }: { pageFrom: number | null; pageTo: number | null }): string {
  if (!pageFrom) return '';
  return pageTo && pageTo !== pageFrom ? `Pages ${pageFrom}–${pageTo}` : `Page ${pageFrom}`;
}

/** Where the words of a citation are shown within their document. */
export function placeOf(citation: Pick<DocumentCitation, 'documentId' | 'from' | 'to' | 'chunk'>): string {
  const query = new URLSearchParams({ from: String(citation.from), to: String(citation.to) });
  if (citation.chunk !== undefined && citation.chunk !== null) query.set('chunk', String(citation.chunk));
  return `/documents/${encodeURIComponent(citation.documentId)}?${query}`;
}

/** A part of an answer with the citations that are there; a number that no citation has is left out. */
export interface LinkedStatement {
  text: string;
  citations: DocumentCitation[];
}

/** The statements of an answer with their citations in place of numbers. */
export function linked(answer: DocumentAnswer): LinkedStatement[] {
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  return answer.statements.map(({ text, citations }) => ({
    text,
    citations: [...new Set(citations)].flatMap((number) => byNumber.get(number) ?? []),
  }));
}
