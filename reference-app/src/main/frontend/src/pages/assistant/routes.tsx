import type { RouteObject } from 'react-router';

export const assistantRoutes: RouteObject[] = [
  { path: 'assistant', lazy: async () => ({ Component: (await import('./AssistantPage')).AssistantPage }) },
];
