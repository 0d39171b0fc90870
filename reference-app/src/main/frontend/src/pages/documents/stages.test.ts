import { describe, expect, it } from 'vitest';
import type { StudioDocument } from './shapes';
import { doing, progressOf, stagesOf } from './stages';

const at = (part: Partial<StudioDocument>) => ({
  status: 'running' as const,
  stage: 'embed' as const,
  stages: [],
  progress: 0.5 as number | null,
  ...part,
});
const states = (part: Partial<StudioDocument>) => stagesOf(at(part)).map(({ state }) => state);

describe('the stages of a document', () => {
  it('are those that the server tells', () => {
    expect(states({ stages: [{ stage: 'parse', state: 'skipped', millis: 3 }] })).toEqual([
      'done',
      'skipped',
      'done',
      'running',
      'waiting',
    ]);
  });

  it('follow from where it is, where the server tells nothing', () => {
    expect(states({})).toEqual(['done', 'done', 'done', 'running', 'waiting']);
    expect(states({ status: 'failed', stage: 'parse' })).toEqual(['done', 'failed', 'skipped', 'skipped', 'skipped']);
    expect(states({ status: 'done', stage: 'store' })).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(states({ status: 'waiting', stage: null })).toEqual(['done', 'waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('add up to the progress of the whole', () => {
    expect(progressOf(at({}))).toBeCloseTo(0.7);
    expect(progressOf(at({ progress: null }))).toBeCloseTo(0.6);
    expect(progressOf(at({ status: 'done', stage: 'store' }))).toBe(1);
  });

  it('say what is being done', () => {
    expect(doing(at({}))).toBe('Working out their meaning, 50 %');
    expect(doing(at({ progress: null, stage: 'parse' }))).toBe('Reading the text');
    expect(doing(at({ status: 'waiting' }))).toBe('Waiting');
  });
});
