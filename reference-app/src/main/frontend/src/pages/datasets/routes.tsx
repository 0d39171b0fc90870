import type { RouteObject } from 'react-router';

export const datasetRoutes: RouteObject[] = [
  { path: 'datasets', lazy: async () => ({ Component: (await import('./DatasetsPage')).DatasetsPage }) },
  { path: 'datasets/:id', lazy: async () => ({ Component: (await import('./DatasetPage')).DatasetPage }) },
];
