import { useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { importUrl } from './imports';

/** Asks for the address of a file that the server fetches. */
export function UrlDialog({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const send = () => {
    importUrl(url.trim(), name.trim());
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import from a URL"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="import-url" look="primary">
            Import
          </Button>
        </>
      }
    >
      <form id="import-url" className="flex flex-col gap-4" onSubmit={onSubmit(send)}>
        <Field
          label="Address"
          required
          hint="Of a public file: https://…  Addresses inside the server’s own network are refused."
        >
          <Input
            type="url"
            pattern="https?://.+"
            placeholder="https://example.org/sales.csv"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <Field label="Name" hint="What it is called here; the name of the file if left empty.">
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
