import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Narrator, spoken, wholeSentences } from './sentences';

describe('sentences', () => {
  it('are whole when another one has begun', () => {
    expect(wholeSentences('The West sells most. It s', 0)).toEqual({ said: 'The West sells most.', to: 21 });
    expect(wholeSentences('The West sells most. It s', 21)).toEqual({ said: '', to: 21 });
  });

  it('are whole at the end of a paragraph', () => {
    expect(wholeSentences('## Regions\n\n', 0)).toEqual({ said: 'Regions', to: 12 });
  });

  it('wait for the end of code', () => {
    expect(wholeSentences('Here.\n```sql\nSELECT 1; SELECT 2\n', 0).said).toBe('');
    expect(wholeSentences('Here.\n```sql\nSELECT 1\n```\nIt does. And', 0).said).toBe('Here. Code. It does.');
  });

  it('are read without marks', () => {
    expect(spoken('- The **West** sells `12` [units](https://example.org)')).toBe('The West sells 12 units');
  });
});

describe('Narrator', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says every sentence once, together where they come fast', () => {
    const said: string[] = [];
    const narrator = new Narrator((text) => said.push(text));
    const text = 'One is here. Two is here. Three is here. Four';
    for (let length = 1; length <= text.length; length++) narrator.tell(text.slice(0, length));
    vi.advanceTimersByTime(1500);
    narrator.finish(`${text} is here.`);
    expect(said).toEqual(['One is here.', 'Two is here. Three is here.', 'Four is here.']);
  });

  it('does not repeat what was said when the answer comes whole', () => {
    const said: string[] = [];
    const narrator = new Narrator((text) => said.push(text));
    narrator.tell('One is here. Tw');
    narrator.finish('One is here. Two is here.');
    expect(said.join(' ')).toBe('One is here. Two is here.');
  });
});
