import { MessagesSquare as Icon } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function AssistantPage() {
  return (
    <Page title="Assistant">
      <EmptyState icon={Icon} title="Nothing here yet" />
    </Page>
  );
}
