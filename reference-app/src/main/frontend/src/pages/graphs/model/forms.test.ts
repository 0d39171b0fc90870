import { describe, expect, it } from 'vitest';
import { node, port, TYPES, graph } from './fixtures';
import { allPorts, NOTHING_KNOWN, portsKey } from './ports';
import { readInputs, runInputs } from './runInputs';
import { applied, type RunView } from './runs';
import { controlOf, hintOf, initialConfig, scalar, withMember, wrongWith } from './schema';
import type { NodeRun, NodeType, Run } from '../shapes';

describe('a form', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'multiline' }, 'lines'],
    [{ type: 'string', format: 'model-name' }, 'pick'],
    [{ enum: ['a', 1] }, 'choice'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'boolean' }, 'yes-no'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array', items: { type: 'object' } }, 'json'],
    [{ type: 'object', properties: {} }, 'group'],
    [{ type: ['string', 'number', 'boolean'] }, 'scalar'],
    [{ type: ['string', 'array'] }, 'json'],
  ])('shows %j as %s', (schema, kind) => {
    expect(controlOf('member', schema).kind).toBe(kind);
  });

  it('says ranges and defaults, and what is wrong', () => {
    const schema = { type: 'number', minimum: 0, maximum: 2, default: 1, description: 'how wild' };

    expect(hintOf(schema)).toBe('How wild. 0 to 2. 1 when empty');
    expect(wrongWith(schema, 3, false)).toBe('Use 0 to 2');
    expect(wrongWith(schema, undefined, true)).toBe('This is needed');
    expect(wrongWith({ type: 'integer' }, 1.5, false)).toBe('Use a whole number');
    expect(wrongWith({ type: 'number', exclusiveMinimum: 0 }, 0, false)).toBe('Use more than 0');
  });

  it('leaves out what is empty, and nothing else', () => {
    expect(withMember({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 });
    expect(withMember({ a: 1 }, 'a', 0)).toEqual({ a: 0 });
    expect(withMember({ a: 1 }, 'a', false)).toEqual({ a: false });
  });

  it('reads scalars as what they say', () => {
    expect(['12', '-0.5', 'true', '012', '1e5', ''].map(scalar)).toEqual([12, -0.5, true, '012', '1e5', undefined]);
  });

  it('gives new inputs names of their own', () => {
    const schema = { required: ['name'], properties: { name: { type: 'string' } } };

    expect(initialConfig(schema, new Set(['value', 'value2']))).toEqual({ name: 'value3' });
  });
});

describe('ports', () => {
  it('that depend on the configuration are those that the server said, and stay until it says others', () => {
    const document = graph([node('t', 'template', { template: '{{a}}' })]);
    const said = { inputs: [port('a')], outputs: [port('text')] };
    const known = {
      byKey: new Map([[portsKey('template', { template: '{{a}}' }), said]]),
      byNode: new Map([['t', said]]),
    };
    const changed = graph([node('t', 'template', { template: '{{a}} {{b' })]);

    expect(allPorts(document, TYPES, NOTHING_KNOWN).get('t')?.inputs).toEqual([]);
    expect(allPorts(document, TYPES, known).get('t')?.inputs).toEqual([port('a')]);
    expect(allPorts(changed, TYPES, known).get('t')?.inputs).toEqual([port('a')]);
  });

  it('that an edge names are not missing before the server said which there are', () => {
    const document = graph([node('s', 'source'), node('t', 'template', { template: '{{a}}' })], ['s.text > t.a']);
    const said = { inputs: [port('b')], outputs: [port('text')] };
    const known = { byKey: new Map([[portsKey('template', { template: '{{a}}' }), said]]), byNode: new Map() };

    expect(allPorts(document, TYPES, NOTHING_KNOWN).get('t')?.inputs).toEqual([
      { name: 'a', type: 'unknown', presence: 'optional' },
    ]);
    expect(allPorts(document, TYPES, known).get('t')?.inputs[1]).toMatchObject({ name: 'a', missing: true });
  });

  it('that only an edge names are shown, and are missing where the type is known', () => {
    const document = graph([node('a', 'source'), node('b', 'from.elsewhere')], ['a.text > b.in', 'b.out > a.gone']);
    const ports = allPorts(document, TYPES, NOTHING_KNOWN);

    expect(ports.get('b')?.inputs).toEqual([{ name: 'in', type: 'unknown', presence: 'optional' }]);
    expect(ports.get('a')?.inputs).toEqual([{ name: 'gone', type: 'unknown', presence: 'optional', missing: true }]);
  });

  it('that did not change are the same objects', () => {
    const document = graph([node('a', 'source'), node('b', 'end')]);
    const before = allPorts(document, TYPES, NOTHING_KNOWN);
    const after = allPorts(graph([...document.nodes], ['a.text > b.value']), TYPES, NOTHING_KNOWN, before);

    expect(after.get('a')).toBe(before.get('a'));
  });
});

describe('a run', () => {
  const type: NodeType = { ...(TYPES.get('source') ?? expect.fail()), id: 'text.input' };

  it('asks for the inputs of the graph and reads them', () => {
    const document = graph([
      node('a', 'text.input', { name: 'who' }),
      node('b', 'text.input', { name: 'hour', format: 'number', default: 9 }),
      node('c', 'text.input', { name: 'data', format: 'json' }),
    ]);
    const inputs = runInputs(document, new Map([['text.input', type]]));

    expect(readInputs(inputs, { who: 'Ada', data: '{"x":1}' })).toEqual([{ who: 'Ada', data: { x: 1 } }, {}]);
    expect(readInputs(inputs, { hour: 'noon', data: '{' })[1]).toEqual({
      who: 'This is needed',
      hour: 'This is not a number',
      data: 'This is not JSON',
    });
  });

  const nodeRun = (state: NodeRun['state'], more: Partial<NodeRun> = {}): NodeRun => ({
    nodeId: 'a',
    state,
    startedAt: null,
    millis: null,
    inputs: null,
    outputs: null,
    error: null,
    tokens: null,
    ...more,
  });
  const empty: RunView = { run: null, nodes: new Map(), interrupted: false, live: true };

  it('adds tokens to what its node wrote, and begins anew when the node does', () => {
    const written = [
      { type: 'node' as const, node: nodeRun('running') },
      { type: 'token' as const, nodeId: 'a', text: 'Hel' },
      { type: 'token' as const, nodeId: 'a', text: 'lo' },
      { type: 'node' as const, node: nodeRun('done') },
    ].reduce(applied, empty);
    const again = applied(written, { type: 'node', node: nodeRun('running') });

    expect(written.nodes.get('a')).toMatchObject({ state: 'done', text: 'Hello' });
    expect(again.nodes.get('a')?.text).toBe('');
  });

  it('takes what the server says was written where that is more, as after a reconnect', () => {
    const run = { id: 'r', state: 'RUNNING', nodes: [nodeRun('running', { text: 'Hello wor' })] } as unknown as Run;

    const view = applied(applied(empty, { type: 'token', nodeId: 'a', text: 'He' }), { type: 'run', run });

    expect(view.run?.state).toBe('running');
    expect(view.nodes.get('a')?.text).toBe('Hello wor');
  });
});
