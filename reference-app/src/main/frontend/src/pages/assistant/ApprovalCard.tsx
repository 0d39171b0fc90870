import { useMutation } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useEffect, useId } from 'react';
import { api } from '@/api/http';
import { announce } from '@/components/announce';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/states';
import { pretty } from './Answer';
import type { WantedApproval } from './turn';

const EFFECTS: Record<WantedApproval['effect'], string> = {
  write: 'It changes data of your organisation.',
  external: 'It reaches beyond Studio: what is sent there can’t be taken back.',
};

/** Asks whether a tool that does more than read may run, this once. */
export function ApprovalCard({
  conversation,
  wanted,
  titleOf,
}: {
  conversation: string;
  wanted: WantedApproval;
  titleOf: (agent: string) => string;
}) {
  const { approval, agent, tool, effect } = wanted;
  const id = useId();
  const who = titleOf(agent);
  // The card goes when the server tells that it was decided.
  const decide = useMutation({
    mutationFn: (approved: boolean) => api.post(`/conversations/${conversation}/approve`, { approval, approved }),
  });
  useEffect(() => announce(`${who} wants to use ${tool}, and waits for you`), [who, tool]);
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-lg border border-warn/50 bg-warn-wash p-3 text-ink"
    >
      <div className="flex gap-2.5">
        <ShieldQuestion size={18} className="mt-0.5 shrink-0 text-warn" aria-hidden />
        <div className="min-w-0">
          <h2 id={id} className="font-medium">
            May {who} use <span className="font-mono text-[0.94em] break-all">{tool}</span>?
          </h2>
          <p>{EFFECTS[effect]} A document or web page may have asked for it, so look at what it is given.</p>
        </div>
      </div>
      {/* Wrapped, as what is decided about must be seen whole. */}
      <pre
        // Focusable, so that it scrolls by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={`What ${tool} is given`}
        className="max-h-80 overflow-auto rounded-md border bg-surface px-3 py-2.5 font-mono text-sm break-words whitespace-pre-wrap"
      >
        {pretty(wanted.arguments)}
      </pre>
      {decide.error && <ErrorState error={decide.error} compact />}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          size="small"
          busy={decide.isPending && decide.variables === true}
          disabled={decide.isPending || decide.isSuccess}
          onClick={() => decide.mutate(true)}
        >
          Allow it once
        </Button>
        <Button
          size="small"
          busy={decide.isPending && decide.variables === false}
          disabled={decide.isPending || decide.isSuccess}
          onClick={() => decide.mutate(false)}
        >
          Don’t allow it
        </Button>
      </div>
    </section>
  );
}
