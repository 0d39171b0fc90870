import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { AuditEntry, Page } from '@/api/shapes';
import { Button } from '@/components/Button';
import { dateTime } from '@/components/format';
import { List } from '@/components/List';
import { Section, useTitle } from '@/components/Page';
import { ErrorState, Skeleton } from '@/components/states';

/** Who did what, the latest first. */
export function AuditPart() {
  useTitle('Audit log');
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
                  <span className="block text-xs break-all text-soft md:hidden">{who(entry)}</span>
                </>
              ),
            },
            { title: 'Who', wideOnly: true, cell: (entry) => <span className="break-all">{who(entry)}</span> },
            {
              title: 'What',
              cell: (entry) => (entry.times > 1 ? `${entry.action} (${entry.times} times)` : entry.action),
            },
            {
              title: 'Of what',
              wideOnly: true,
              cell: (entry) => (
                <span className="break-words text-soft">
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

function who(entry: AuditEntry) {
  return entry.user ?? 'Studio';
}
