import { Compass } from 'lucide-react';
import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { Page } from '@/components/Page';
import { EmptyState, ErrorState } from '@/components/states';

const RELOADED = 'studio-reloaded';

/** A chunk that a newer version of the app no longer has: loading the page again gets the newer one. */
function isOutdated(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

/** What shows instead of a page that failed. */
export function Failed() {
  const error = useRouteError();
  useEffect(() => {
    // Once only: were the chunk really gone, this would go on for ever.
    if (!isOutdated(error) || sessionStorage.getItem(RELOADED) === location.pathname) return;
    sessionStorage.setItem(RELOADED, location.pathname);
    location.reload();
  }, [error]);
  return (
    <Page title="This page failed">
      <ErrorState error={error} retry={() => location.reload()} />
    </Page>
  );
}

/** No page has this address. */
export function NotFound() {
  return (
    <Page title="Nothing here">
      <EmptyState
        icon={Compass}
        title="This address leads nowhere"
        action={
          <ButtonLink to="/" look="primary">
            Go to the dashboard
          </ButtonLink>
        }
      >
        What it named may have been deleted, or belong to somebody else.
      </EmptyState>
    </Page>
  );
}
