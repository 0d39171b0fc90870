import type { Json, NodeType } from '../shapes';
import type { GraphDocument } from './document';

/** What a run of the graph is given, as one input node says it. */
export interface RunInput {
  name: string;
  node: string;
  format: 'text' | 'number' | 'lines' | 'json' | 'dataset' | 'document';
  required: boolean;
  /** Used when nothing is given. */
  fallback: unknown;
}

const FORMATS = new Set(['text', 'number', 'lines', 'json']);

/** The inputs of a graph, in the order of its nodes. */
export function runInputs(document: GraphDocument, types: ReadonlyMap<string, NodeType>): RunInput[] {
  return document.nodes.flatMap((node): RunInput[] => {
    const config = node.data.config ?? {};
    if (types.get(node.type)?.role !== 'input' || typeof config.name !== 'string' || config.name === '') return [];
    const said = typeof config.format === 'string' && FORMATS.has(config.format) ? config.format : 'text';
    const format = node.type.startsWith('dataset.') ? 'dataset' : node.type.startsWith('document.') ? 'document' : said;
    return [
      {
        name: config.name,
        node: node.id,
        format: format as RunInput['format'],
        required: config.default === undefined || config.default === '',
        fallback: config.default,
      },
    ];
  });
}

/** What was typed for an input as the value that is sent; or why it is none. */
export function readInput({ format, required }: RunInput, text: string): { value?: unknown } | { wrong: string } {
  if (text.trim() === '') return required ? { wrong: 'This is needed' } : {};
  if (format === 'number') {
    const number = Number(text.trim());
    return Number.isFinite(number) ? { value: number } : { wrong: 'This is not a number' };
  }
  if (format === 'json') {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      return { wrong: 'This is not JSON' };
    }
  }
  return { value: text };
}

/** All inputs read; what is wrong, by name. */
export function readInputs(inputs: readonly RunInput[], texts: Record<string, string>): [Json, Record<string, string>] {
  const values: Json = {};
  const wrong: Record<string, string> = {};
  for (const input of inputs) {
    const read = readInput(input, texts[input.name] ?? '');
    if ('wrong' in read) wrong[input.name] = read.wrong;
    else if (read.value !== undefined) values[input.name] = read.value;
  }
  return [values, wrong];
}

/** What one would type for values that a run was given; those of inputs that are gone are left out. */
export function textsOf(inputs: readonly RunInput[], values: Json): Record<string, string> {
  const text = (value: unknown) =>
    typeof value === 'string'
      ? value
      : Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value.join('\n')
        : JSON.stringify(value);
  return Object.fromEntries(inputs.filter(({ name }) => name in values).map(({ name }) => [name, text(values[name])]));
}
