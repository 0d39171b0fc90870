import { CircleAlert, LogIn } from 'lucide-react';
import type { AuthOptions } from '@/api/shapes';
import { AnchorButton } from '@/components/Button';

type Providers = AuthOptions['providers'];

/** What happened and what to do, by what the server calls it; `service` is what people call the provider. */
const PROBLEMS: Record<string, (service: string) => [what: string, mend: string]> = {
  PROVIDER_UNKNOWN: () => ['This way to sign in is not set up', 'Choose one of those below.'],
  PROVIDER_FAILED: (service) => [
    `${service} can’t be reached or doesn’t answer as it should`,
    'Try again in a moment; if it stays so, ask an administrator to look into the log.',
  ],
  NOT_PROVED: (service) => [
    `What ${service} answered doesn’t prove who you are`,
    'Try again; if it stays so, ask an administrator to look into the log.',
  ],
  CANCELLED: (service) => [`${service} did not sign you in`, 'Try again, or choose another way.'],
  FLOW_ENDED: () => [
    'This sign-in took too long, is over already or began in another browser',
    'Begin again here, with cookies allowed.',
  ],
  EMAIL_NOT_VERIFIED: (service) => [
    `${service} has not verified your email address`,
    'Verify it there, then sign in again.',
  ],
  NOT_INVITED: () => ['Nobody has invited you yet', 'Ask an administrator of your organisation for an invitation.'],
  INACTIVE: () => ['Your account is closed', 'Ask an administrator of your organisation to open it again.'],
  EMAIL_TAKEN: () => [
    'There is an account with your email address that this sign-in doesn’t belong to',
    'Sign in as you did before, or ask an administrator of your organisation.',
  ],
  TOO_MANY_TRIES: () => ['There were too many tries', 'Wait some minutes, then try again.'],
};

/** Why a sign-in through another service did not work, if the server led here to say so. */
export function ProviderProblem({ search, providers }: { search: string; providers: Providers }) {
  const asked = new URLSearchParams(search);
  const code = asked.get('problem');
  if (code === null) return null;
  const service = providers.find((each) => each.name === asked.get('with'))?.displayName ?? 'The other service';
  const tell = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
  const [what, mend] = tell?.(service) ?? ['The sign-in did not work', 'Try again.'];
  return (
    <div role="alert" className="mb-5 flex gap-3 rounded-lg border border-bad/40 bg-bad-wash p-3 text-ink">
      <CircleAlert size={18} className="mt-0.5 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0">
        <p className="font-semibold break-words">{what}</p>
        <p className="mt-0.5 break-words">{mend}</p>
      </div>
    </div>
  );
}

/** A button for each other service, and what sets them apart from the password below. */
export function ProviderSignIns({ search, providers }: { search: string; providers: Providers }) {
  if (providers.length === 0) return null;
  const to = new URLSearchParams(search).get('to');
  const query = to === null ? '' : `?to=${encodeURIComponent(to)}`;
  return (
    <>
      <ul className="flex flex-col gap-2" aria-label="Other services">
        {providers.map(({ name, displayName }) => (
          <li key={name} className="flex">
            <AnchorButton icon={LogIn} className="w-full" href={`/api/v1/auth/oidc/${name}${query}`}>
              <span className="truncate">Sign in with {displayName}</span>
            </AnchorButton>
          </li>
        ))}
      </ul>
      <p className="my-4 flex items-center gap-3 text-sm text-soft">
        <span className="h-px grow bg-edge/40" aria-hidden />
        or with a password
        <span className="h-px grow bg-edge/40" aria-hidden />
      </p>
    </>
  );
}
