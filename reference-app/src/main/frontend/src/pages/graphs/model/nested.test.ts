import { describe, expect, it } from 'vitest';
import type { SavedGraph, SavedNode } from '../shapes';
import { fromSaved, withConfig } from './document';
import { EditorStore } from './editorStore';
import { leadsElsewhere, nested, withNested } from './nested';

const at = { x: 0, y: 0 };
const template = (id: string, text: string): SavedNode => ({
  id,
  type: 'template',
  position: at,
  data: { config: { template: text } },
});
const around = (id: string, graph: SavedGraph): SavedNode => ({
  id,
  type: 'sub-graph',
  position: at,
  data: { config: { graph } },
});
const INNERMOST: SavedGraph = { name: 'Innermost', nodes: [template('t', 'a')], edges: [] };
const INNER: SavedGraph = { name: 'Inner', nodes: [around('deep', INNERMOST)], edges: [] };
const OTHER: SavedNode = { id: 'other', type: 'sub-graph', position: at, data: { config: { graphId: 'g-2' } } };
const outer = () => fromSaved('Outer', '', { nodes: [around('sub', INNER), OTHER, template('t', 'outer')], edges: [] });

describe('graphs inside of nodes', () => {
  it('are found by their path, and are the same document each time', () => {
    const document = outer();
    const found = nested(document, ['sub', 'deep'], new Map());
    expect(found?.name).toBe('Innermost');
    expect(nested(document, ['sub', 'deep'], new Map())).toBe(found);
    expect(nested(document, ['t'], new Map())).toBeNull();
    expect(nested(document, ['none'], new Map())).toBeNull();
  });

  it('are changed where they stand, and nothing else is', () => {
    const document = outer();
    const changed = withNested(document, ['sub', 'deep'], (inner) => withConfig(inner, 't', { template: 'b' }));
    expect(nested(changed, ['sub', 'deep'], new Map())?.nodes[0]?.data.config?.template).toBe('b');
    expect(nested(document, ['sub', 'deep'], new Map())?.nodes[0]?.data.config?.template).toBe('a');
    expect(changed.nodes[2]).toBe(document.nodes[2]);
    expect(withNested(document, ['sub'], (inner) => inner)).toBe(document);
  });

  it('of another id are only looked at', () => {
    const others = new Map([['g-2', fromSaved('Two', '', INNERMOST)]]);
    expect(nested(outer(), ['other'], others)?.name).toBe('Two');
    expect(leadsElsewhere(outer(), ['other'], others)).toBe(true);
    expect(leadsElsewhere(outer(), ['sub', 'deep'], others)).toBe(false);
  });

  it('are edited and undone in the editor, which leaves one that undo takes away', () => {
    const store = new EditorStore(fromSaved('Empty', '', { nodes: [], edges: [] }), [], true);
    store.change('Add', (document) => ({ ...document, nodes: outer().nodes }));
    store.enter(['sub']);
    store.change('Rename', (inner) => ({ ...inner, name: 'Renamed' }));
    expect(store.document.name).toBe('Renamed');
    expect(store.draft.name).toBe('Empty');
    store.undo();
    expect(store.document.name).toBe('Inner');
    store.undo();
    expect(store.get().path).toEqual([]);
    expect(store.document.nodes).toEqual([]);
  });
});
