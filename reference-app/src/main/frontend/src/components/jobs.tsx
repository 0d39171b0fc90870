import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/http';
import { ApiProblem } from '@/api/problem';
import type { Job } from '@/api/shapes';
import { useEvents } from '@/api/useStream';
import { useMay } from '@/app/session';
import { IconButton } from './Button';
import { ProgressBar } from './small';
import { toastFailed } from './Toasts';

const ENDS = ['done', 'failed', 'cancelled'];

/** A job in words: `dataset-import` becomes `Dataset import`. */
export function jobTitle(kind: string): string {
  const words = kind.replace(/[-_.]+/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One job with its progress, and a button that cancels it. */
export function JobRow({ job }: { job: Job }) {
  const client = useQueryClient();
  const mayCancel = useMay('job:edit');
  const cancel = useMutation({
    mutationFn: () => api.post(`/jobs/${job.id}/cancel`),
    onSuccess: () => client.invalidateQueries(),
    onError: toastFailed,
  });
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <div className="mb-1 flex justify-between gap-3 text-sm">
          <span className="truncate">{job.message || jobTitle(job.kind)}</span>
          <span className="shrink-0 text-soft tabular-nums">
            {job.progress === null ? (job.state === 'queued' ? 'waiting' : '') : `${Math.round(job.progress * 100)} %`}
          </span>
        </div>
        <ProgressBar value={job.progress} label={job.message || jobTitle(job.kind)} />
      </div>
      {mayCancel && (
        <IconButton size="small" icon={X} label="Cancel" busy={cancel.isPending} onClick={() => cancel.mutate()} />
      )}
    </div>
  );
}

/** Follows a job until it has ended. */
export function useJob(id: string | null, onEnd: (job: Job) => void) {
  const [job, setJob] = useState<Job | null>(null);
  const { problem } = useEvents<Job>(id === null ? null : `/jobs/${id}/events`, ENDS, ({ type, data }) => {
    setJob(data);
    if (ENDS.includes(type)) onEnd(data);
  });
  return { job: job?.id === id ? job : null, problem };
}

/** Why a job failed, as a problem to show. */
export function problemOf(job: Job): ApiProblem {
  const { what, code, mend } = job.error ?? {};
  return ApiProblem.told({
    detail: what ?? 'The job failed',
    code: code ?? 'JOB_FAILED',
    mend: mend ?? '',
    traceId: job.id,
  });
}
