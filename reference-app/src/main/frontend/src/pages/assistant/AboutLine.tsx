import { useQuery } from '@tanstack/react-query';
import { Database, FolderOpen, Server, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { useMay } from '@/app/session';
import { useSubjects } from './data';
import type { Conversation } from './shapes';

function Part({ icon: Icon, children }: { icon: typeof Database; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-center gap-1">
      <Icon size={12} className="shrink-0" aria-hidden />
      {children}
    </li>
  );
}

/** The name of a project; its id where it may not be read or is gone. */
function useProjectName(id: string | null | undefined): string | null {
  const may = useMay('project:get');
  const { data } = useQuery({
    queryKey: ['project-name', id],
    queryFn: () => api.get<{ name: string }>(`/projects/${id}`),
    enabled: may && Boolean(id),
    retry: false,
    staleTime: 300_000,
  });
  return data?.name ?? id ?? null;
}

/** What a conversation is linked with: a source, a finding about the quality of data, a project. */
export function AboutLine({ about }: { about: Conversation['about'] }) {
  const { datasets, sources } = useSubjects();
  const project = useProjectName(about.project_id);
  const dataset = datasets.find((each) => each.id === about.source_id);
  const database = sources.find((each) => each.id === about.source_id);
  if (!dataset && !database && !about.issue_id && !about.project_id) return null;
  return (
    <ul aria-label="What this conversation is about" className="flex min-w-0 gap-3 overflow-hidden text-xs text-soft">
      {dataset && (
        <Part icon={Database}>
          <Link to={`/datasets/${dataset.id}`} className="truncate underline hover:text-ink">
            {dataset.name}
          </Link>
        </Part>
      )}
      {database && (
        <Part icon={Server}>
          <span className="truncate">{database.name}</span>
        </Part>
      )}
      {about.issue_id && (
        <Part icon={TriangleAlert}>
          <span className="truncate">Finding {about.issue_id}</span>
        </Part>
      )}
      {project && about.project_id && (
        <Part icon={FolderOpen}>
          <span className="truncate">Project {project}</span>
        </Part>
      )}
    </ul>
  );
}
