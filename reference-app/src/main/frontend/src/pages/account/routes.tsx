import type { RouteObject } from 'react-router';

/** Pages for those who are not signed in. */
export const accountRoutes: RouteObject[] = [
  { path: 'sign-in', lazy: async () => ({ Component: (await import('./SignInPage')).SignInPage }) },
  { path: 'sign-up', lazy: async () => ({ Component: (await import('./SignUpPage')).SignUpPage }) },
  { path: 'invitation', lazy: async () => ({ Component: (await import('./InvitationPage')).InvitationPage }) },
  { path: 'forgot-password', lazy: async () => ({ Component: (await import('./PasswordPages')).ForgotPage }) },
  { path: 'new-password', lazy: async () => ({ Component: (await import('./PasswordPages')).ResetPage }) },
];
