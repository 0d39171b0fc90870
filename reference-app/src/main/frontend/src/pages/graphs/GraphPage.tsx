import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { Page } from '@/components/Page';
import { ErrorState, Skeleton } from '@/components/states';
import { graphs, nodeTypes } from './client';
import { Editor } from './editor/Editor';
import { claimTab } from './model/journal';

/** One graph, opened in its editor. */
export function GraphPage() {
  const { id = '' } = useParams();
  // Always the newest: an older copy would be a conflict with oneself.
  const graph = useQuery({
    queryKey: ['graph', id, 'draft'],
    queryFn: () => graphs.get(id),
    gcTime: 0,
    staleTime: Infinity,
  });
  const types = useQuery({ queryKey: ['node-types'], queryFn: nodeTypes.list, staleTime: 60_000 });
  const [tab, setTab] = useState<string | null>(null);
  useEffect(() => void claimTab().then(setTab), []);
  const failed = graph.error ?? types.error;
  if (graph.data && types.data && tab !== null) {
    return <Editor key={`${graph.data.id} ${graph.dataUpdatedAt}`} graph={graph.data} types={types.data} tab={tab} />;
  }
  return (
    <Page title="Graph">
      {failed ? (
        <ErrorState error={failed} retry={() => void Promise.all([graph.refetch(), types.refetch()])} />
      ) : (
        <Skeleton lines={6} label="Opening the graph" />
      )}
    </Page>
  );
}
