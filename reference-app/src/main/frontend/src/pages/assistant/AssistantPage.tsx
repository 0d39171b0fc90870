import { useQuery } from '@tanstack/react-query';
import { MessagesSquare, PanelLeft, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import { useMay } from '@/app/session';
import { ButtonLink, IconButton } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Page, useTitle } from '@/components/Page';
import { Badge } from '@/components/small';
import { EmptyState, ErrorState, NoPermission } from '@/components/states';
import { AboutLine } from './AboutLine';
import { ConversationList, ConversationMenu } from './ConversationList';
import type { Conversation } from './shapes';
import { conversationKey } from './talk';
import { Thread } from './Thread';

const POLL_MS = 20_000;
const POLL_BUSY_MS = 2_000;

/** Conversations with agents: all of them beside, one of them open. */
export function AssistantPage() {
  const mayAsk = useMay('chat:use');
  if (!mayAsk) {
    return (
      <Page title="Assistant">
        <NoPermission detail="Asking the assistant needs the right “chat:use”, which your role doesn’t include." />
      </Page>
    );
  }
  return <Assistant />;
}

function Assistant() {
  const { conversation: id } = useParams();
  const [listed, setListed] = useState(false);
  const query = useQuery({
    queryKey: conversationKey(id ?? ''),
    queryFn: ({ signal }) => api.get<Conversation>(`/conversations/${id}`, {}, signal),
    enabled: id !== undefined,
    // Another tab may go on with it.
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => (state.data?.busy ? POLL_BUSY_MS : POLL_MS),
  });
  const conversation = id === undefined ? undefined : query.data;
  const title = conversation?.title ?? 'Assistant';
  useTitle(title);
  return (
    <div className="flex min-h-0 grow">
      <aside
        aria-label="Conversations"
        className="sticky top-0 hidden h-dvh w-64 shrink-0 flex-col border-r bg-surface/60 xl:flex"
      >
        <ConversationList current={id} />
      </aside>
      <div className="flex min-w-0 grow flex-col">
        <header className="sticky top-0 z-20 flex min-h-14 items-center gap-1.5 border-b bg-paper/90 px-3 backdrop-blur sm:px-5">
          <IconButton icon={PanelLeft} label="Conversations" className="xl:hidden" onClick={() => setListed(true)} />
          <div className="min-w-0">
            <h1 className="truncate text-lg leading-tight font-semibold">{title}</h1>
            {conversation && <AboutLine about={conversation.about} />}
          </div>
          {conversation?.status === 'archived' && <Badge>Archived</Badge>}
          <span className="ml-auto flex shrink-0 items-center">
            {id !== undefined && (
              <ButtonLink
                to="/assistant"
                look="quiet"
                icon={SquarePen}
                aria-label="New conversation"
                title="New conversation"
                className="xl:hidden"
              >
                <span className="max-sm:sr-only">New</span>
              </ButtonLink>
            )}
            {conversation && <ConversationMenu conversation={conversation} isCurrent />}
          </span>
        </header>
        {id !== undefined && query.error && !conversation ? (
          <Gone error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Thread id={id} conversation={conversation} />
        )}
      </div>
      <Dialog open={listed} onClose={() => setListed(false)} title="Conversations" size="small">
        <div className="-m-5 flex h-[70dvh] flex-col">
          <ConversationList current={id} onOpen={() => setListed(false)} />
        </div>
      </Dialog>
    </div>
  );
}

function Gone({ error, retry }: { error: unknown; retry: () => void }) {
  if (ApiProblem.of(error).status !== 404) {
    return (
      <div className="p-6">
        <ErrorState error={error} retry={retry} />
      </div>
    );
  }
  return (
    <EmptyState
      icon={MessagesSquare}
      title="This conversation is not there"
      action={
        <ButtonLink look="primary" to="/assistant">
          Begin another
        </ButtonLink>
      }
    >
      It may have been deleted, or belong to somebody else.
    </EmptyState>
  );
}
