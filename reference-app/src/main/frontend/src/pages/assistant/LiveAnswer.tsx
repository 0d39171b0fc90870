import { LoaderCircle, WifiOff } from 'lucide-react';
import { AnswerBody, AnswerHead, Tools } from './Answer';
import { ApprovalCard } from './ApprovalCard';
import type { Live } from './talk';
import { doing, draftsShown } from './turn';

/** An answer while it is written: plain text, which becomes Markdown when it is whole. */
export function LiveAnswer({ live, titleOf }: { live: Live; titleOf: (agent: string) => string }) {
  const { turn, phase } = live;
  const drafts = draftsShown(turn);
  const agents = turn.routing?.agents ?? [];
  const activity = { sending: 'Sending', stopping: 'Stopping', interrupted: null, answering: doing(turn, titleOf) }[
    phase
  ];
  return (
    // Read aloud by sentences elsewhere, and not by tokens here.
    <article aria-label="Answer being written" aria-live="off">
      <AnswerHead agents={agents} why={turn.routing?.why} by={turn.routing?.by} titleOf={titleOf} />
      <AnswerBody busy>
        {drafts.map((draft) => (
          <div key={draft.agent} className="break-words whitespace-pre-wrap">
            {drafts.length > 1 && <p className="font-semibold">{titleOf(draft.agent)}</p>}
            {draft.text}
            {draft.typing && activity === null && (
              <span
                className="ml-0.5 inline-block h-4 w-1.5 translate-y-0.5 animate-pulse rounded-sm bg-accent"
                aria-hidden
              />
            )}
          </div>
        ))}
        {turn.tools.length > 0 && (
          <div className="overflow-hidden rounded-lg border bg-sunken/40">
            <Tools tools={turn.tools} />
          </div>
        )}
        {turn.answer === null &&
          turn.approvals.map((wanted) => (
            <ApprovalCard key={wanted.approval} conversation={live.conversation} wanted={wanted} titleOf={titleOf} />
          ))}
        {activity && (
          <p className="flex items-center gap-2 text-soft">
            <LoaderCircle size={15} className="shrink-0 animate-spin" aria-hidden />
            {activity}…
          </p>
        )}
        {phase === 'interrupted' && (
          <p role="status" className="flex items-center gap-2 text-warn">
            <WifiOff size={15} className="shrink-0" aria-hidden />
            The connection is gone; the answer goes on when it is back.
          </p>
        )}
      </AnswerBody>
    </article>
  );
}
