import type { RouteObject } from 'react-router';

export const learningRoutes: RouteObject[] = [
  { path: 'learning', lazy: async () => ({ Component: (await import('./LearningPage')).LearningPage }) },
  { path: 'learning/new', lazy: async () => ({ Component: (await import('./TrainPage')).TrainPage }) },
  { path: 'learning/explore', lazy: async () => ({ Component: (await import('./ExplorePage')).ExplorePage }) },
  { path: 'learning/compare', lazy: async () => ({ Component: (await import('./ComparePage')).ComparePage }) },
  { path: 'learning/:id', lazy: async () => ({ Component: (await import('./ModelPage')).ModelPage }) },
];
