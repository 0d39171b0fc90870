import type { RouteObject } from 'react-router';

export const assistantRoutes: RouteObject[] = [
  // One route, so that a conversation that has just begun goes on where it is.
  {
    path: 'assistant/:conversation?',
    lazy: async () => ({ Component: (await import('./AssistantPage')).AssistantPage }),
  },
];
