import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Archive,
  ArchiveRestore,
  Download,
  Ellipsis,
  LoaderCircle,
  MessageSquarePlus,
  Pencil,
  Search,
  Trash2,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { NavLink, useNavigate } from 'react-router';
import { download } from '@/api/download';
import { api } from '@/api/http';
import type { Page } from '@/api/shapes';
import { Button, ButtonLink, IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { ago, counted } from '@/components/format';
import { Menu } from '@/components/Menu';
import { ErrorState, Skeleton } from '@/components/states';
import { toastDone, toastFailed } from '@/components/Toasts';
import { AUTO, useAgents } from './data';
import { placeOf } from './found';
import type { Conversation } from './shapes';
import { conversationKey, CONVERSATIONS } from './talk';

const SETTLED_MS = 250;

/** A value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Every conversation of whoever is signed in: to find, open and keep in order. */
export function ConversationList({ current, onOpen }: { current: string | undefined; onOpen?: () => void }) {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<Conversation['status']>('active');
  const [agent, setAgent] = useState('');
  const { agents } = useAgents();
  const q = useSettled(search.trim());
  const query = useInfiniteQuery({
    queryKey: [...CONVERSATIONS, status, agent, q],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Conversation>>('/conversations', { status, agent, q, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex flex-col gap-2 p-3">
        <ButtonLink to="/assistant" icon={MessageSquarePlus} onClick={onOpen}>
          New conversation
        </ButtonLink>
        <div className="relative">
          <Search size={16} className="pointer-events-none absolute top-2.5 left-2.5 text-soft" aria-hidden />
          <Input
            type="search"
            aria-label="Search conversations"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="pl-8"
          />
        </div>
        <div role="group" aria-label="Which conversations" className="flex gap-1">
          {(['active', 'archived'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={status === each}
              onClick={() => setStatus(each)}
              className={classes(
                'min-h-7 rounded-md px-2.5 text-sm capitalize',
                status === each ? 'bg-accent-wash font-medium text-accent-strong' : 'text-soft hover:bg-hover',
              )}
            >
              {each}
            </button>
          ))}
          <select
            aria-label="With whom"
            title="With whom"
            value={agent}
            onChange={(event) => setAgent(event.target.value)}
            className="ml-auto h-7 w-26 min-w-0 truncate rounded-md bg-transparent text-sm text-soft hover:bg-hover [&>option]:bg-raised [&>option]:text-ink"
          >
            <option value="">Any agent</option>
            {agents
              .filter(({ id }) => id !== AUTO)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </select>
        </div>
      </div>
      {/* Focusable by its links; scrolls by itself. */}
      <nav aria-label="Conversations" className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
        {query.isPending && <Skeleton lines={6} label="Loading conversations" />}
        {query.data && items.length === 0 && (
          <p className="px-2.5 py-6 text-center text-sm text-soft">
            {q !== ''
              ? `Nothing${query.hasNextPage ? ' of late' : ''} holds “${q}”.`
              : status === 'archived'
                ? 'Nothing is archived.'
                : agent !== ''
                  ? 'No conversation was begun with this agent.'
                  : 'No conversation yet.'}
          </p>
        )}
        <ul className={classes('flex flex-col gap-0.5', query.isPlaceholderData && 'opacity-60')}>
          {items.map((conversation) => (
            <Entry
              key={conversation.id}
              conversation={conversation}
              isCurrent={conversation.id === current}
              onOpen={onOpen}
            />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="mt-2 text-center">
            <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {q === '' ? 'Show more' : 'Search on'}
            </Button>
          </div>
        )}
      </nav>
    </div>
  );
}

/** Answers are Markdown, whose marks say nothing in a cutting. */
const plain = (text: string) => text.replaceAll(/[*`#|]+/g, '');

function Entry({
  conversation,
  isCurrent,
  onOpen,
}: {
  conversation: Conversation;
  isCurrent: boolean;
  onOpen?: (() => void) | undefined;
}) {
  const { title, busy, updatedAt, said } = conversation;
  return (
    <li
      className={classes(
        'group relative flex items-center rounded-md',
        isCurrent ? 'bg-accent-wash' : 'hover:bg-hover',
      )}
    >
      <NavLink
        to={placeOf(conversation)}
        onClick={onOpen}
        className="min-w-0 grow rounded-md py-1.5 pl-2.5 outline-offset-[-2px]"
      >
        <span className={classes('block truncate', isCurrent && 'font-medium text-accent-strong')}>{title}</span>
        <span className="flex items-center gap-1.5 text-xs text-soft">
          {busy && <LoaderCircle size={12} className="animate-spin" aria-hidden />}
          {busy ? 'Answering' : ago(updatedAt)}
        </span>
        {said && (
          <span className="mt-0.5 line-clamp-3 text-xs break-words text-soft">
            {said.role === 'user' ? 'You: ' : 'Answer: '}
            {plain(said.before)}
            <mark className="rounded-xs bg-accent-wash font-medium text-accent-strong">{said.words}</mark>
            {plain(said.after)}
          </span>
        )}
      </NavLink>
      <ConversationMenu conversation={conversation} isCurrent={isCurrent} small />
    </li>
  );
}

/** What can be done with a conversation. */
export function ConversationMenu({
  conversation,
  isCurrent,
  small,
}: {
  conversation: Conversation;
  isCurrent: boolean;
  small?: boolean;
}) {
  const { id, title, status, messages } = conversation;
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: CONVERSATIONS }),
      client.invalidateQueries({ queryKey: conversationKey(id), exact: true }),
    ]);
  const archive = useMutation({
    mutationFn: () => api.patch(`/conversations/${id}`, { status: status === 'active' ? 'archived' : 'active' }),
    onSuccess: async () => {
      toastDone(status === 'active' ? `“${title}” is archived` : `“${title}” is active again`);
      await refresh();
    },
    onError: toastFailed,
  });
  const remove = async () => {
    await api.remove(`/conversations/${id}`);
    if (isCurrent) await navigate('/assistant');
    client.removeQueries({ queryKey: conversationKey(id) });
    await client.invalidateQueries({ queryKey: CONVERSATIONS });
  };
  const save = (format: 'md' | 'json') => void download(`/conversations/${id}/export`, { format }).catch(toastFailed);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            size={small ? 'small' : 'medium'}
            label={`What to do with “${title}”`}
            className={small ? 'mr-1 shrink-0' : 'shrink-0'}
          />
        }
        items={[
          { label: 'Rename', icon: Pencil, onSelect: () => setAsked('rename') },
          {
            label: status === 'active' ? 'Archive' : 'Take out of the archive',
            icon: status === 'active' ? Archive : ArchiveRestore,
            onSelect: () => archive.mutate(),
          },
          { label: 'Save as Markdown', icon: Download, onSelect: () => save('md') },
          { label: 'Save as JSON', icon: Download, onSelect: () => save('json') },
          { label: 'Delete', icon: Trash2, danger: true, onSelect: () => setAsked('delete') },
        ]}
      />
      {asked === 'rename' && <Rename conversation={conversation} onRenamed={refresh} onClose={() => setAsked(null)} />}
      {asked === 'delete' && (
        <ConfirmDelete title={`Delete “${title}”?`} onConfirm={remove} onClose={() => setAsked(null)}>
          {messages > 0 ? `Its ${counted(messages, 'message')} go with it, on all branches. ` : ''}Data sets and
          documents stay. This can’t be undone; to keep it out of sight, archive it.
        </ConfirmDelete>
      )}
    </>
  );
}

function Rename({
  conversation: { id, title },
  onRenamed,
  onClose,
}: {
  conversation: Conversation;
  onRenamed: () => Promise<unknown>;
  onClose: () => void;
}) {
  const [name, setName] = useState(title);
  const rename = useMutation({
    mutationFn: () => api.patch(`/conversations/${id}`, { title: name.trim() }),
    onSuccess: async () => {
      await onRenamed();
      onClose();
    },
  });
  const problem = name.trim() === '' ? 'Give it a name' : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename the conversation"
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="rename-conversation"
            busy={rename.isPending}
            disabled={problem !== null}
          >
            Rename
          </Button>
        </>
      }
    >
      <form
        id="rename-conversation"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null) rename.mutate();
        }}
      >
        <Field label="Name" required error={problem}>
          <Input
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        </Field>
        {rename.error && <ErrorState error={rename.error} compact />}
      </form>
    </Dialog>
  );
}
