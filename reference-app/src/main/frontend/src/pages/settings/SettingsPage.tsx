import { Settings as Icon } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <EmptyState icon={Icon} title="Nothing here yet" />
    </Page>
  );
}
