import { pause } from '@/api/stream';
import type { GraphDocument } from './document';

/** What was not saved yet when the page ended. */
export interface JournalEntry {
  /** The tab that wrote it. */
  tab: string;
  /** The revision that it was made on. */
  revision: number;
  /** When it was written, in milliseconds. */
  at: number;
  document: GraphDocument;
}

const PREFIX = 'studio-graph-journal';

/**
 * Keeps unsaved changes in this browser, one entry for each graph and tab, until the server has them. Storage that is full
 * or refused keeps nothing, and says so.
 */
export class Journal {
  readonly #storage: Storage;
  readonly #prefix: string;
  readonly #tab: string;

  /** @param user whoever is signed in, so that nobody is offered the work of another */
  constructor(storage: Storage, user: string, graph: string, tab: string) {
    this.#storage = storage;
    this.#prefix = `${PREFIX}:${user}:${graph}:`;
    this.#tab = tab;
  }

  /** Whether it could be kept. */
  write(document: GraphDocument, revision: number, at = Date.now()): boolean {
    const entry: JournalEntry = { tab: this.#tab, revision, at, document };
    try {
      this.#storage.setItem(this.#prefix + this.#tab, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  /** Puts an entry where later ones of this tab don't replace it, until somebody has decided about it. */
  keep(entry: JournalEntry): JournalEntry {
    if (entry.tab !== this.#tab) return entry;
    const kept = { ...entry, tab: `${this.#tab}~${entry.at}` };
    try {
      this.#storage.setItem(this.#prefix + kept.tab, JSON.stringify(kept));
      this.clear();
      return kept;
    } catch {
      return entry;
    }
  }

  /** Forgets what this tab wrote, or another one. */
  clear(tab = this.#tab): void {
    try {
      this.#storage.removeItem(this.#prefix + tab);
    } catch {
      // Storage is refused: nothing was kept either.
    }
  }

  /**
   * What was left behind, the latest first.
   *
   * @param alive tabs that still run and will save their own
   */
  left(alive: ReadonlySet<string>): JournalEntry[] {
    const entries: JournalEntry[] = [];
    try {
      for (let index = 0; index < this.#storage.length; index++) {
        const key = this.#storage.key(index);
        if (!key?.startsWith(this.#prefix)) continue;
        const entry = parse(this.#storage.getItem(key));
        if (entry !== null && (entry.tab === this.#tab || !alive.has(entry.tab))) entries.push(entry);
      }
    } catch {
      return [];
    }
    return entries.toSorted((one, other) => other.at - one.at);
  }
}

function parse(text: string | null): JournalEntry | null {
  try {
    const entry = JSON.parse(text ?? 'null') as JournalEntry | null;
    const complete =
      typeof entry?.tab === 'string' &&
      typeof entry.revision === 'number' &&
      Array.isArray(entry.document?.nodes) &&
      Array.isArray(entry.document.edges);
    return complete ? entry : null;
  } catch {
    return null;
  }
}

const LOCK = 'studio-graph-tab:';

let claimed: Promise<string> | null = null;

/** A name for this tab, the same after a reload, held as long as the page lives. */
export function claimTab(storage: Storage = sessionStorage): Promise<string> {
  claimed ??= claim(storage);
  return claimed;
}

async function claim(storage: Storage): Promise<string> {
  const known = read(storage);
  const name = known !== null && (await holdAgain(known)) ? known : Math.random().toString(36).slice(2, 10);
  if (name !== known) {
    await hold(name);
    try {
      storage.setItem(LOCK, name);
    } catch {
      // Storage is refused: the tab has another name after a reload, and nothing to find under it.
    }
  }
  return name;
}

function read(storage: Storage): string | null {
  try {
    return storage.getItem(LOCK);
  } catch {
    return null;
  }
}

const TRIES = 10;
const BETWEEN_TRIES_MS = 100;

/** After a reload the page before may hold the name for a moment yet. */
async function holdAgain(name: string): Promise<boolean> {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const tries = entry?.type === 'reload' || entry?.type === 'back_forward' ? TRIES : 1;
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (await hold(name)) return true;
    if (attempt < tries) await pause(BETWEEN_TRIES_MS);
  }
  return false;
}

/** Whether nobody else holds the name; a tab that was duplicated has the name of the first one. */
function hold(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(LOCK + name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Never resolved: the browser lets go of it when the page ends.
        return lock === null ? undefined : new Promise(() => undefined);
      })
      .catch(() => resolve(true));
  });
}

/** The tabs that are alive; none where the browser doesn't tell. */
export async function aliveTabs(): Promise<Set<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}
