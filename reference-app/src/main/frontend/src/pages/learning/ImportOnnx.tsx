import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { upload } from '@/api/upload';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Input } from '@/components/fields';
import { bytes } from '@/components/format';
import { onSubmit } from '@/components/onSubmit';
import { Refusal } from '@/components/states';
import type { ModelCard } from './shapes';
import { listOf } from './words';

/** As the server takes them. */
const MOST_BYTES = 64 * 2 ** 20;

const nameOf = (file: File) => file.name.replace(/\.onnx$/i, '');

/** A button that has an ONNX file chosen, and asks what is not in it. */
export function ImportOnnx() {
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".onnx"
        aria-label="ONNX file"
        className="hidden"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) setFile(chosen);
          event.target.value = '';
        }}
      />
      <Button icon={FileUp} onClick={choose}>
        Import ONNX
      </Button>
      {file && <ImportDialog file={file} onOther={choose} onClose={() => setFile(null)} />}
    </>
  );
}

function ImportDialog({ file, onOther, onClose }: { file: File; onOther: () => void; onClose: () => void }) {
  const [typedName, setName] = useState<string | null>(null);
  const [target, setTarget] = useState('');
  const [columns, setColumns] = useState('');
  const [classes, setClasses] = useState('');
  const [sent, setSent] = useState(0);
  const client = useQueryClient();
  const navigate = useNavigate();
  const sending = useRef<AbortController | null>(null);
  const first = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which gives the focus to its first button.
  useLayoutEffect(() => first.current?.focus(), []);
  const name = typedName ?? nameOf(file);
  const isTooLarge = file.size > MOST_BYTES;
  const add = useMutation({
    mutationFn: () => {
      const form = new FormData();
      form.append('file', file);
      form.append('name', name.trim());
      form.append('target', target.trim());
      listOf(columns).forEach((column) => form.append('columns', column));
      listOf(classes).forEach((each) => form.append('classes', each));
      sending.current = new AbortController();
      setSent(0);
      return upload<ModelCard>('/trained-models/import', form, {
        signal: sending.current.signal,
        onProgress: setSent,
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
  const other = () => {
    add.reset();
    onOther();
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Import an ONNX model"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="import-onnx" look="primary" busy={add.isPending} disabled={isTooLarge}>
            Import
          </Button>
        </>
      }
    >
      <form id="import-onnx" className="flex flex-col gap-4" onSubmit={onSubmit(() => add.mutate())}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border bg-surface p-3">
          <FileUp size={20} className="shrink-0 text-soft" aria-hidden />
          <div className="min-w-32 flex-1">
            <p className="font-medium break-words">{file.name}</p>
            <p className={isTooLarge ? 'text-xs font-medium text-bad' : 'text-xs text-soft'}>
              {bytes(file.size)}
              {isTooLarge && ', and at most 64 MiB can be imported. Train fewer or smaller trees.'}
            </p>
          </div>
          <Button onClick={other} disabled={add.isPending}>
            Choose another
          </Button>
        </div>
        <p className="text-soft">
          A model that Studio exported says all of this itself, and takes columns of your data. Of others, say here what
          the file does not.
        </p>
        <Field label="Name" required>
          <Input ref={first} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Column that it predicts" hint="Stands beside its predictions, such as kind or price.">
          <Input value={target} maxLength={200} onChange={(event) => setTarget(event.target.value)} />
        </Field>
        <Field label="Columns that it is given" hint="In the order of its inputs, with commas between them.">
          <Input value={columns} placeholder="length, width" onChange={(event) => setColumns(event.target.value)} />
        </Field>
        <Field label="Classes that it tells" hint="In the order of their shares, with commas between them.">
          <Input value={classes} placeholder="no, yes" onChange={(event) => setClasses(event.target.value)} />
        </Field>
        {add.isPending && (
          <p role="status" className="text-sm text-soft">
            {sent < 1 ? 'The file is sent' : 'It is checked, and tried on rows of zeros'}
          </p>
        )}
        {add.error && <Refusal error={add.error} />}
      </form>
    </Dialog>
  );
}
