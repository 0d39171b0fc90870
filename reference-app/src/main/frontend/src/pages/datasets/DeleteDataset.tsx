import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import type { DatasetDetail } from '@/api/shapes';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { counted } from '@/components/format';
import { toastDone } from '@/components/Toasts';
import { useVersions } from './VersionsTab';

/** Asks before a version, or all of a data set, goes, and says what rests on it. */
export function DeleteDataset({ dataset, onClose }: { dataset: DatasetDetail; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const versions = useVersions(dataset.id).data ?? [];
  const [all, setAll] = useState(false);
  const several = versions.length > 1;
  const remove = async () => {
    await api.remove(`/datasets/${dataset.id}`, { query: { allVersions: all } });
    toastDone(`${several && !all ? `Version ${dataset.version} of ${dataset.name}` : dataset.name} is deleted`);
    await navigate('/datasets', { replace: true });
    client.removeQueries({ queryKey: ['datasets', dataset.id] });
    await client.invalidateQueries({ queryKey: ['datasets'] });
  };
  return (
    <ConfirmDelete
      title={`Delete “${dataset.name}”?`}
      dependants={`/datasets/${dataset.id}/dependants?allVersions=${all}`}
      onConfirm={remove}
      onClose={onClose}
    >
      {several && (
        <fieldset className="mb-3 flex flex-col gap-1.5 text-ink">
          <legend className="sr-only">What is deleted</legend>
          <Choice checked={!all} onChoose={() => setAll(false)}>
            Version {dataset.version} only
          </Choice>
          <Choice checked={all} onChoose={() => setAll(true)}>
            All {counted(versions.length, 'version')}
          </Choice>
        </fieldset>
      )}
      <p>Its rows, its profile and the answers kept about it are deleted for good.</p>
    </ConfirmDelete>
  );
}

function Choice({
  checked,
  onChoose,
  children,
}: {
  checked: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}) {
  return (
    <label className="flex w-fit items-center gap-2">
      <input type="radio" name="versions" className="size-4 accent-accent" checked={checked} onChange={onChoose} />
      {children}
    </label>
  );
}
