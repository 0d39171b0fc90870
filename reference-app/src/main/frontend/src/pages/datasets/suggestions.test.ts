import { expect, it } from 'vitest';
import { suggestions } from './suggestions';

const column = (name: string, role: string) => ({ name, role, type: '', nullCount: 0 });

it('suggests what the columns can answer', () => {
  expect(suggestions([column('unit_price', 'MEASURE'), column('region', 'DIMENSION'), column('sold', 'TIME')])).toEqual(
    ['Average unit price by region', 'Monthly trend of unit price', 'Distribution of unit price'],
  );
  expect(suggestions([column('name', 'dimension')])).toEqual(['How many rows by name']);
  expect(suggestions([column('id', 'id')])).toEqual([]);
});
