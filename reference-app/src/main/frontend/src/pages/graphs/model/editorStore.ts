import { createContext, useContext } from 'react';
import { announce } from '@/components/announce';
import type { GraphProblem, NodeType, Ports } from '../shapes';
import { brokenEdges, Connector, type Ends, nameOfNode, type Wires } from './connect';
import { newEdge, withEdge, without, type GraphDocument } from './document';
import * as histories from './history';
import type { History } from './history';
import { leadsElsewhere, nested, withNested, type Others } from './nested';
import { allPorts, NOTHING_KNOWN, type KnownPorts, type ShownPorts } from './ports';
import { Store, useStore } from './store';

export type Panel = 'node' | 'run' | 'problems' | 'versions';

export interface EditorState {
  history: History<GraphDocument>;
  /** A version that is looked at instead of the draft; nothing can be changed then. */
  viewed: { number: number; document: GraphDocument } | null;
  /** The nodes whose graphs were opened, each inside of the one before; empty for the graph itself. */
  path: readonly string[];
  /** The other graphs that nodes run, as far as they were opened. */
  others: Others;
  types: ReadonlyMap<string, NodeType>;
  known: KnownPorts;
  ports: ReadonlyMap<string, ShownPorts>;
  /** Why an edge can't work, by its id: what the page sees itself and what the server says. */
  broken: ReadonlyMap<string, string>;
  problems: readonly GraphProblem[];
  /** The server has not answered about the present state yet. */
  checking: boolean;
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
  panel: Panel;
  mayEdit: boolean;
}

/** The state of one editor, and what changes it. */
export class EditorStore extends Store<EditorState> {
  constructor(document: GraphDocument, types: readonly NodeType[], mayEdit: boolean) {
    const byId = new Map(types.map((type) => [type.id, type]));
    const ports = allPorts(document, byId, NOTHING_KNOWN);
    super({
      history: histories.begin(document),
      viewed: null,
      path: [],
      others: new Map(),
      types: byId,
      known: NOTHING_KNOWN,
      ports,
      broken: brokenEdges({ document, types: byId, ports }),
      problems: [],
      checking: true,
      selectedNodes: [],
      selectedEdges: [],
      panel: 'node',
      mayEdit,
    });
  }

  /** What shows: the draft, or the version that is looked at, or a graph inside of it. */
  get document(): GraphDocument {
    return shownDocument(this.get());
  }

  /** The whole draft, also while a version or a graph inside of a node is looked at. */
  get draft(): GraphDocument {
    return this.get().history.present;
  }

  /** The draft, or the version that is looked at, whole. */
  get whole(): GraphDocument {
    return wholeDocument(this.get());
  }

  get wires(): Wires {
    const { types, ports } = this.get();
    return { document: this.document, types, ports };
  }

  get canEdit(): boolean {
    return canEditShown(this.get());
  }

  /** Changes what shows of the draft; the label names the entry of undo. */
  change(label: string, next: (document: GraphDocument) => GraphDocument, key: string | null = null): void {
    if (!this.canEdit) return;
    const { history, path } = this.get();
    this.#show(histories.commit(history, withNested(this.draft, path, next), label, key));
  }

  /** Changes the whole draft, whatever shows of it. */
  changeWhole(label: string, next: (document: GraphDocument) => GraphDocument, key: string | null = null): void {
    const { history, mayEdit, viewed } = this.get();
    if (mayEdit && viewed === null) this.#show(histories.commit(history, next(history.present), label, key));
  }

  /** Shows the graph inside of a node, as deep as the path says; false when it shows already. */
  enter(path: readonly string[]): boolean {
    if (path.join('/') === this.get().path.join('/')) return false;
    const { known } = this.get();
    // Nodes of different graphs may have the same ids: what is known by id was of the others.
    this.set({
      path,
      known: { ...known, byNode: new Map() },
      selectedNodes: [],
      selectedEdges: [],
      problems: [],
      checking: true,
    });
    this.#wire();
    return true;
  }

  /** Learns what another graph is. */
  learn(id: string, document: GraphDocument): void {
    this.set({ others: new Map(this.get().others).set(id, document) });
  }

  /** The next change is an entry of its own. */
  settle(): void {
    const { history } = this.get();
    const settled = histories.settle(history);
    if (settled !== history) this.set({ history: settled });
  }

  undo(): void {
    this.#travel(histories.undo, 'Undone', 'Nothing to undo');
  }

  redo(): void {
    this.#travel(histories.redo, 'Done again', 'Nothing to do again');
  }

  #travel(go: typeof histories.undo<GraphDocument>, said: string, nothing: string): void {
    if (!this.canEdit) return;
    const gone = go(this.get().history);
    if (gone === null) {
      announce(nothing);
      return;
    }
    this.#show(gone[0]);
    announce(`${said}: ${gone[1]}`);
  }

  /** Shows another draft, from the server: what was before it can't be undone. */
  load(document: GraphDocument): void {
    this.set({ viewed: null, path: [] });
    this.#show(histories.begin(document));
  }

  /** Shows a version in place of the draft; null goes back to the draft. */
  view(viewed: EditorState['viewed']): void {
    this.set({ viewed, path: [], selectedNodes: [], selectedEdges: [] });
    this.#wire();
  }

  #show(history: History<GraphDocument>): void {
    if (history === this.get().history) return;
    this.set({ history, checking: true });
    this.#leaveWhatIsGone();
    this.#wire();
  }

  /** Undo may take away the node whose graph is open. */
  #leaveWhatIsGone(): void {
    const { path, others } = this.get();
    const depth = path.findIndex((_, index) => nested(this.whole, path.slice(0, index + 1), others) === null);
    if (depth >= 0) this.set({ path: path.slice(0, depth), selectedNodes: [], selectedEdges: [] });
  }

  #wire(): void {
    const { types, known, ports: before, problems } = this.get();
    const ports = allPorts(this.document, types, known, before);
    this.set({ ports, broken: this.#broken(ports, problems) });
  }

  #broken(ports: ReadonlyMap<string, ShownPorts>, problems: readonly GraphProblem[]): Map<string, string> {
    const document = this.document;
    const broken = brokenEdges({ document, types: this.get().types, ports });
    for (const problem of problems) {
      const edge = edgeOf(problem, document);
      if (edge !== undefined && !broken.has(edge)) broken.set(edge, problem.message);
    }
    return broken;
  }

  /** Takes what the server says of a document; of an older one it is left alone. */
  checked(document: GraphDocument, problems: readonly GraphProblem[]): void {
    if (document !== this.document) return;
    this.set({ problems, checking: false, broken: this.#broken(this.get().ports, problems) });
  }

  /** Takes what the server says of ports. */
  know(answers: readonly { key: string; nodes: readonly string[]; ports: Ports }[]): void {
    const { known } = this.get();
    const [byKey, byNode] = [new Map(known.byKey), new Map(known.byNode)];
    answers.forEach(({ key, nodes, ports }) => {
      byKey.set(key, ports);
      nodes.forEach((node) => byNode.set(node, ports));
    });
    this.set({ known: { byKey, byNode } });
    this.#wire();
  }

  /** Connects two ports; why not, in words, when they don't connect. */
  connect(ends: Ends): string | null {
    const why = new Connector(this.wires).refusal(ends);
    if (why !== null || !this.canEdit) return why;
    const [from, to] = [nameOfNode(this.wires, ends.source), nameOfNode(this.wires, ends.target)];
    this.change(`Connect ${from} to ${to}`, (document) => withEdge(document, newEdge(document, ends)));
    announce(`Connected ${from} to ${to}`);
    return null;
  }

  remove(nodes: ReadonlySet<string>, edges: ReadonlySet<string>): void {
    if (nodes.size + edges.size === 0) return;
    const parts = [
      ...(nodes.size ? [`${nodes.size} node${nodes.size === 1 ? '' : 's'}`] : []),
      ...(edges.size ? [`${edges.size} edge${edges.size === 1 ? '' : 's'}`] : []),
    ];
    const label = `Delete ${parts.join(' and ')}`;
    this.change(label, (document) => without(document, nodes, edges));
    announce(`Deleted ${parts.join(' and ')}. Undo brings it back`);
  }
}

export function wholeDocument({ viewed, history }: EditorState): GraphDocument {
  return viewed?.document ?? history.present;
}

export function shownDocument(state: EditorState): GraphDocument {
  const whole = wholeDocument(state);
  return nested(whole, state.path, state.others) ?? whole;
}

function canEditShown(state: EditorState): boolean {
  return state.mayEdit && state.viewed === null && !leadsElsewhere(wholeDocument(state), state.path, state.others);
}

/** Whether the graph that shows runs for each element of a list. */
export function isForEach(state: EditorState): boolean {
  const whole = wholeDocument(state);
  return state.path.some((id, depth) => {
    const around = nested(whole, state.path.slice(0, depth), state.others)?.nodes.find((node) => node.id === id);
    return around !== undefined && state.types.get(around.type)?.role === 'map';
  });
}

/** The edge that a problem is about, by its id or by its place in the JSON. */
export function edgeOf(problem: GraphProblem, document: GraphDocument): string | undefined {
  if (problem.edgeId !== null && problem.edgeId !== '') return problem.edgeId;
  const index = /^\/edges\/(\d+)/.exec(problem.pointer ?? '')?.[1];
  return index === undefined ? undefined : document.edges[Number(index)]?.id;
}

/** The node that a problem is about. */
export function nodeOf(problem: GraphProblem, document: GraphDocument): string | undefined {
  if (problem.nodeId !== null && problem.nodeId !== '') return problem.nodeId;
  const index = /^\/nodes\/(\d+)/.exec(problem.pointer ?? '')?.[1];
  return index === undefined ? undefined : document.nodes[Number(index)]?.id;
}

const Context = createContext<EditorStore | null>(null);
export const EditorProvider = Context.Provider;

export function useEditorStore(): EditorStore {
  const store = useContext(Context);
  if (store === null) throw new Error('useEditorStore is called outside of an editor');
  return store;
}

/** A part of the state of the editor. */
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(useEditorStore(), select);
}

export const useShownDocument = () => useEditor(shownDocument);
export const useCanEdit = () => useEditor(canEditShown);
