import { useTitle } from '@/components/Page';

export function SignInPage() {
  useTitle('Sign in');
  return <main>Sign in</main>;
}
