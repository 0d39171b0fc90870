import { expect, it } from 'vitest';
import { placeToReturn } from './session';

it('leads back to pages of ours only', () => {
  const to = (place: string) => placeToReturn(`?to=${encodeURIComponent(place)}`);

  expect(to('/datasets/1?tab=data')).toBe('/datasets/1?tab=data');
  expect(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''].map(to)).toEqual(
    Array.from({ length: 5 }, () => '/'),
  );
});
