import { FileText as Icon } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function DocumentsPage() {
  return (
    <Page title="Documents">
      <EmptyState icon={Icon} title="Nothing here yet" />
    </Page>
  );
}
