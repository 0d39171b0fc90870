import { useEffect, type RefObject } from 'react';
import { isMacOs } from './platform';

/** What the keys of the editor do; only while nobody types. */
export interface KeyActions {
  undo: () => void;
  redo: () => void;
  cut: () => void;
  duplicate: () => void;
  copy: () => void;
  selectAll: () => void;
  add: () => void;
  find: () => void;
  connect: () => void;
  fit: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  zoomWhole: () => void;
  tidy: () => void;
  run: () => void;
  save: () => void;
  help: () => void;
  paste: (text: string) => void;
}

/** Whether the keys belong to a field, where undo is that of the browser. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select');
}

const WITH_CONTROL: Record<string, keyof KeyActions> = {
  z: 'undo',
  y: 'redo',
  c: 'copy',
  x: 'cut',
  d: 'duplicate',
  a: 'selectAll',
  f: 'find',
  enter: 'run',
};
const ALONE: Record<string, keyof KeyActions> = {
  a: 'add',
  c: 'connect',
  f: 'fit',
  l: 'tidy',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'zoomWhole',
  '?': 'help',
};

/** What a key press means; undefined where it means nothing to the editor. */
export function meaning(event: KeyboardEvent, inCanvas: boolean): keyof KeyActions | undefined {
  const key = event.key.toLowerCase();
  const control = isMacOs() ? event.metaKey : event.ctrlKey;
  if (event.altKey) return undefined;
  if (control && key === 's') return 'save';
  if (control && key === 'enter') return 'run';
  if (isTyping(event.target)) return undefined;
  if (control) return key === 'z' && event.shiftKey ? 'redo' : WITH_CONTROL[key];
  return inCanvas ? ALONE[key] : undefined;
}

/** Whether the focus is in an element, or at nothing that is smaller than what surrounds it. */
function isIn(target: EventTarget | null, element: HTMLElement | null): boolean {
  return element !== null && target instanceof Node && (element.contains(target) || target.contains(element));
}

/** Listens to the keys while the editor shows and no dialog is in front of it. */
export function useKeys(actions: KeyActions, canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const inFront = () => document.querySelector('dialog[open], [popover]:popover-open') !== null;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || inFront()) return;
      const what = meaning(event, isIn(event.target, canvas.current));
      if (what === undefined || what === 'paste') return;
      // A text that is selected on the page is what somebody means to copy.
      if (what === 'copy' && !getSelection()?.isCollapsed && getSelection()?.toString()) return;
      event.preventDefault();
      actions[what]();
    };
    const pasted = (event: ClipboardEvent) => {
      if (isTyping(event.target) || inFront()) return;
      event.preventDefault();
      actions.paste(event.clipboardData?.getData('text/plain') ?? '');
    };
    window.addEventListener('keydown', pressed);
    window.addEventListener('paste', pasted);
    return () => {
      window.removeEventListener('keydown', pressed);
      window.removeEventListener('paste', pasted);
    };
  }, [actions, canvas]);
}
