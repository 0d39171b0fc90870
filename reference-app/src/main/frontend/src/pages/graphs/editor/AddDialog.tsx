import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { classes } from '@/components/classes';
import { Dialog } from '@/components/Dialog';
import { Input } from '@/components/fields';
import type { NodeType } from '../shapes';
import { mayFit, nameOfNode, nameOfPort, type Place } from '../model/connect';
import type { Point } from '../model/document';
import { useCanEdit, useEditor, useEditorStore, useShownDocument } from '../model/editorStore';
import { described, parseType } from '../model/portTypes';
import { addNode } from './actions';
import { useTools } from './control';
import { byCategory } from './icons';
import { matching } from './Palette';
import { TypeIcon } from './TypeIcon';

interface Choice {
  key: string;
  title: string;
  detail: string;
  group: string;
  type: NodeType | undefined;
  choose: () => void;
}

/** The list of commands of the canvas: nodes of the graph to go to, and nodes to add. */
export function AddDialog({
  at,
  from,
  find = false,
  onClose,
}: {
  at?: Point | undefined;
  /** Only nodes that connect to this place. */
  from?: Place | undefined;
  /** Nodes of the graph come first. */
  find?: boolean | undefined;
  onClose: () => void;
}) {
  const store = useEditorStore();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which takes the focus to its first button.
  useEffect(() => search.current?.focus(), []);
  const [words, setWords] = useState('');
  const [at0, setActive] = useState(0);
  const choices = useChoices({ at, from, find, words, onClose });
  const active = Math.min(at0, choices.length - 1);
  const moved = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: event.ctrlKey ? 0 : undefined,
      End: event.ctrlKey ? choices.length - 1 : undefined,
      PageDown: active + 8,
      PageUp: active - 8,
    }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      choices[active]?.choose();
    }
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), choices.length - 1);
    setActive(next);
    list.current?.querySelector(`[data-place="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const title = from
    ? `What connects to ${nameOfPort(from.port)} of ${nameOfNode(store.wires, from.node)}`
    : find
      ? 'Find or add a node'
      : 'Add a node';
  return (
    <Dialog open onClose={onClose} title={title}>
      {from && (
        <p className="mb-2 text-sm text-soft">
          {from.kind === 'output' ? 'It gives' : 'It takes'} {described(parseType(from.port.type))}; these nodes{' '}
          {from.kind === 'output' ? 'take' : 'give'} that.
        </p>
      )}
      <Input
        ref={search}
        role="combobox"
        aria-label={title}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={choices[active] ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        value={words}
        placeholder="Search"
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={moved}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Nodes"
        className="mt-2 max-h-[50dvh] overflow-y-auto"
      >
        {choices.map((choice, index) => (
          <Entry
            key={choice.key}
            id={`${id}-${index}`}
            place={index}
            choice={choice}
            heading={choices[index - 1]?.group === choice.group ? null : choice.group}
            active={index === active}
          />
        ))}
      </div>
      {choices.length === 0 && <p className="py-2 text-soft">No node fits “{words}”</p>}
    </Dialog>
  );
}

function Entry({
  id,
  place,
  choice,
  heading,
  active,
}: {
  id: string;
  place: number;
  choice: Choice;
  heading: string | null;
  active: boolean;
}) {
  return (
    <>
      {heading !== null && (
        <div role="presentation" className="px-2 pt-2 pb-0.5 text-xs text-soft">
          {heading}
        </div>
      )}
      {/* The keys are handled where one types. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        id={id}
        data-place={place}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        onClick={choice.choose}
        className={classes(
          'flex cursor-pointer items-start gap-2.5 rounded-md px-2 py-1.5',
          active ? 'bg-accent-wash' : 'hover:bg-hover',
        )}
      >
        <TypeIcon type={choice.type} size={16} />
        <span className="min-w-0">
          <span className="font-medium">{choice.title}</span>
          {choice.detail && <span className="line-clamp-2 text-xs text-soft">{choice.detail}</span>}
        </span>
      </div>
    </>
  );
}

function useChoices({
  at,
  from,
  find,
  words,
  onClose,
}: {
  at: Point | undefined;
  from: Place | undefined;
  find: boolean;
  words: string;
  onClose: () => void;
}): Choice[] {
  const store = useEditorStore();
  const { canvas } = useTools();
  const types = useEditor((state) => state.types);
  const document = useShownDocument();
  const canEdit = useCanEdit();
  return useMemo(() => {
    const offered = [...types.values()].filter((type) => from === undefined || mayFit(type, from));
    const found = canEdit ? matching(offered, words) : [];
    if (words === '') found.sort((one, other) => byCategory(one.category, other.category));
    const toAdd = found.map((type): Choice => ({
      key: `add ${type.id}`,
      title: type.title,
      detail: type.description,
      group: words === '' ? type.category : 'Add',
      type,
      choose: () => {
        onClose();
        addNode(store, canvas, type, at, from);
      },
    }));
    const wanted = words.toLowerCase();
    const there =
      from === undefined && (find || words !== '')
        ? document.nodes
            .filter((node) =>
              `${nameOfNode(store.wires, node.id)} ${node.id} ${node.type}`.toLowerCase().includes(wanted),
            )
            .slice(0, 50)
            .map((node): Choice => ({
              key: `go ${node.id}`,
              title: nameOfNode(store.wires, node.id),
              detail: `${types.get(node.type)?.title ?? node.type} · ${node.id}`,
              group: 'In this graph',
              type: types.get(node.type),
              choose: () => {
                onClose();
                requestAnimationFrame(() => canvas.control.reveal(node.id));
              },
            }))
        : [];
    return find ? [...there, ...toAdd] : [...toAdd, ...there];
  }, [at, canEdit, canvas, document, find, from, onClose, store, types, words]);
}
