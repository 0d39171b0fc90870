import type { RouteObject } from 'react-router';

export const graphRoutes: RouteObject[] = [
  { path: 'graphs', lazy: async () => ({ Component: (await import('./GraphsPage')).GraphsPage }) },
  { path: 'graphs/:id', lazy: async () => ({ Component: (await import('./GraphPage')).GraphPage }) },
];
