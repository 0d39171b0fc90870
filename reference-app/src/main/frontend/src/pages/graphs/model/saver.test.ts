import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import type { Graph } from '../shapes';
import { toSaved, type GraphDocument } from './document';
import { graph, node } from './fixtures';
import { Journal } from './journal';
import { Saver } from './saver';

const problem = (status: number) =>
  new ApiProblem({ status, title: 't', detail: 'd', code: 'C', mend: '', traceId: '' });
const first = graph([]);
const second = graph([node('a', 'x')]);
const third = graph([node('a', 'x'), node('b', 'x')]);
const foreign = graph([node('theirs', 'x')]);

function server(document: GraphDocument = first) {
  const kept = { document, revision: 1, refusals: [] as number[], saves: 0 };
  const answer = () =>
    ({ name: kept.document.name, description: '', revision: kept.revision, graph: toSaved(kept.document) }) as Graph;
  return {
    kept,
    save: (draft: GraphDocument, revision: number) => {
      kept.saves++;
      const refused = kept.refusals.shift();
      if (refused !== undefined) return Promise.reject(problem(refused));
      if (revision !== kept.revision) return Promise.reject(problem(409));
      kept.document = draft;
      kept.revision++;
      return Promise.resolve(answer());
    },
    load: () => Promise.resolve(answer()),
  };
}

function saverFor(there: ReturnType<typeof server>) {
  const journal = new Journal(localStorage, 'u', 'g', 'tab');
  return { journal, saver: new Saver({ document: first, revision: 1, journal, save: there.save, load: there.load }) };
}

describe('a saver', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => void vi.useRealTimers());

  it('saves when the hands rest, and keeps what is not saved in the journal till then', async () => {
    const there = server();
    const { saver, journal } = saverFor(there);

    saver.changed(second);
    saver.changed(third);
    expect(journal.left(new Set())).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);

    expect(there.kept.saves).toBe(1);
    expect(there.kept.document).toBe(third);
    expect(saver.get().save.state).toBe('saved');
    expect(journal.left(new Set())).toEqual([]);
  });

  it('saves again what changed while it saved, on the new revision', async () => {
    const there = server();
    const { saver } = saverFor(there);

    saver.changed(second);
    const flushed = saver.flush();
    saver.changed(third);
    await flushed;
    await vi.advanceTimersByTimeAsync(2000);

    expect(there.kept.document).toBe(third);
    expect(there.kept.revision).toBe(3);
  });

  it('never overwrites what somebody else saved, before a person chose to', async () => {
    const there = server();
    const { saver, journal } = saverFor(there);
    Object.assign(there.kept, { document: foreign, revision: 5 });

    saver.changed(second);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(saver.get().save.state).toBe('conflict');
    expect(there.kept.document).toBe(foreign);
    expect(journal.left(new Set())).toHaveLength(1);
    await saver.keepMine();
    expect(there.kept.document).toBe(second);
    expect(saver.get().revision).toBe(6);
  });

  it('can take theirs', async () => {
    const there = server();
    const { saver } = saverFor(there);
    Object.assign(there.kept, { document: foreign, revision: 5 });
    saver.changed(second);
    await vi.advanceTimersByTimeAsync(2000);

    const theirs = saver.takeTheirs();

    expect(theirs?.nodes[0]?.id).toBe('theirs');
    expect([saver.get().save.state, saver.get().revision]).toEqual(['saved', 5]);
  });

  it('takes an answer that got lost for what it is', async () => {
    const there = server();
    const { saver } = saverFor(there);
    Object.assign(there.kept, { document: second, revision: 2 });

    saver.changed(graph([node('a', 'x')]));
    await vi.advanceTimersByTimeAsync(2000);

    expect([saver.get().save.state, saver.get().revision]).toEqual(['saved', 2]);
  });

  it('tries again by itself while the server is away', async () => {
    const there = server();
    const { saver } = saverFor(there);
    there.kept.refusals.push(0, 503, 0);

    saver.changed(second);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(there.kept.document).toBe(second);
    expect(saver.get().save.state).toBe('saved');
  });

  it('stops at a refusal for good, and keeps the journal', async () => {
    const there = server();
    const { saver, journal } = saverFor(there);
    there.kept.refusals.push(404);

    saver.changed(second);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(saver.get().save.state).toBe('failed');
    expect(there.kept.saves).toBe(1);
    expect(journal.left(new Set())).toHaveLength(1);
  });

  it('has nothing to save when a change was undone', async () => {
    const there = server();
    const { saver } = saverFor(there);

    saver.changed(second);
    saver.changed(first);
    await vi.advanceTimersByTimeAsync(5000);

    expect(there.kept.saves).toBe(0);
    expect(saver.get().save.state).toBe('saved');
  });
});

describe('a journal', () => {
  beforeEach(() => localStorage.clear());

  it('offers what dead tabs left, to the same person only, the latest first', () => {
    new Journal(localStorage, 'u', 'g', 'one').write(second, 1, 10);
    new Journal(localStorage, 'u', 'g', 'two').write(third, 1, 20);
    new Journal(localStorage, 'u', 'g', 'alive').write(third, 1, 30);
    new Journal(localStorage, 'other', 'g', 'x').write(third, 1, 40);
    new Journal(localStorage, 'u', 'other', 'x').write(third, 1, 40);

    const left = new Journal(localStorage, 'u', 'g', 'mine').left(new Set(['alive', 'mine']));

    expect(left.map(({ tab }) => tab)).toEqual(['two', 'one']);
  });

  it('keeps an entry apart from what the same tab writes next', () => {
    const journal = new Journal(localStorage, 'u', 'g', 'mine');
    journal.write(second, 1, 10);
    const kept = journal.left(new Set()).map((entry) => journal.keep(entry));
    journal.write(third, 2, 20);
    journal.clear();

    expect(journal.left(new Set())).toEqual(kept);
  });

  it('passes over what is no entry, and says when it could not keep one', () => {
    localStorage.setItem('studio-graph-journal:u:g:bad', '{"tab":1}');
    const full = {
      length: 0,
      key: () => null,
      setItem: () => {
        throw new Error('full');
      },
    } as unknown as Storage;

    expect(new Journal(localStorage, 'u', 'g', 'mine').left(new Set())).toEqual([]);
    expect(new Journal(full, 'u', 'g', 'mine').write(second, 1)).toBe(false);
  });
});
