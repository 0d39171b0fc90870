/** Types of ports: what goes through them, which of them connect, and how they look. The rules are the server's. */

export type PortKind = 'text' | 'number' | 'boolean' | 'any' | 'list' | 'unknown';

export interface PortType {
  kind: PortKind;
  /** Of a list. */
  element?: PortType;
}

const SIMPLE: readonly string[] = ['text', 'number', 'boolean', 'any'];
const DEEPEST = 8;

/** Reads `text` or `list<text>`; what it doesn't know is `unknown`, which connects to everything and lets the server decide. */
export function parseType(text: string, depth = 0): PortType {
  if (SIMPLE.includes(text)) return { kind: text as PortKind };
  const inner = /^list<(.+)>$/.exec(text)?.[1];
  if (inner !== undefined && depth < DEEPEST) return { kind: 'list', element: parseType(inner, depth + 1) };
  return { kind: 'unknown' };
}

/** Whether an output of one type may be connected to an input of another. */
export function connects(output: PortType, input: PortType): boolean {
  const open = (type: PortType) => type.kind === 'any' || type.kind === 'unknown';
  if (open(output) || open(input)) return true;
  if (output.kind === 'list' && input.kind === 'list') {
    return output.element !== undefined && input.element !== undefined && connects(output.element, input.element);
  }
  return output.kind === input.kind || (input.kind === 'text' && output.kind !== 'list');
}

const WORDS: Record<PortKind, string> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  any: 'anything',
  list: 'a list',
  unknown: 'something unknown',
};

/** Words for a type: `a list of text`. */
export function described(type: PortType): string {
  return type.element ? `${WORDS.list} of ${described(type.element)}` : WORDS[type.kind];
}
