/** A part of a Markdown text that is pointed out, as places in its source. */
export interface Mark {
  start: number;
  end: number;
  /** What there is to say about it. */
  note: string;
}

interface MarkdownNode {
  type: string;
  value?: string;
  position?: { start: { offset?: number }; end: { offset?: number } };
  children?: MarkdownNode[];
  data?: Record<string, unknown>;
}

function marked(mark: Mark, value: string): MarkdownNode {
  const data = { hName: 'mark', hProperties: { title: mark.note } };
  return { type: 'emphasis', data, children: [{ type: 'text', value }] };
}

/** Cuts a text where marks begin and end; one whose source is written otherwise, as with escapes, stays whole. */
function cut(node: MarkdownNode, marks: Mark[]): MarkdownNode[] {
  const { value = '', position } = node;
  const from = position?.start.offset;
  if (from === undefined || (position?.end.offset ?? 0) - from !== value.length) return [node];
  const parts: MarkdownNode[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = mark.start - from;
    const end = mark.end - from;
    if (start < at || start >= end || end > value.length) continue;
    if (start > at) parts.push({ type: 'text', value: value.slice(at, start) });
    parts.push(marked(mark, value.slice(start, end)));
    at = end;
  }
  if (at === 0) return [node];
  return at < value.length ? [...parts, { type: 'text', value: value.slice(at) }] : parts;
}

function walk(node: MarkdownNode, marks: Mark[]): void {
  node.children = node.children?.flatMap((child) => {
    if (child.type === 'text') return cut(child, marks);
    walk(child, marks);
    return child;
  });
}

/** A plugin of remark that points out parts of the text. */
export function remarkMarks(marks: Mark[]) {
  const sorted = marks.toSorted((a, b) => a.start - b.start);
  return (tree: unknown) => walk(tree as MarkdownNode, sorted);
}
