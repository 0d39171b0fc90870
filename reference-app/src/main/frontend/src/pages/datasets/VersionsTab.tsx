import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { Dataset, DatasetDetail } from '@/api/shapes';
import { bytes, dateTime, number } from '@/components/format';
import { List } from '@/components/List';
import { Loaded } from '@/components/Loaded';
import { Badge } from '@/components/small';

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['datasets', id, 'versions'],
    queryFn: () => api.get<Dataset[]>(`/datasets/${id}/versions`),
  });
}

/** Every version that was imported under this name. */
export function VersionsTab({ dataset }: { dataset: DatasetDetail }) {
  const query = useVersions(dataset.id);
  return (
    <Loaded query={query}>
      {(versions) => (
        <List
          label="Versions"
          items={versions}
          keyOf={(version) => String(version.version)}
          columns={[
            {
              title: 'Version',
              cell: (version) => (
                <span className="flex items-center gap-2">
                  {version.version}
                  {version.version === dataset.version && <Badge tone="accent">shown</Badge>}
                </span>
              ),
            },
            { title: 'Rows', right: true, cell: (version) => number(version.rows) },
            { title: 'Size', right: true, wideOnly: true, cell: (version) => bytes(version.bytes) },
            {
              title: 'From',
              wideOnly: true,
              cell: (version) => <span className="break-all text-soft">{version.origin}</span>,
            },
            { title: 'Imported', right: true, cell: (version) => dateTime(version.createdAt) },
          ]}
        />
      )}
    </Loaded>
  );
}
