import { describe, expect, it } from 'vitest';
import { lastQuestion, placeAmong, titleOf, withMessage } from './branch';
import { askedOf, NO_DETAIL } from './message';
import type { Message } from './shapes';

const said = (number: number, parent: number, siblings = [number]): Message => ({
  number,
  parent,
  role: number % 2 === 1 ? 'user' : 'assistant',
  text: `Message ${number}`,
  detail: NO_DETAIL,
  siblings,
  rating: null,
  createdAt: '2026-11-22T08:00:00Z',
});
const numbers = (branch: Message[]) => branch.map((each) => each.number);

describe('a branch', () => {
  const branch = [said(1, 0), said(2, 1), said(3, 2), said(4, 3)];

  it('goes on with what follows its end', () => {
    expect(numbers(withMessage(branch, said(5, 4)))).toEqual([1, 2, 3, 4, 5]);
  });

  it('turns off where a question is edited or answered again', () => {
    expect(numbers(withMessage(branch, said(5, 2, [3, 5])))).toEqual([1, 2, 5]);
    expect(numbers(withMessage(branch, said(5, 0, [1, 5])))).toEqual([5]);
    expect(numbers(withMessage(branch, said(6, 3, [4, 6])))).toEqual([1, 2, 3, 6]);
  });

  it('replaces a message that is there, and leaves out what belongs to another branch', () => {
    expect(withMessage(branch, { ...said(4, 3), text: 'Changed' })[3]?.text).toBe('Changed');
    expect(numbers(withMessage(branch, said(9, 8)))).toEqual([1, 2, 3, 4]);
  });

  it('knows its last question', () => {
    expect(lastQuestion(branch)?.number).toBe(3);
    expect(lastQuestion([])).toBeUndefined();
  });
});

describe('the place among siblings', () => {
  it('names those beside it', () => {
    expect(placeAmong(said(5, 2, [3, 5, 9]))).toEqual({ at: 2, of: 3, before: 3, after: 9 });
    expect(placeAmong(said(3, 2, [3, 5]))).toEqual({ at: 1, of: 2, before: null, after: 5 });
  });

  it('is none for a message that stands alone', () => {
    expect(placeAmong(said(3, 2))).toBeNull();
    expect(placeAmong(said(3, 2, []))).toBeNull();
  });
});

it('keeps what a question was about, and who was to answer', () => {
  const asked = (agent: string, sources: string[]) =>
    askedOf({ ...said(1, 0), detail: { ...NO_DETAIL, asked: { agent, model: 'fast', sources, documents: false } } });
  expect(asked('sql_expert', ['a'])).toEqual({
    context: { datasetIds: ['a'], sourceId: null, documents: false },
    agent: 'sql_expert',
    model: 'fast',
  });
  expect(asked('rag_assistant', [])).toEqual({
    context: { datasetIds: [], sourceId: null, documents: true },
    agent: '',
    model: 'fast',
  });
  expect(askedOf(said(2, 1))).toBeNull();
});

it('calls a conversation by the first line of its first message', () => {
  expect(titleOf('  Which region?\nAnd why?')).toBe('Which region?');
  expect(titleOf('x'.repeat(200))).toHaveLength(80);
});
