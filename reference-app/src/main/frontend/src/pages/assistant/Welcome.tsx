import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, Database, MessagesSquare, Sparkles } from 'lucide-react';
import { api } from '@/api/http';
import { useMay } from '@/app/session';
import { Button, ButtonLink } from '@/components/Button';
import { Skeleton } from '@/components/states';
import { toastFailed } from '@/components/Toasts';
import { useFirstQuestions } from './data';

/** Where nothing was asked yet: questions to click, or data to begin with. */
export function Welcome({ onAsk }: { onAsk: (question: string, datasetId: string) => void }) {
  const { questions, isPending } = useFirstQuestions();
  const client = useQueryClient();
  const mayAdd = useMay('dataset:edit');
  const samples = useMutation({
    mutationFn: () => api.post('/samples'),
    onSuccess: () => client.invalidateQueries(),
    onError: toastFailed,
  });
  return (
    <div className="mx-auto flex w-full max-w-2xl grow flex-col justify-center py-10">
      <MessagesSquare size={30} strokeWidth={1.5} className="text-accent" aria-hidden />
      <h2 className="mt-3 text-2xl font-semibold tracking-tight">What do you want to know?</h2>
      <p className="mt-1 max-w-prose text-soft">
        Ask in your own words. Every answer shows how it was read, what was computed, and where it comes from.
      </p>
      {isPending && (
        <div className="mt-6">
          <Skeleton lines={3} label="Loading questions to begin with" />
        </div>
      )}
      {questions.length > 0 && (
        <ul aria-label="Questions to begin with" className="mt-6 grid gap-2">
          {questions.slice(0, 3).map(({ datasetId, datasetName, question }) => (
            <li key={datasetId + question}>
              <button
                type="button"
                onClick={() => onAsk(question, datasetId)}
                className="group flex min-h-12 w-full items-center gap-3 rounded-lg border bg-surface px-4 py-2.5 text-left shadow-card hover:border-accent/60 hover:bg-hover"
              >
                <span className="min-w-0 grow">
                  {question}
                  <span className="block text-xs break-all text-soft">{datasetName}</span>
                </span>
                <ArrowRight size={16} className="shrink-0 text-soft group-hover:text-accent" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!isPending && questions.length === 0 && mayAdd && (
        <div className="mt-6 flex flex-wrap gap-2">
          <ButtonLink look="primary" icon={Database} to="/datasets?add=file">
            Add your data
          </ButtonLink>
          <Button icon={Sparkles} busy={samples.isPending} onClick={() => samples.mutate()}>
            Try with sample data
          </Button>
        </div>
      )}
    </div>
  );
}
