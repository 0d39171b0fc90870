import { backoff } from '@/api/stream';
import { ApiProblem } from '@/api/problem';
import type { Graph } from '../shapes';
import { fromSaved, sameContent, type GraphDocument } from './document';
import { Store } from './store';

export type SaveState =
  | { state: 'saved' }
  | { state: 'unsaved' }
  | { state: 'saving' }
  /** The server can't be reached; it is tried again by itself. */
  | { state: 'waiting'; problem: ApiProblem }
  /** Refused for good, such as when the graph was deleted. */
  | { state: 'failed'; problem: ApiProblem }
  /** Somebody else saved in between: a person has to choose. */
  | { state: 'conflict'; theirs: GraphDocument; revision: number };

export interface SaverOptions {
  document: GraphDocument;
  revision: number;
  save: (document: GraphDocument, revision: number) => Promise<Graph>;
  load: () => Promise<Graph>;
  journal: { write: (document: GraphDocument, revision: number) => boolean; clear: () => void };
  /** How long the hands must rest before it saves. */
  delayMs?: number;
}

const DELAY_MS = 900;
const CONFLICTS = new Set([409, 412]);

/**
 * Saves a draft by itself, one request at a time, each on the revision that the one before gave. What is not saved yet is in
 * the journal first. It never overwrites what somebody else saved: that is a conflict, which {@link keepMine} or {@link
 * takeTheirs} ends.
 */
export class Saver extends Store<{ save: SaveState; revision: number }> {
  readonly #options: SaverOptions;
  /** What the server has. */
  #saved: GraphDocument;
  #current: GraphDocument;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: Promise<void> | null = null;
  #tries = 0;

  constructor(options: SaverOptions) {
    super({ save: { state: 'saved' }, revision: options.revision });
    this.#options = options;
    this.#saved = options.document;
    this.#current = options.document;
  }

  get isSaved(): boolean {
    return this.#current === this.#saved;
  }

  /** Takes the present state of the draft. */
  changed(document: GraphDocument): void {
    if (document === this.#current) return;
    this.#current = document;
    const { state } = this.get().save;
    if (this.isSaved && this.#under === null) {
      // Undone back to what the server has.
      this.#done();
      return;
    }
    this.#options.journal.write(document, this.get().revision);
    if (state === 'conflict' || state === 'failed') return;
    if (state !== 'saving') this.set({ save: { state: 'unsaved' } });
    this.#schedule(this.#options.delayMs ?? DELAY_MS);
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  #done(): void {
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#options.journal.clear();
    this.set({ save: { state: 'saved' } });
  }

  /** Saves now what is not saved yet. Whether the server has all of it then. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#under !== null) await this.#under;
    const { state } = this.get().save;
    if (this.isSaved) return true;
    if (state === 'conflict' || state === 'failed') return false;
    this.#under = this.#send().finally(() => {
      this.#under = null;
    });
    await this.#under;
    return this.get().save.state === 'saved' || (this.get().save.state === 'unsaved' && this.flush());
  }

  async #send(): Promise<void> {
    const sent = this.#current;
    this.set({ save: { state: 'saving' } });
    try {
      const answer = await this.#options.save(sent, this.get().revision);
      this.#accept(sent, answer.revision);
    } catch (error) {
      await this.#refused(ApiProblem.of(error), sent);
    }
  }

  #accept(sent: GraphDocument, revision: number): void {
    this.#saved = sent;
    this.set({ revision });
    if (this.isSaved) {
      this.#done();
      return;
    }
    this.#options.journal.write(this.#current, revision);
    this.set({ save: { state: 'unsaved' } });
    this.#schedule(this.#options.delayMs ?? DELAY_MS);
  }

  async #refused(problem: ApiProblem, sent: GraphDocument): Promise<void> {
    if (CONFLICTS.has(problem.status)) {
      await this.#compare(sent);
    } else if (problem.mayPass || problem.status === 401) {
      this.set({ save: { state: 'waiting', problem } });
      this.#schedule(backoff(this.#tries++));
    } else {
      this.set({ save: { state: 'failed', problem } });
    }
  }

  /** An answer that got lost on its way looks like a conflict with oneself: the server has what was sent. */
  async #compare(sent: GraphDocument): Promise<void> {
    try {
      const there = await this.#options.load();
      const theirs = fromSaved(there.name, there.description, there.graph);
      if (sameContent(theirs, sent)) this.#accept(sent, there.revision);
      else this.set({ save: { state: 'conflict', theirs, revision: there.revision } });
    } catch (error) {
      const problem = ApiProblem.of(error);
      if (problem.mayPass) {
        this.set({ save: { state: 'waiting', problem } });
        this.#schedule(backoff(this.#tries++));
      } else {
        this.set({ save: { state: 'failed', problem } });
      }
    }
  }

  /** Ends a conflict: this state is saved over theirs, which somebody has seen and decided. */
  async keepMine(): Promise<boolean> {
    const { save } = this.get();
    if (save.state !== 'conflict') return this.isSaved;
    this.set({ revision: save.revision, save: { state: 'unsaved' } });
    return this.flush();
  }

  /** Ends a conflict: theirs is the draft now. Gives it, to be shown. */
  takeTheirs(): GraphDocument | null {
    const { save } = this.get();
    if (save.state !== 'conflict') return null;
    this.took(save.theirs, save.revision);
    return save.theirs;
  }

  /** Tries again after a refusal. */
  retry(): Promise<boolean> {
    this.set({ save: { state: 'unsaved' } });
    return this.flush();
  }

  /** The server has this as a revision now, such as after restoring a version. */
  took(document: GraphDocument, revision: number): void {
    this.#saved = document;
    this.#current = document;
    this.set({ revision });
    this.#done();
  }

  /** Saves what is left, without waiting; the journal keeps it if that fails. */
  end(): void {
    void this.flush().finally(() => clearTimeout(this.#timer));
  }
}
