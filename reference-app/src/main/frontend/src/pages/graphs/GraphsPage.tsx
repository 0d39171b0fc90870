import { Workflow as Icon } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function GraphsPage() {
  return (
    <Page title="Graphs">
      <EmptyState icon={Icon} title="Nothing here yet" />
    </Page>
  );
}
