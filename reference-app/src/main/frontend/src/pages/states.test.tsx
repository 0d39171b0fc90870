import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { queries } from '@/api/query';
import { SignedInOnly } from '@/app/session';
import { datasetRoutes } from './datasets/routes';
import { documentRoutes } from './documents/routes';
import { learningRoutes } from './learning/routes';
import { settingsRoutes } from './settings/routes';
import { DashboardPage } from './dashboard/DashboardPage';

// Pages are loaded when they are opened, which a busy machine takes its time for.
configure({ asyncUtilTimeout: 10_000 });

const ALL = [
  ...['dataset', 'source', 'document', 'job', 'model', 'agent', 'settings', 'member'].flatMap((kind) => [
    `${kind}:get`,
    `${kind}:edit`,
  ]),
  'audit:get',
  'self:edit',
  'chat:use',
];

const session = (scopes: string[]) => ({
  signedIn: true,
  user: { id: 'u', email: 'ada@example.org', name: 'Ada', role: 'admin' },
  organisation: { id: 'o', name: 'Us' },
  scopes,
  expiresAt: null,
  mustChangePassword: false,
  mode: 'accounts',
});

const reply = (body: unknown, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }));
const problem = (status: number, detail: string) =>
  reply({ status, title: '', detail, code: 'SAID_SO', mend: 'Do this', traceId: 't-1' }, status);

/** Opens a page of which every request is answered so, but that for the session. */
function open(path: string, answer: (route: string) => Promise<Response>, scopes = ALL) {
  vi.stubGlobal('fetch', (route: string) => (route.includes('/auth/session') ? reply(session(scopes)) : answer(route)));
  const routes = [
    { path: '/', element: <DashboardPage /> },
    ...datasetRoutes,
    ...documentRoutes,
    ...learningRoutes,
    ...settingsRoutes,
  ];
  const element = (
    <SignedInOnly>
      <Outlet />
    </SignedInOnly>
  );
  const router = createMemoryRouter([{ element, hydrateFallbackElement: <></>, children: routes }], {
    initialEntries: [path],
  });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
});

const PAGES = [
  '/',
  '/datasets',
  '/datasets/1',
  '/documents',
  '/documents/1',
  '/learning',
  '/learning/new',
  '/learning/1',
  '/settings/models',
  '/settings/agents',
  '/settings/account',
  '/settings/members',
  '/settings/organisation',
  '/settings/usage',
  '/settings/audit',
];

vi.setConfig({ testTimeout: 15_000 });

describe.each(PAGES)('the page %s', (path) => {
  it('says that it loads', async () => {
    open(path, () => new Promise(() => undefined));

    await waitFor(() => expect(screen.queryByText('Opening Studio')).toBeNull());
    expect((await screen.findAllByRole('status')).length).toBeGreaterThan(0);
  });

  it('says what failed and what to do', async () => {
    open(path, () => problem(400, 'The disk is full'));

    await waitFor(() => expect(screen.getAllByRole('alert')[0]?.textContent).toMatch(/The disk is full.*Do this/));
  });

  it('says that somebody may not see it', async () => {
    open(path, () => problem(403, 'This needs the scope'));

    expect((await screen.findAllByText('You may not see this')).length).toBeGreaterThan(0);
  });
});

const EMPTY: [path: string, says: string][] = [
  ['/datasets', 'No data yet'],
  ['/documents', 'No documents yet'],
];

describe.each(EMPTY)('the page %s without anything', (path, says) => {
  const nothing = () => reply({ items: [], next: null });

  it('says what to do first', async () => {
    open(path, nothing);

    expect(await screen.findByText(says)).toBeTruthy();
    expect(screen.getByRole('button', { name: /Choose/ })).toBeTruthy();
  });

  it('offers nothing to those who may only look', async () => {
    open(path, nothing, ['dataset:get', 'document:get']);

    expect(await screen.findByText(says)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Choose|Upload|Import|Add/ })).toBeNull();
  });
});
