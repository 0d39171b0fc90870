import { LayoutDashboard } from 'lucide-react';
import { Page } from '@/components/Page';
import { EmptyState } from '@/components/states';

export function DashboardPage() {
  return (
    <Page title="Dashboard">
      <EmptyState icon={LayoutDashboard} title="Nothing here yet" />
    </Page>
  );
}
