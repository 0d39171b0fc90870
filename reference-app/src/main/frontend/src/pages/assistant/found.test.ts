import { describe, expect, it } from 'vitest';
import { placeOf, wantedOf } from './found';
import type { Conversation } from './shapes';

const conversation = (said: Conversation['said']): Conversation => ({
  id: 'c1',
  title: 'Sales',
  agent: null,
  status: 'active',
  about: {},
  messages: 20,
  head: 20,
  busy: false,
  updatedAt: '2026-01-01T00:00:00Z',
  said,
});

describe('a conversation that was found', () => {
  it('opens at the message that said it', () => {
    const place = placeOf(conversation({ message: 12, role: 'user', before: '', words: 'north', after: '' }));

    expect(place).toBe('/assistant/c1#message-12');
    expect(wantedOf(new URL(place, 'http://localhost').hash)).toBe(12);
  });

  it('opens as ever where only its title has the words', () => {
    expect(placeOf(conversation(null))).toBe('/assistant/c1');
  });

  it.each(['', '#main', '#message-', '#message-0', '#message-1e3', '#message-12345678901', '#message-3x'])(
    'is asked for no message by %j',
    (hash) => expect(wantedOf(hash)).toBeNull(),
  );
});
