import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { upload } from '@/api/upload';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { onSubmit } from '@/components/onSubmit';
import { Refusal } from '@/components/states';
import type { ModelCard } from './shapes';
import { listOf } from './words';

/** A button that has an ONNX file chosen, and asks what is not in it. */
export function ImportOnnx() {
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".onnx"
        aria-label="ONNX file"
        className="hidden"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          event.target.value = '';
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        Import ONNX
      </Button>
      {file && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </>
  );
}

function ImportDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const [name, setName] = useState(file.name.replace(/\.onnx$/i, ''));
  const [target, setTarget] = useState('');
  const [columns, setColumns] = useState('');
  const [classes, setClasses] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const sending = useRef<AbortController | null>(null);
  const add = useMutation({
    mutationFn: () => {
      const form = new FormData();
      form.append('file', file);
      form.append('name', name.trim());
      form.append('target', target.trim());
      listOf(columns).forEach((column) => form.append('columns', column));
      listOf(classes).forEach((each) => form.append('classes', each));
      sending.current = new AbortController();
      return upload<ModelCard>('/trained-models/import', form, {
        signal: sending.current.signal,
        onProgress: () => undefined,
      });
    },
    onSuccess: async (card) => {
      await client.invalidateQueries({ queryKey: ['trained-models'] });
      void navigate(`/learning/${card.model.id}`);
    },
  });
  const close = () => {
    sending.current?.abort();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Import an ONNX model"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="import-onnx" look="primary" busy={add.isPending}>
            Import
          </Button>
        </>
      }
    >
      <form id="import-onnx" className="flex flex-col gap-4" onSubmit={onSubmit(() => add.mutate())}>
        <p className="break-words text-soft">
          {file.name}. A model that Studio exported takes columns of your data again. Of others, say here what the file
          does not.
        </p>
        <Field label="Name" required>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Column that it predicts" hint="Names what it tells.">
          <Input value={target} maxLength={200} onChange={(event) => setTarget(event.target.value)} />
        </Field>
        <Field label="Columns that it is given" hint="In the order of its inputs, with commas between them.">
          <Input value={columns} placeholder="length, width" onChange={(event) => setColumns(event.target.value)} />
        </Field>
        <Field label="Classes that it tells" hint="In the order of their shares, with commas between them.">
          <Input value={classes} placeholder="no, yes" onChange={(event) => setClasses(event.target.value)} />
        </Field>
        {add.error && <Refusal error={add.error} />}
      </form>
    </Dialog>
  );
}
