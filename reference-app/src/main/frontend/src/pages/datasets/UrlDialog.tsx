import { useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { ProgressBar } from '@/components/small';
import { ErrorState } from '@/components/states';
import { dismiss, fetchUrl, useImports } from './imports';
import { LookDialog } from './LookDialog';

/** Asks for the address of a file that the server fetches, then shows what is in it before it is imported. */
export function UrlDialog({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState('');
  const [id, setId] = useState<number | null>(null);
  const imports = useImports();
  const one = id === null ? undefined : imports.find((each) => each.id === id);
  if (one?.stage === 'waiting') return <LookDialog one={one} onClose={onClose} />;
  const fetching = one !== undefined && one.stage !== 'failed' && one.stage !== 'cancelled';
  const begin = () => {
    if (id !== null) dismiss(id);
    setId(fetchUrl(url.trim()));
  };
  return (
    <Dialog
      open
      onClose={() => {
        if (one?.stage === 'failed') dismiss(one.id);
        onClose();
      }}
      title="Import from a URL"
      footer={
        <>
          <Button
            onClick={() => {
              if (fetching) one.cancel();
              else if (one !== undefined) dismiss(one.id);
              onClose();
            }}
          >
            Cancel
          </Button>
          <Button type="submit" form="import-url" look="primary" busy={fetching}>
            Look at it
          </Button>
        </>
      }
    >
      <form id="import-url" className="flex flex-col gap-4" onSubmit={onSubmit(begin)}>
        <Field
          label="Address"
          required
          hint="Of a public file: https://…  Addresses inside the server’s own network are refused. Nothing is imported before you have seen it."
        >
          <Input
            type="url"
            pattern="https?://.+"
            placeholder="https://example.org/sales.csv"
            value={url}
            readOnly={fetching}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        {fetching && (
          <div role="status" className="flex flex-col gap-1.5 text-sm text-soft">
            Fetching{one.progress !== null && ` ${Math.round(one.progress * 100)} %`}
            <ProgressBar value={one.progress} label="Fetching the file" />
          </div>
        )}
        {one?.problem && <ErrorState error={one.problem} compact />}
      </form>
    </Dialog>
  );
}
