import type { Json, NodeType } from '../shapes';

const LONGEST = 140;

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(shown).filter(Boolean).join(', ');
  return '';
}

/** The most telling parts of a configuration in a line or two: long texts first, then short settings. */
export function configSummary(type: NodeType | undefined, config: Json = {}): string {
  const names = Object.keys(type?.configSchema.properties ?? config);
  const texts = names.filter((name) => type?.configSchema.properties?.[name]?.format === 'multiline');
  const first = texts.map((name) => shown(config[name])).find((text) => text !== '');
  if (first !== undefined) return cut(first);
  const flat = { ...config, ...(config.arguments as Json | undefined) };
  const parts = Object.entries(flat)
    .filter(([name]) => name !== 'arguments' && name !== 'graph')
    .map(([name, value]) => [name, shown(value)] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => (name === 'name' || name === 'model' ? text : `${name}: ${text}`));
  return cut(parts.join(' · '));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
