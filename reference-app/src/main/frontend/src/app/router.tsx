import { createBrowserRouter, type RouteObject } from 'react-router';
import { assistantRoutes } from '@/pages/assistant/routes';
import { accountRoutes } from '@/pages/account/routes';
import { datasetRoutes } from '@/pages/datasets/routes';
import { documentRoutes } from '@/pages/documents/routes';
import { graphRoutes } from '@/pages/graphs/routes';
import { learningRoutes } from '@/pages/learning/routes';
import { settingsRoutes } from '@/pages/settings/routes';
import { Failed, NotFound } from './Failed';
import { Shell } from './Shell';
import { SignedInOnly } from './session';

const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('@/pages/dashboard/DashboardPage')).DashboardPage }) },
  ...assistantRoutes,
  ...graphRoutes,
  ...datasetRoutes,
  ...documentRoutes,
  ...learningRoutes,
  ...settingsRoutes,
  { path: '*', element: <NotFound /> },
];

/** Every page of Studio: those that anybody may see, and those inside the shell. */
export const router = createBrowserRouter([
  {
    // Nothing, for the moment until the code of the first page is here.
    hydrateFallbackElement: <></>,
    errorElement: <Failed />,
    children: [
      ...accountRoutes,
      {
        element: (
          <SignedInOnly>
            <Shell />
          </SignedInOnly>
        ),
        children: [{ errorElement: <Failed />, children: pages }],
      },
    ],
  },
]);
