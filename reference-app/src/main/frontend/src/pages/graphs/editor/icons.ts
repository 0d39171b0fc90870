import {
  Bot,
  Braces,
  CircleHelp,
  Database,
  FileText,
  Flag,
  Repeat,
  Search,
  Sparkles,
  Split,
  SquareFunction,
  TextCursorInput,
  UserCheck,
  Workflow,
  Wrench,
  type LucideIcon,
} from 'lucide-react';

/** By the beginning of a type's id; the longest one that fits counts. */
const BY_ID: Record<string, LucideIcon> = {
  'text.input': TextCursorInput,
  'text.output': Flag,
  template: Braces,
  condition: Split,
  map: Repeat,
  'sub-graph': Workflow,
  'model.': Sparkles,
  'chat.': Sparkles,
  'document.': FileText,
  'documents.': FileText,
  'vector.': Search,
  'search.': Search,
  'data.': Database,
  'dataset.': Database,
  'sql.': Database,
  'tool.': Wrench,
  'agent.': Bot,
  'human.': UserCheck,
};
const BY_CATEGORY: Record<string, LucideIcon> = {
  Models: Sparkles,
  Documents: FileText,
  Data: Database,
  Tools: Wrench,
  Agents: Bot,
  People: UserCheck,
  Flow: Split,
  Text: Braces,
};

/** The picture of a type of node. */
export function iconOf(type: { id: string; category: string } | undefined): LucideIcon {
  if (type === undefined) return CircleHelp;
  const longest = Object.keys(BY_ID)
    .filter((prefix) => type.id.startsWith(prefix))
    .toSorted((one, other) => other.length - one.length)[0];
  return (longest && BY_ID[longest]) || BY_CATEGORY[type.category] || SquareFunction;
}

/** The order of the categories in the palette; others come behind, by name. */
const ORDER = ['Input and output', 'Text', 'Models', 'Documents', 'Data', 'Flow', 'People', 'Agents', 'Tools'];

export function byCategory(one: string, other: string): number {
  const place = (category: string) => (ORDER.includes(category) ? ORDER.indexOf(category) : ORDER.length);
  return place(one) - place(other) || one.localeCompare(other);
}
