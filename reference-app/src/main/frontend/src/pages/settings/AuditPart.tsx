import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { AuditEntry, Member, Page } from '@/api/shapes';
import { useMay, useSession } from '@/app/session';
import { Button } from '@/components/Button';
import { dateTime } from '@/components/format';
import { List } from '@/components/List';
import { Section, useTitle } from '@/components/Page';
import { ErrorState, Skeleton } from '@/components/states';

/** Who did what, the latest first. */
export function AuditPart() {
  useTitle('Audit log');
  const who = useWho();
  const query = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => api.get<Page<AuditEntry>>('/audit', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Audit log">
      {query.isPending && <Skeleton lines={6} />}
      {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data && entries.length === 0 && <p className="text-soft">Nothing has been done yet.</p>}
      {entries.length > 0 && (
        <List
          flush
          label="What was done"
          items={entries}
          keyOf={(entry) => entry.id}
          columns={[
            {
              title: 'When',
              cell: (entry) => (
                <>
                  <span className="tabular-nums sm:whitespace-nowrap">{dateTime(entry.at)}</span>
                  <span className="block text-xs break-words text-soft md:hidden">{who(entry)}</span>
                </>
              ),
            },
            {
              title: 'Who',
              wideOnly: true,
              cell: (entry) => <span className="[overflow-wrap:anywhere] min-w-24 inline-block">{who(entry)}</span>,
            },
            {
              title: 'What',
              cell: (entry) => (
                <>
                  {entry.times > 1 ? `${entry.action} (${entry.times} times)` : entry.action}
                  <span className="block text-xs [overflow-wrap:anywhere] text-soft md:hidden">{entry.detail}</span>
                </>
              ),
            },
            {
              title: 'Of what',
              wideOnly: true,
              cell: (entry) => (
                <span className="[overflow-wrap:anywhere] text-soft">
                  {entry.detail}
                  {entry.subject && <span className="block text-xs break-all">{entry.subject}</span>}
                </span>
              ),
            },
          ]}
        />
      )}
      {query.hasNextPage && (
        <div className="mt-7 text-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Whoever did it by name; people who have left, by their id. */
function useWho(): (entry: AuditEntry) => string {
  const { mode } = useSession();
  const mayRead = useMay('member:get') && mode === 'accounts';
  const { data } = useQuery({
    queryKey: ['members'],
    queryFn: () => api.get<Page<Member>>('/members', { limit: 200 }),
    enabled: mayRead,
  });
  return ({ user }) => data?.items.find(({ id }) => id === user)?.name ?? user ?? 'Studio';
}
