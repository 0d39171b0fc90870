import type { Message } from './shapes';

/**
 * The active branch with a message that was said: it follows its parent, and what followed the parent before belongs to
 * another branch. Its siblings learn of it.
 */
export function withMessage(branch: Message[], message: Message): Message[] {
  const same = branch.findIndex((each) => each.number === message.number);
  if (same >= 0) return branch.map((each, index) => (index === same ? message : each));
  const at = message.parent === 0 ? -1 : branch.findIndex((each) => each.number === message.parent);
  if (at < 0 && message.parent !== 0) return branch;
  return [...branch.slice(0, at + 1), message];
}

/** Where a message stands among its siblings, and which are before and after it; null where it has none. */
export function placeAmong(
  message: Message,
): { at: number; of: number; before: number | null; after: number | null } | null {
  const at = message.siblings.indexOf(message.number);
  if (at < 0 || message.siblings.length < 2) return null;
  return {
    at: at + 1,
    of: message.siblings.length,
    before: message.siblings[at - 1] ?? null,
    after: message.siblings[at + 1] ?? null,
  };
}

/** The last question of a branch. */
export function lastQuestion(branch: Message[]): Message | undefined {
  return branch.findLast((message) => message.role === 'user');
}

/** What a title says of a first message. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`;
}
