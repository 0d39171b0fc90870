import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/** Answers that pages share. What may pass is tried again twice; what was refused is shown at once. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => ApiProblem.of(error).mayPass && count < 2,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});
