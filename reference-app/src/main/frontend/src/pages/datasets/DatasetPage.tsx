import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronLeft, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { download } from '@/api/download';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { DatasetDetail } from '@/api/shapes';
import { NotFound } from '@/app/Failed';
import { useMay } from '@/app/session';
import { Button } from '@/components/Button';
import { ago, bytes, counted } from '@/components/format';
import { Menu } from '@/components/Menu';
import { Page } from '@/components/Page';
import { Note } from '@/components/small';
import { ErrorState, Skeleton } from '@/components/states';
import { Tabs } from '@/components/Tabs';
import { toastFailed } from '@/components/Toasts';
import { ArtifactsTab } from './ArtifactsTab';
import { AskTab } from './AskTab';
import { ChartsTab } from './ChartsTab';
import { DataTab } from './DataTab';
import { DeleteDataset } from './DeleteDataset';
import { FORMATS } from './formats';
import { ProfileTab } from './ProfileTab';
import { SqlTab } from './SqlTab';
import { VersionsTab } from './VersionsTab';

/** One data set: ask it, look at its rows, its profile, what was made from it. */
export function DatasetPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['datasets', id],
    queryFn: () => api.get<DatasetDetail>(`/datasets/${encodeURIComponent(id)}`),
  });
  if (query.error && ApiProblem.of(query.error).status === 404) return <NotFound />;
  if (query.data === undefined) {
    return (
      <Page title="Data set">
        {query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={8} />}
      </Page>
    );
  }
  return <Shown key={id} dataset={query.data} />;
}

function Shown({ dataset }: { dataset: DatasetDetail }) {
  const mayEdit = useMay('dataset:edit');
  const [deleting, setDeleting] = useState(false);
  const save = useMutation({
    mutationFn: (format: string) => download(`/datasets/${dataset.id}/export`, { format }),
    onError: toastFailed,
  });
  const facts = [
    counted(dataset.rows, 'row'),
    counted(dataset.columnCount, 'column'),
    bytes(dataset.bytes),
    dataset.format,
    `version ${dataset.version}`,
    `added ${ago(dataset.createdAt)}`,
  ];
  return (
    <Page
      wide
      title={dataset.name}
      lead={
        <>
          <span className="tabular-nums">{facts.join(' · ')}</span>
          <Link to="/datasets" className="mt-1 flex w-fit items-center gap-1 text-sm hover:text-ink hover:underline">
            <ChevronLeft size={14} aria-hidden />
            All data sets
          </Link>
        </>
      }
      actions={
        <>
          <Menu
            trigger={<Button icon={Download}>Export</Button>}
            items={Object.entries(FORMATS).map(([format, label]) => ({ label, onSelect: () => save.mutate(format) }))}
          />
          {mayEdit && (
            <Button icon={Trash2} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      <Warnings dataset={dataset} />
      <Tabs
        label={dataset.name}
        tabs={[
          { id: 'ask', title: 'Ask', content: <AskTab dataset={dataset} /> },
          { id: 'charts', title: 'Charts', content: <ChartsTab dataset={dataset} /> },
          { id: 'data', title: 'Data', content: <DataTab dataset={dataset} /> },
          { id: 'sql', title: 'SQL', content: <SqlTab dataset={dataset} /> },
          { id: 'profile', title: 'Profile', content: <ProfileTab id={dataset.id} /> },
          { id: 'results', title: 'Results', content: <ArtifactsTab id={dataset.id} /> },
          { id: 'versions', title: 'Versions', content: <VersionsTab dataset={dataset} /> },
        ]}
      />
      {deleting && <DeleteDataset dataset={dataset} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

function Warnings({ dataset }: { dataset: DatasetDetail }) {
  const { rejectedRows, messages } = dataset.report;
  const all = [...new Set([...dataset.warnings, ...messages])];
  if (all.length === 0 && rejectedRows === 0) return null;
  return (
    <div className="mb-4">
      <Note tone="warn">
        <details>
          <summary className="font-medium">
            {rejectedRows > 0
              ? `${counted(rejectedRows, 'row')} could not be read as the rest and ${rejectedRows === 1 ? 'was' : 'were'} set aside`
              : `${counted(all.length, 'thing')} to know about how this was read`}
          </summary>
          <ul className="mt-2 list-disc pl-5">
            {all.map((message) => (
              <li key={message} className="break-words">
                {message}
              </li>
            ))}
          </ul>
          {rejectedRows > 0 && (
            <Button
              size="small"
              className="mt-2"
              icon={Download}
              onClick={() => void download(`/datasets/${dataset.id}/rejected`).catch(toastFailed)}
            >
              Download those rows
            </Button>
          )}
        </details>
      </Note>
    </div>
  );
}
