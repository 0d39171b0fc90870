import { describe, expect, it } from 'vitest';
import { EventParser } from './stream';

describe('EventParser', () => {
  it('reads events whose text arrives in pieces', () => {
    const text = 'id: 1\r\nevent: step\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: still here\r\n\r\nid:2\ndata: [2]\n\n';
    for (let size = 1; size <= text.length; size++) {
      const parser = new EventParser();
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events).toEqual([
        { id: '1', type: 'step', data: { a: 1 } },
        { id: '2', type: 'message', data: [2] },
      ]);
    }
  });
});
