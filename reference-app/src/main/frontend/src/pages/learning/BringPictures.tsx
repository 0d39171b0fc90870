import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Job } from '@/api/shapes';
import { upload } from '@/api/upload';
import { Button } from '@/components/Button';
import { Field, Input } from '@/components/fields';
import { JobRow, problemOf, useJob } from '@/components/jobs';
import { onSubmit } from '@/components/onSubmit';
import { ProgressBar } from '@/components/small';
import { ErrorState, Refusal } from '@/components/states';

const SIZE = 64;

/** Makes a data set of an archive of pictures, and tells its id. */
export function BringPictures({ onMade }: { onMade: (dataset: string) => void }) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [size, setSize] = useState(String(SIZE));
  const [typed, setTyped] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const name = typed ?? file?.name.replace(/\.zip$/i, '') ?? '';
  const { job } = useJob(begun, (last) => {
    setEnded(last);
    if (last.state !== 'done' || !last.result) return;
    void client.invalidateQueries({ queryKey: ['datasets'] });
    onMade(last.result.id);
  });
  const bring = useMutation({
    mutationFn: async (archive: File) => {
      setEnded(null);
      const form = new FormData();
      form.append('file', archive);
      const stored = await upload<{ id: string }>('/uploads', form, {
        onProgress: setSent,
        signal: new AbortController().signal,
      });
      return api.post<Job>(`/uploads/${stored.id}/pictures`, { name: name.trim(), size: Number(size) });
    },
    onSuccess: (next) => setBegun(next.id),
    onSettled: () => setSent(null),
  });
  const isMoving = begun !== null && ended === null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={onSubmit(() => {
        if (file) bring.mutate(file);
      })}
    >
      <Field
        label="ZIP archive"
        required
        hint="With a folder of PNG, JPEG, GIF or BMP files for each class, which the data set names in its column “of”."
      >
        <Input
          type="file"
          accept=".zip,application/zip"
          className="h-auto py-1.5 text-sm file:mr-2 file:rounded file:border-0 file:bg-sunken file:px-2 file:py-1 file:text-ink"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name of the data set" required>
          <Input value={name} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Field label="Points a side" required hint="Pictures are brought to this size (4 to 512).">
          <Input type="number" min={4} max={512} value={size} onChange={(event) => setSize(event.target.value)} />
        </Field>
      </div>
      {sent !== null && <ProgressBar value={sent} label="Sending the archive" />}
      {isMoving && job && <JobRow job={job} />}
      {bring.error && <Refusal error={bring.error} />}
      {ended?.state === 'failed' && <ErrorState error={problemOf(ended)} compact />}
      <div>
        <Button type="submit" busy={bring.isPending || isMoving} disabled={!file || name.trim() === ''}>
          Make a data set
        </Button>
      </div>
    </form>
  );
}
