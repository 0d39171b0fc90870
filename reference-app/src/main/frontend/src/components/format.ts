/** Numbers, sizes and times as the organisation wants them written, or else in the language of the page. */

/** How numbers and dates are written; what is absent is as the page and the browser have it. */
export interface Formats {
  /** BCP 47, such as `en-GB`. */
  locale?: string;
  /** Such as `Europe/Berlin`. */
  timeZone?: string;
}

const KEY = 'studio-formats';

/** The server knows more time zones than browsers do. */
function isKnown({ locale, timeZone }: Formats): boolean {
  try {
    return Intl.DateTimeFormat(locale, { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Those of the last visit, so that a page is written but once. */
function remembered(): Formats {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Formats;
    return isKnown(kept) ? kept : {};
  } catch {
    return {};
  }
}

let formats = remembered();

/** Takes how to write from now on, unless that is not known yet; gives a key of what holds now. */
export function setFormats(next: Formats | null): string {
  if (next !== null && isKnown(next) && JSON.stringify(next) !== JSON.stringify(formats)) {
    formats = next;
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Storage is refused: the next visit learns it again.
    }
  }
  return JSON.stringify(formats);
}

const locale = () => formats.locale ?? (document.documentElement.lang || undefined);
const zone = () => (formats.timeZone === undefined ? {} : { timeZone: formats.timeZone });

export function number(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 4 }).format(value);
}

/** A number in a table: four digits, as of years, stay together. */
export function cellNumber(value: number): string {
  const options = { maximumFractionDigits: 6, useGrouping: 'min2' } as const;
  return new Intl.NumberFormat(locale(), options).format(value);
}

export function compactNumber(value: number): string {
  return new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** Such as `1 row`, `1,204 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** An amount of US dollars, which is what language models are paid in; two digits that tell something where it is small. */
export function dollars(value: number): string {
  const digits = value > 0 && value < 0.01 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat(locale(), { style: 'currency', currency: 'USD', ...digits }).format(value);
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const digits = power === 0 ? 0 : 1;
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value / 1000 ** power)} ${units[power]}`;
}

export function millis(value: number): string {
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${number(Math.round(value / 100) / 10)} s`;
  return `${Math.floor(value / 60_000)} min ${Math.round((value % 60_000) / 1000)} s`;
}

export function dateTime(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', ...zone() }).format(
    new Date(iso),
  );
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Such as `3 hours ago`; a date where it is more than a month. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  if (Math.abs(seconds) > 30 * 86_400)
    return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', ...zone() }).format(new Date(iso));
  const [unit, length] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  if (unit === 'second') return 'just now';
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}
