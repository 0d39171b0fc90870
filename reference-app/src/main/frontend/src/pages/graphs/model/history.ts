/** What was, and what was undone. Never changed in place. */
export interface History<T> {
  readonly past: readonly Entry<T>[];
  readonly present: T;
  readonly future: readonly Entry<T>[];
  /** Changes with the same key in a row are one entry, such as the letters typed into one field. */
  readonly key: string | null;
}

interface Entry<T> {
  state: T;
  /** What the change was that leads away from the state, such as `Delete 2 nodes`. */
  label: string;
}

export const MOST_ENTRIES = 200;

/** A history that begins here: nothing can be undone. */
export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], key: null };
}

/** Adds a change; what was undone is forgotten. The same state is no change. */
export function commit<T>(history: History<T>, present: T, label: string, key: string | null = null): History<T> {
  if (present === history.present) return history;
  if (key !== null && key === history.key) return { ...history, present, future: [] };
  const past = [...history.past, { state: history.present, label }].slice(-MOST_ENTRIES);
  return { past, present, future: [], key };
}

/** Ends an entry: a next change with the same key is one of its own. */
export function settle<T>(history: History<T>): History<T> {
  return history.key === null ? history : { ...history, key: null };
}

/** Goes one entry back, and says what it undid; null where there is none. */
export function undo<T>(history: History<T>): [History<T>, string] | null {
  const last = history.past.at(-1);
  if (last === undefined) return null;
  const future = [{ state: history.present, label: last.label }, ...history.future];
  return [{ past: history.past.slice(0, -1), present: last.state, future, key: null }, last.label];
}

/** Goes one entry forth again, and says what it did; null where there is none. */
export function redo<T>(history: History<T>): [History<T>, string] | null {
  const next = history.future[0];
  if (next === undefined) return null;
  const past = [...history.past, { state: history.present, label: next.label }];
  return [{ past, present: next.state, future: history.future.slice(1), key: null }, next.label];
}
