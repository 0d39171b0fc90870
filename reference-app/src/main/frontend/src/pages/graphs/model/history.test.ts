import { describe, expect, it } from 'vitest';
import { begin, commit, MOST_ENTRIES, redo, settle, undo } from './history';

describe('history', () => {
  it('goes back and forth, and says what', () => {
    const changed = commit(commit(begin('a'), 'b', 'Add'), 'c', 'Move');

    const [back, undone] = undo(changed) ?? [];
    const [forth, redone] = redo(back ?? begin('')) ?? [];

    expect([back?.present, undone]).toEqual(['b', 'Move']);
    expect([forth?.present, redone]).toEqual(['c', 'Move']);
  });

  it('has nothing to undo when it begins', () => {
    expect(undo(begin('a'))).toBeNull();
    expect(redo(begin('a'))).toBeNull();
  });

  it('keeps letters typed into one field as one entry, until the field is left', () => {
    let typed = commit(begin(''), 'h', 'Type', 'field');
    typed = commit(typed, 'he', 'Type', 'field');
    typed = commit(settle(typed), 'hey', 'Type', 'field');

    expect(typed.past.map(({ state }) => state)).toEqual(['', 'he']);
  });

  it('forgets what was undone when something else is done', () => {
    const [back] = undo(commit(begin('a'), 'b', 'Add')) ?? [];

    expect(redo(commit(back ?? begin(''), 'c', 'Other'))).toBeNull();
  });

  it('takes the same state as no change', () => {
    const before = begin('a');

    expect(commit(before, 'a', 'Nothing')).toBe(before);
  });

  it('after an undo begins a new entry, also for the same field', () => {
    const [back] = undo(commit(commit(begin(''), 'a', 'Type', 'f'), 'b', 'Move')) ?? [];

    expect(commit(back ?? begin(''), 'ab', 'Type', 'f').past).toHaveLength(2);
  });

  it('keeps a bounded number of entries', () => {
    let history = begin(0);
    for (let number = 1; number <= MOST_ENTRIES + 50; number++) history = commit(history, number, 'Count');

    expect(history.past).toHaveLength(MOST_ENTRIES);
    expect(history.past[0]?.state).toBe(50);
  });
});
