/** Telling screen readers an answer while it is written: by sentences, as single tokens can't be listened to. */

const split = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Text without the marks of Markdown, as it is read aloud. */
export function spoken(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n[\s\S]*?(```|$)/g, ' Code. ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$/gm, ' ')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/(\*\*|__|`|~~|\*)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The sentences of a text from a place on that are whole, and where the rest begins. */
export function wholeSentences(text: string, from: number): { said: string; to: number } {
  const rest = text.slice(from);
  const parts = [...split.segment(rest)];
  // A fence that is open may hold anything; what looks like a sentence within it is none.
  if ((rest.match(/```/g)?.length ?? 0) % 2 === 1) return { said: '', to: from };
  const last = parts.at(-1);
  const end = last === undefined ? 0 : /\n\s*$/.test(last.segment) ? rest.length : last.index;
  return { said: spoken(rest.slice(0, end)), to: from + end };
}

const PAUSE_MS = 1500;

/** Says a growing text sentence by sentence, not more often than it can be listened to. */
export class Narrator {
  readonly #say: (text: string) => void;
  #at = 0;
  #waiting = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #text = '';

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** The text is now this; a text that does not go on from the one before begins anew. */
  tell(text: string): void {
    if (!text.startsWith(this.#text)) this.#at = 0;
    this.#text = text;
    const { said, to } = wholeSentences(text, this.#at);
    this.#at = to;
    this.#add(said);
  }

  /** The text is whole: says the rest of it. */
  finish(text: string): void {
    const from = text.startsWith(this.#text) ? this.#at : this.#text === '' ? 0 : text.length;
    this.#add(spoken(text.slice(from)));
    this.#flush();
    this.stop();
  }

  /** Says no more, and begins anew with what is told next. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = '';
    this.#text = '';
    this.#at = 0;
  }

  #add(said: string): void {
    if (said === '') return;
    this.#waiting = this.#waiting === '' ? said : `${this.#waiting} ${said}`;
    if (this.#timer === undefined) this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting === '') return;
    this.#say(this.#waiting);
    this.#waiting = '';
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, PAUSE_MS);
  }
}
