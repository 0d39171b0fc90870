import { Database as Icon } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function DatasetsPage() {
  return (
    <Page title="Datasets">
      <EmptyState icon={Icon} title="Nothing here yet" />
    </Page>
  );
}
