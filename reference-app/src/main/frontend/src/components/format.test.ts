import { expect, it } from 'vitest';
import { ago, bytes, cellNumber, counted, dateTime, dollars, millis, number, setFormats } from './format';

it('writes sizes, counts and times for people', () => {
  expect([0, 999, 1000, 1_234_567, 5e12].map(bytes)).toEqual(['0 B', '999 B', '1 kB', '1.2 MB', '5 TB']);
  expect([counted(1, 'row'), counted(1204, 'row'), counted(2, 'match', 'matches')]).toEqual([
    '1 row',
    '1,204 rows',
    '2 matches',
  ]);
  expect([37.4, 1500, 125_000].map(millis)).toEqual(['37 ms', '1.5 s', '2 min 5 s']);
  expect([2024, 12_345.5].map(cellNumber)).toEqual(['2024', '12,345.5']);
});

it('says how long ago something was', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');

  expect(ago('2026-03-01T11:59:40Z', now)).toBe('just now');
  expect(ago('2026-03-01T09:00:00Z', now)).toBe('3 hours ago');
  expect(ago('2026-02-28T12:00:00Z', now)).toBe('yesterday');
});

it('writes numbers and dates as the organisation wants them, where the browser can', () => {
  const before = setFormats({ locale: 'de-DE', timeZone: 'Pacific/Auckland' });
  const written = [number(1204.5), dateTime('2026-06-01T23:30:00Z')];
  setFormats({ locale: 'de-DE', timeZone: 'Moon/Tranquillity' });
  const kept = setFormats(null);
  setFormats({});

  expect(written).toEqual(['1.204,5', '02.06.2026, 11:30']);
  expect(kept).toBe(before);
  expect(number(1204.5)).toBe('1,204.5');
});

it('writes small prices with two digits that tell something', () => {
  expect([1234.5, 0.126, 0.001234, 0].map(dollars)).toEqual(['$1,234.50', '$0.13', '$0.0012', '$0.00']);
});
