import { createContext, useContext } from 'react';
import type { Place } from '../model/connect';
import type { Point } from '../model/document';

/** What the canvas does for others. */
export interface CanvasControl {
  /** Where the pointer is on the graph, or the middle of what shows when it is elsewhere. */
  pointer: () => Point;
  middle: () => Point;
  /** Where the pointer is on the window, while the browser doesn't say so itself. */
  aim: (at: Point) => void;
  fit: () => void;
  zoom: (by: 'in' | 'out' | 'whole') => void;
  /** Selects nodes and edges, and nothing else. */
  select: (nodes: readonly string[], edges?: readonly string[]) => void;
  /** Selects a node, brings it into sight and moves the keyboard focus to it. */
  reveal: (node: string) => void;
  sizeOf: (node: string) => { width: number; height: number };
}

const FAR: CanvasControl = {
  pointer: () => ({ x: 0, y: 0 }),
  middle: () => ({ x: 0, y: 0 }),
  aim: () => undefined,
  fit: () => undefined,
  zoom: () => undefined,
  select: () => undefined,
  reveal: () => undefined,
  sizeOf: () => ({ width: 232, height: 120 }),
};

/** Filled while a canvas shows. */
export class CanvasSlot {
  #control: CanvasControl = FAR;
  #wanted: string | null = null;

  get control(): CanvasControl {
    return this.#control;
  }

  /** Shows a node of a graph as soon as a canvas shows that graph. */
  revealSoon(node: string): void {
    this.#wanted = node;
  }

  /** Takes the control of a canvas; gives what ends it. */
  occupy(control: CanvasControl): () => void {
    this.#control = control;
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted !== null) requestAnimationFrame(() => control.reveal(wanted));
    return () => {
      this.#control = FAR;
    };
  }
}

/** What opens in front of the editor. */
export interface Asked {
  /** The list of commands: nodes to add, or nodes to find. */
  add: (options?: { at?: Point; from?: Place; find?: boolean }) => void;
  /** The dialog that connects without a mouse. */
  connect: (node: string) => void;
}

export interface Tools {
  canvas: CanvasSlot;
  asked: Asked;
}

const Context = createContext<Tools | null>(null);
export const ToolsProvider = Context.Provider;

export function useTools(): Tools {
  const tools = useContext(Context);
  if (tools === null) throw new Error('useTools is called outside of an editor');
  return tools;
}
