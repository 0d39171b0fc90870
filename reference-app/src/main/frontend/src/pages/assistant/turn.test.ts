import { describe, expect, it } from 'vitest';
import type { ChatEvent, Message } from './shapes';
import { doing, draftsShown, NEW_TURN, reduce, type Turn } from './turn';

const message = (number: number, role: Message['role'], text: string, parent = number - 1): Content => ({
  type: 'message',
  at: '2026-11-22T08:00:00Z',
  number,
  parent,
  role,
  text,
  detail: role === 'user' ? { agent: 'auto', model: '', sources: ['d1'] } : { status: 'answered' },
});

type Content = ChatEvent extends infer E ? (E extends ChatEvent ? Omit<E, 'turn_id' | 'sequence'> : never) : never;
const numbered = (contents: Content[], turn = 't1'): ChatEvent[] =>
  contents.map((content, index) => ({ ...content, turn_id: turn, sequence: index + 1 }) as ChatEvent);

const EVENTS = numbered([
  message(1, 'user', 'Which region sells most?'),
  { type: 'analysis_update', stage: 'routing', text: 'It is about figures', by: 'rules', agents: ['sql_expert'] },
  { type: 'typing', agent: 'sql_expert', typing: true },
  { type: 'token', agent: 'sql_expert', step: 1, text: 'Let me ' },
  { type: 'token', agent: 'sql_expert', step: 1, text: 'look.' },
  { type: 'tool_call', agent: 'sql_expert', call: 'c1', tool: 'sql_query', arguments: '{"sql":"SELECT 1"}' },
  { type: 'tool_result', agent: 'sql_expert', call: 'c1', tool: 'sql_query', error: false, text: 'West 12', millis: 7 },
  { type: 'token', agent: 'sql_expert', step: 2, text: 'The **West** ' },
  { type: 'token', agent: 'sql_expert', step: 2, text: 'does.' },
  { type: 'typing', agent: 'sql_expert', typing: false },
  message(2, 'assistant', 'The **West** does.'),
]);

const title = (agent: string) => (agent === 'sql_expert' ? 'SQL expert' : agent);
const run = (events: ChatEvent[], from: Turn = NEW_TURN) => events.reduce(reduce, from);

describe('a turn', () => {
  it('puts tokens together and begins anew after a tool', () => {
    expect(draftsShown(run(EVENTS.slice(0, 5))).map((draft) => draft.text)).toEqual(['Let me look.']);
    expect(draftsShown(run(EVENTS.slice(0, 9))).map((draft) => draft.text)).toEqual(['The **West** does.']);
  });

  it('keeps who answers, why, the question, the calls and the answer', () => {
    const turn = run(EVENTS);
    expect(turn.routing).toEqual({ why: 'It is about figures', by: 'rules', agents: ['sql_expert'] });
    expect(turn.question?.number).toBe(1);
    expect(turn.question?.detail.asked?.sources).toEqual(['d1']);
    expect(turn.tools).toEqual([
      {
        call: 'c1',
        agent: 'sql_expert',
        name: 'sql_query',
        arguments: '{"sql":"SELECT 1"}',
        result: 'West 12',
        millis: 7,
        error: false,
      },
    ]);
    expect(turn.answer?.text).toBe('The **West** does.');
  });

  it('loses nothing and doubles nothing, wherever the connection breaks and however much is told again', () => {
    const whole = run(EVENTS);
    for (let broken = 0; broken <= EVENTS.length; broken++) {
      for (let again = 0; again <= broken; again++) {
        const connected: ChatEvent = { type: 'connection_established', turn_id: 't1', sequence: 0 };
        expect(run([connected, ...EVENTS.slice(again)], run(EVENTS.slice(0, broken)))).toEqual(whole);
      }
    }
  });

  it('begins anew with another turn', () => {
    const next = run(numbered([{ type: 'token', agent: 'sql_expert', step: 1, text: 'New' }], 't2'), run(EVENTS));
    expect(next.id).toBe('t2');
    expect(next.answer).toBeNull();
    expect(draftsShown(next).map((draft) => draft.text)).toEqual(['New']);
  });

  it('shows what was put together in place of what each agent said', () => {
    const turn = run(
      numbered([
        { type: 'token', agent: 'data_analyst', step: 1, text: 'A' },
        { type: 'token', agent: 'sql_expert', step: 1, text: 'B' },
      ]),
    );
    expect(draftsShown(turn).map((draft) => draft.agent)).toEqual(['data_analyst', 'sql_expert']);
    const joined = reduce(turn, {
      type: 'token',
      turn_id: 't1',
      sequence: 3,
      agent: 'orchestrator',
      step: 1,
      text: 'AB',
    });
    expect(draftsShown(joined).map((draft) => draft.text)).toEqual(['AB']);
  });

  it('says what is being done', () => {
    const said = EVENTS.map((_, index) => doing(run(EVENTS.slice(0, index + 1)), title));
    expect(said.slice(0, 7)).toEqual([
      'Choosing who answers',
      'Working',
      'SQL expert is working',
      null,
      null,
      'Calling sql_query',
      null,
    ]);
  });

  it('keeps what was said when it fails', () => {
    const turn = run([
      ...EVENTS.slice(0, 5),
      { type: 'error', turn_id: 't1', sequence: 6, code: 'MODEL_FAILED', what: 'The model failed', mend: 'Try again' },
    ]);
    expect(turn.problem).toEqual({ code: 'MODEL_FAILED', what: 'The model failed', mend: 'Try again' });
    expect(draftsShown(turn).map((draft) => draft.text)).toEqual(['Let me look.']);
  });
});
