import { Database, FileText, Pencil } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '@/components/Button';
import { CopyButton } from '@/components/CopyButton';
import { counted } from '@/components/format';
import { GrowingBox, pressed } from './Composer';
import { askedOf } from './message';
import type { Message } from './shapes';
import { Switcher } from './Switcher';

/** The text of a question. */
export function QuestionText({ text }: { text: string }) {
  return (
    <p className="ml-auto w-fit max-w-[min(85%,42rem)] rounded-2xl rounded-br-md border bg-surface px-4 py-2.5 break-words whitespace-pre-wrap shadow-card">
      {text}
    </p>
  );
}

/** What a question was about, in a line. */
function About({ message }: { message: Message }) {
  const asked = askedOf(message);
  if (asked === null) return null;
  const { datasetIds, documents } = asked.context;
  return (
    <span className="flex items-center gap-2 text-xs text-soft">
      {datasetIds.length > 0 && (
        <span className="inline-flex items-center gap-1">
          <Database size={12} aria-hidden />
          {counted(datasetIds.length, 'source')}
        </span>
      )}
      {documents && (
        <span className="inline-flex items-center gap-1">
          <FileText size={12} aria-hidden />
          Documents
        </span>
      )}
    </span>
  );
}

/** A question that was asked; changed, it begins a branch beside it. */
export const Question = memo(function Question({
  message,
  isIdle,
  isEditing,
  onEdit,
  onChange,
  onChoose,
}: {
  message: Message;
  isIdle: boolean;
  isEditing: boolean;
  /** Begins or ends to change it. */
  onEdit: (editing: boolean) => void;
  onChange: (text: string) => void;
  onChoose: (number: number) => void;
}) {
  if (isEditing) return <Editor text={message.text} onCancel={() => onEdit(false)} onSend={onChange} />;
  return (
    <article aria-label="Question" className="group/question">
      <QuestionText text={message.text} />
      <div className="mt-1 flex flex-wrap items-center justify-end gap-x-2">
        <About message={message} />
        <Switcher message={message} what="question" isIdle={isIdle} onChoose={onChoose} />
        <span className="flex">
          <CopyButton text={message.text} label="Copy the question" />
          <IconButton
            size="small"
            icon={Pencil}
            label="Change the question"
            disabled={!isIdle}
            onClick={() => onEdit(true)}
          />
        </span>
      </div>
    </article>
  );
});

function Editor({ text, onCancel, onSend }: { text: string; onCancel: () => void; onSend: (text: string) => void }) {
  const [changed, setChanged] = useState(text);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(text.length, text.length);
  }, [text]);
  const isUsable = changed.trim() !== '';
  const send = () => {
    if (isUsable) onSend(changed.trim());
  };
  return (
    <form
      aria-label="Change the question"
      className="ml-auto w-full max-w-[42rem] rounded-xl border border-edge/70 bg-surface p-2 shadow-card"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <GrowingBox
        ref={box}
        value={changed}
        maxLength={100_000}
        aria-label="Question"
        onChange={(event) => setChanged(event.target.value)}
        onKeyDown={(event) => pressed(event, { send, escape: onCancel })}
        className="rounded-md px-2 py-1"
      />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <p className="px-2 text-xs text-soft">What was said after it stays, on a branch of its own.</p>
        <span className="ml-auto flex gap-2">
          <Button size="small" onClick={onCancel}>
            Cancel
          </Button>
          <Button size="small" look="primary" type="submit" disabled={!isUsable}>
            Ask
          </Button>
        </span>
      </div>
    </form>
  );
}
