import { Search, X } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { IconButton } from '@/components/Button';
import { Input } from '@/components/fields';
import type { NodeType } from '../shapes';
import { useEditor, useEditorStore } from '../model/editorStore';
import { addNode } from './actions';
import { useTools } from './control';
import { byCategory } from './icons';
import { TypeIcon } from './TypeIcon';

/** What a drag from the palette carries. */
export const DRAGGED = 'application/x-studio-node-type';

/** Types of nodes that fit words, those with a fitting title first. */
export function matching(types: readonly NodeType[], words: string): NodeType[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [...types];
  const score = (type: NodeType) => {
    const title = type.title.toLowerCase();
    const all = `${title} ${type.id} ${type.category} ${type.description}`.toLowerCase();
    if (!parts.every((part) => all.includes(part))) return 0;
    if (title.startsWith(parts.join(' '))) return 3;
    return parts.every((part) => title.includes(part)) ? 2 : 1;
  };
  return types
    .map((type) => ({ type, score: score(type) }))
    .filter((one) => one.score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ type }) => type);
}

function grouped(types: readonly NodeType[]): [string, NodeType[]][] {
  const groups = new Map<string, NodeType[]>();
  for (const type of types) groups.set(type.category, [...(groups.get(type.category) ?? []), type]);
  return [...groups].toSorted(([one], [other]) => byCategory(one, other));
}

/** The types of nodes, by category: a click adds one, or it is dragged to its place. */
export function Palette({ onClose }: { onClose: () => void }) {
  const store = useEditorStore();
  const { canvas } = useTools();
  const types = useEditor((state) => state.types);
  const [words, setWords] = useState('');
  const searched = useDeferredValue(words);
  const groups = useMemo(() => grouped(matching([...types.values()], searched)), [types, searched]);
  return (
    <aside aria-label="Nodes to add" className="flex w-56 shrink-0 flex-col border-r bg-surface">
      <div className="flex items-center justify-between border-b py-1 pr-1 pl-3">
        <h2 className="text-sm font-semibold">Add a node</h2>
        <IconButton size="small" icon={X} label="Hide the nodes to add" onClick={onClose} />
      </div>
      <div className="relative border-b p-2">
        <Search size={14} className="pointer-events-none absolute top-4.5 left-4.5 text-soft" aria-hidden />
        <Input
          type="search"
          value={words}
          aria-label="Search nodes to add"
          placeholder="Search"
          className="h-8! pl-7! text-sm"
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {/* Focusable parts inside: it scrolls by keyboard. */}
      <div className="min-h-0 grow overflow-y-auto p-2">
        {groups.length === 0 && <p className="px-1 py-2 text-sm text-soft">No node fits “{words}”</p>}
        {groups.map(([category, members]) => (
          <section key={category} className="mb-2">
            <h3 className="px-1.5 pb-0.5 text-xs text-soft">{category}</h3>
            <ul>
              {members.map((type) => (
                <PaletteEntry key={type.id} type={type} onAdd={() => addNode(store, canvas, type)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </aside>
  );
}

function PaletteEntry({ type, onAdd }: { type: NodeType; onAdd: () => void }) {
  return (
    <li>
      <button
        type="button"
        draggable
        title={type.description}
        onClick={onAdd}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, type.id);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        className="flex min-h-7 w-full cursor-grab items-center gap-2 rounded-md px-1.5 py-0.5 text-left text-sm outline-offset-[-2px] hover:bg-hover"
      >
        <TypeIcon type={type} size={14} />
        <span className="min-w-0 break-words">{type.title}</span>
      </button>
    </li>
  );
}
