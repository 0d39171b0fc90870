import { describe, expect, it } from 'vitest';
import { askedOf, NO_DETAIL } from './message';
import type { Asked, Message } from './shapes';

const question = (asked: Asked): Message => ({
  number: 1,
  parent: 0,
  role: 'user',
  text: '?',
  detail: { ...NO_DETAIL, asked },
  siblings: [1],
  rating: null,
  createdAt: '2026-01-01T00:00:00Z',
});

describe('what a question was about', () => {
  it('is data and documents together', () => {
    expect(askedOf(question({ agent: 'auto', model: '', sources: ['s'], documents: true }))?.context).toEqual({
      datasetIds: ['s'],
      sourceId: null,
      documents: true,
    });
  });

  it('is the documents where the one who reads them was asked, and nobody else stays chosen', () => {
    const asked = askedOf(question({ agent: 'rag_assistant', model: '', sources: [], documents: false }));
    expect(asked).toMatchObject({ agent: '', context: { documents: true } });
  });

  it('keeps the one who was asked beside data', () => {
    expect(askedOf(question({ agent: 'rag_assistant', model: '', sources: ['s'], documents: true }))?.agent).toBe(
      'rag_assistant',
    );
  });
});
