import { Check, CircleAlert, LoaderCircle, Minus } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import { classes } from '@/components/classes';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { counted, millis } from '@/components/format';
import { Badge, type Tone } from '@/components/small';
import { toastDone } from '@/components/Toasts';
import { pieces } from './citations';
import type { DocumentStatus, Range, StageState, StudioDocument } from './shapes';
import { stagesOf } from './stages';
import { DOCUMENTS } from './uploads';

const STATUS: Record<DocumentStatus, [Tone, string]> = {
  waiting: ['plain', 'Waiting'],
  running: ['accent', 'Being read'],
  done: ['good', 'Ready'],
  failed: ['bad', 'Failed'],
  cancelled: ['warn', 'Cancelled'],
};

export function StatusBadge({ status }: { status: DocumentStatus }) {
  const [tone, words] = STATUS[status];
  return <Badge tone={tone}>{words}</Badge>;
}

const TONES: Record<StageState, string> = {
  done: 'text-good',
  running: 'font-medium text-accent-strong',
  failed: 'font-medium text-bad',
  cancelled: 'font-medium text-warn',
  waiting: 'text-soft',
  skipped: 'text-soft',
};

/** The stages of a document, each with its state. */
export function Stages({ document, small }: { document: StudioDocument; small?: boolean }) {
  return (
    <ol aria-label="Stages" className="flex flex-wrap items-center gap-x-1 gap-y-1.5">
      {stagesOf(document).map(({ name, title, state, millis: took }, index) => (
        <li key={name} className="flex items-center gap-1">
          {index > 0 && <span aria-hidden className={classes('h-px bg-edge/60', small ? 'w-2' : 'w-3 sm:w-5')} />}
          <span className={classes('inline-flex items-center gap-1 text-xs', TONES[state])}>
            {state === 'done' && <Check size={13} aria-hidden />}
            {state === 'running' && <LoaderCircle size={13} className="animate-spin" aria-hidden />}
            {state === 'failed' && <CircleAlert size={13} aria-hidden />}
            {(state === 'waiting' || state === 'skipped' || state === 'cancelled') && <Minus size={13} aria-hidden />}
            {title}
            <span className="sr-only">: {state}</span>
            {!small && took !== null && <span className="text-soft tabular-nums">{millis(took)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Text in which some places are pointed out. */
export function Marked({ text, ranges, note }: { text: string; ranges: Range[]; note?: string }) {
  return (
    <>
      {pieces(text, ranges).map((piece) =>
        piece.marked ? (
          <mark key={piece.at} title={note} className="rounded-sm bg-accent-wash px-0.5 font-medium text-accent-strong">
            {piece.text}
          </mark>
        ) : (
          <span key={piece.at}>{piece.text}</span>
        ),
      )}
    </>
  );
}

/** Asks before a document goes, and says what goes with it. */
export function DeleteDocument({
  document,
  onClose,
  leave,
}: {
  document: StudioDocument;
  onClose: () => void;
  leave?: boolean;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = async () => {
    await api.remove(`/documents/${document.id}`);
    if (leave) await navigate('/documents');
    client.removeQueries({ queryKey: ['document', document.id] });
    await Promise.all([
      client.invalidateQueries({ queryKey: DOCUMENTS }),
      client.invalidateQueries({ queryKey: ['dashboard'] }),
    ]);
    toastDone(`“${document.name}” is deleted`);
  };
  return (
    <ConfirmDelete
      title={`Delete “${document.name}”?`}
      dependants={`/documents/${document.id}/dependants`}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>This can’t be undone. With it go</p>
      <ul className="my-1.5 list-disc pl-5">
        <li>the file, as it was uploaded</li>
        <li>
          {document.chunks > 0 ? `its ${counted(document.chunks, 'passage')}` : 'its passages'}, their vectors and their
          place in the index
        </li>
      </ul>
      <p>Answers that quote it keep the quotes; their links lead nowhere.</p>
    </ConfirmDelete>
  );
}
