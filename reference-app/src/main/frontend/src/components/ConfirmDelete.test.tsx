import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { queries } from '@/api/query';
import { ConfirmDelete } from './ConfirmDelete';

const onConfirm = vi.fn<() => Promise<void>>(() => Promise.resolve());

function show(answer: () => Promise<Response>) {
  vi.stubGlobal('fetch', vi.fn(answer));
  render(
    <QueryClientProvider client={queries}>
      <MemoryRouter>
        <ConfirmDelete
          title="Delete “sales.csv”?"
          dependants="/datasets/1/dependants"
          onConfirm={onConfirm}
          onClose={() => undefined}
        >
          For good.
        </ConfirmDelete>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Delete' });

afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

it('can’t be confirmed before it is known what depends on the thing', async () => {
  let answer: (response: Response) => void = () => undefined;
  show(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  expect(screen.getByText('Looking for what depends on it')).toBeTruthy();
  expect(button().disabled).toBe(true);

  answer(new Response('[]'));

  await screen.findByText('Nothing else depends on it.');
  fireEvent.click(button());
  await waitFor(() => expect(onConfirm).toHaveBeenCalledOnce());
});

it('parts what is deleted too from what stays without it', async () => {
  show(
    json([
      { kind: 'chart', deleted: true, count: 2, first: [{ id: 'k', name: 'units.png' }] },
      { kind: 'graph', deleted: false, count: 1, first: [{ id: 'g', name: 'Report' }] },
      { kind: 'conversation', deleted: false, count: 3, first: [] },
    ]),
  );

  const gone = await screen.findByRole('region', { name: 'Deleted with it', hidden: true });
  const left = screen.getByRole('region', { name: 'These stay, but can’t use it any more', hidden: true });
  expect(gone.textContent).toContain('2 charts: units.png and 1 other');
  expect(left.textContent).toContain('1 graph: Report');
  expect(left.textContent).toContain('3 conversations');
  expect(screen.getByText<HTMLAnchorElement>('Report').getAttribute('href')).toBe('/graphs/g');
});

it('says why it could not be found out, and lets that be tried again', async () => {
  show(json({ detail: 'The store is locked', code: 'STORAGE_LOCKED', mend: 'Wait' }, 409));

  await screen.findByText('The store is locked');
  vi.stubGlobal('fetch', vi.fn(json([])));
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Nothing else depends on it.')).toBeTruthy();
});
