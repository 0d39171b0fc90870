import { useQuery } from '@tanstack/react-query';
import { FileText, Images, Table2 } from 'lucide-react';
import { api } from '@/api/http';
import type { Artifact, Page } from '@/api/shapes';
import { ago, bytes } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { EmptyState } from '@/components/states';

/** What was made from the data set: pictures, tables, texts. */
export function ArtifactsTab({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['datasets', id, 'artifacts'],
    queryFn: () => api.get<Page<Artifact>>(`/datasets/${id}/artifacts`, { limit: 200 }),
  });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={Images} title="Nothing made yet">
            Charts and tables of answers are kept here.
          </EmptyState>
        ) : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-4">
            {items.map((artifact) => (
              <li key={artifact.key}>
                <a
                  href={artifact.url}
                  target="_blank"
                  rel="noreferrer"
                  className="block overflow-hidden rounded-lg border bg-surface hover:border-accent"
                >
                  <Preview artifact={artifact} />
                  <span className="block border-t px-3 py-2">
                    <span className="block truncate font-medium">{artifact.label}</span>
                    <span className="block text-xs text-soft">{`${bytes(artifact.bytes)} · ${ago(artifact.createdAt)}`}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Preview({ artifact }: { artifact: Artifact }) {
  // Pictures are made for white paper.
  if (artifact.type.startsWith('image/')) {
    return <img src={artifact.url} alt="" loading="lazy" className="h-36 w-full bg-[#fff] object-contain p-1" />;
  }
  const Icon = artifact.type.startsWith('text/plain') ? FileText : Table2;
  return (
    <span className="grid h-36 place-items-center bg-sunken">
      <Icon size={28} strokeWidth={1.25} className="text-soft" aria-hidden />
    </span>
  );
}
