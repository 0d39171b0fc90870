import { Navigate, type RouteObject } from 'react-router';

export const settingsRoutes: RouteObject[] = [
  {
    path: 'settings',
    lazy: async () => ({ Component: (await import('./SettingsPage')).SettingsPage }),
    children: [
      { index: true, element: <Navigate to="/settings/models" replace /> },
      { path: 'models', lazy: async () => ({ Component: (await import('./ModelsPart')).ModelsPart }) },
      { path: 'agents', lazy: async () => ({ Component: (await import('./AgentsPart')).AgentsPart }) },
      { path: 'account', lazy: async () => ({ Component: (await import('./AccountPart')).AccountPart }) },
      { path: 'members', lazy: async () => ({ Component: (await import('./MembersPart')).MembersPart }) },
      {
        path: 'organisation',
        lazy: async () => ({ Component: (await import('./OrganisationPart')).OrganisationPart }),
      },
      { path: 'usage', lazy: async () => ({ Component: (await import('./UsagePart')).UsagePart }) },
      { path: 'audit', lazy: async () => ({ Component: (await import('./AuditPart')).AuditPart }) },
    ],
  },
];
