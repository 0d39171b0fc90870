import type { Json, Schema } from '../shapes';

/** The control that a form shows for a value. */
export type Control =
  | { kind: 'text' }
  | { kind: 'lines'; code: boolean }
  | { kind: 'number'; whole: boolean }
  | { kind: 'choice'; options: unknown[] }
  | { kind: 'yes-no' }
  | { kind: 'list'; of: 'text' | 'number' }
  | { kind: 'group'; properties: [string, Schema][] }
  | { kind: 'pick'; what: Pick; many: boolean }
  /** A scalar of several types: read as a number or true/false where it is one. */
  | { kind: 'scalar' }
  | { kind: 'json' };

export type Pick = 'model' | 'dataset' | 'document' | 'graph';

const PICKS: Record<string, [Pick, boolean]> = {
  'model-name': ['model', false],
  'dataset-id': ['dataset', false],
  'dataset-ids': ['dataset', true],
  'document-id': ['document', false],
  'document-ids': ['document', true],
  'graph-id': ['graph', false],
};
const SCALARS = new Set(['string', 'number', 'integer', 'boolean']);
const LONG_TEXT = 1000;

/** What a part of a configuration is edited with. */
export function controlOf(name: string, schema: Schema): Control {
  const pick = PICKS[schema.format ?? ''] ?? (name === 'graphId' ? (['graph', false] as const) : undefined);
  if (pick !== undefined) return { kind: 'pick', what: pick[0], many: pick[1] };
  if (schema.enum !== undefined) return { kind: 'choice', options: schema.enum };
  if (Array.isArray(schema.type)) {
    return schema.type.every((type) => SCALARS.has(type)) ? { kind: 'scalar' } : { kind: 'json' };
  }
  switch (schema.type) {
    case 'string':
      return schema.format === 'multiline' || schema.format === 'sql' || (schema.maxLength ?? 0) > LONG_TEXT
        ? { kind: 'lines', code: schema.format === 'sql' }
        : { kind: 'text' };
    case 'number':
    case 'integer':
      return { kind: 'number', whole: schema.type === 'integer' };
    case 'boolean':
      return { kind: 'yes-no' };
    case 'array':
      return schema.items?.type === 'string' && schema.items.enum === undefined
        ? { kind: 'list', of: 'text' }
        : schema.items?.type === 'number' || schema.items?.type === 'integer'
          ? { kind: 'list', of: 'number' }
          : { kind: 'json' };
    case 'object':
      return schema.properties ? { kind: 'group', properties: Object.entries(schema.properties) } : { kind: 'json' };
    default:
      return schema.type === undefined && name === 'default' ? { kind: 'scalar' } : { kind: 'json' };
  }
}

/** `maxTokens` as `Max tokens`. */
export function labelOf(name: string, schema: Schema): string {
  if (schema.title) return schema.title;
  const words = name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a person should know before typing: the description, the range, the default. */
export function hintOf(schema: Schema): string {
  const text = schema.description ?? '';
  const parts = [text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1), rangeOf(schema)];
  if (schema.default !== undefined && schema.default !== '') parts.push(`${said(schema.default)} when empty`);
  return parts.filter(Boolean).join('. ');
}

const said = (value: unknown) => (typeof value === 'string' ? `“${value}”` : JSON.stringify(value));

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  const from = low === undefined ? '' : exclusiveMinimum === undefined ? `${low}` : `more than ${low}`;
  const to = high === undefined ? '' : exclusiveMaximum === undefined ? `${high}` : `less than ${high}`;
  if (from && to) return `${from} to ${to}`;
  if (from) return exclusiveMinimum === undefined ? `At least ${from}` : `More than ${low}`;
  return to && exclusiveMaximum === undefined ? `At most ${to}` : to && `Less than ${high}`;
}

/** What is wrong with a value, in words; null when nothing is, or nothing is given. */
export function wrongWith(schema: Schema, value: unknown, required: boolean): string | null {
  if (value === undefined || value === '') return required ? 'This is needed' : null;
  if (typeof value === 'number') return wrongNumber(schema, value);
  if (typeof value === 'string') {
    if (schema.maxLength !== undefined && value.length > schema.maxLength) {
      return `At most ${schema.maxLength} characters; these are ${value.length}`;
    }
    if (schema.type === 'number' || schema.type === 'integer') return 'This is not a number';
  }
  if (Array.isArray(value) && schema.maxItems !== undefined && value.length > schema.maxItems) {
    return `At most ${schema.maxItems}; these are ${value.length}`;
  }
  return null;
}

function wrongNumber(schema: Schema, value: number): string | null {
  if (schema.type === 'integer' && !Number.isInteger(value)) return 'Use a whole number';
  const low = schema.minimum !== undefined && value < schema.minimum;
  const high = schema.maximum !== undefined && value > schema.maximum;
  const under = schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum;
  const over = schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum;
  return low || high || under || over
    ? `Use ${rangeOf(schema).replace(/^[ALM]/, (letter) => letter.toLowerCase())}`
    : null;
}

/** A configuration with one member changed; what is empty is left out. */
export function withMember(config: Json, name: string, value: unknown): Json {
  if (value === undefined || value === '') {
    const { [name]: gone, ...rest } = config;
    return gone === undefined && !(name in config) ? config : rest;
  }
  return { ...config, [name]: value };
}

/** A text as the scalar that it says: a number, true, false, or itself. */
export function scalar(text: string): string | number | boolean | undefined {
  if (text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text) ? Number(text) : text;
}

/** What a new node begins with: what is required and has only one sensible value. */
export function initialConfig(schema: Schema, taken: ReadonlySet<string>): Json {
  const config: Json = {};
  for (const name of schema.required ?? []) {
    const member = schema.properties?.[name] ?? {};
    if (member.default !== undefined) config[name] = member.default;
    else if (member.enum?.[0] !== undefined) config[name] = member.enum[0];
    else if (name === 'name' && member.type === 'string') config[name] = free(taken);
  }
  return config;
}

function free(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'value' : `value${number}`;
    if (!taken.has(name)) return name;
  }
}
