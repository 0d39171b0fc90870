import { Check, CloudOff, LoaderCircle, Pencil, TriangleAlert } from 'lucide-react';
import { useStore } from '../model/store';
import type { Saver } from '../model/saver';

const LOOKS = {
  saved: { icon: Check, words: 'Saved', tone: 'text-soft' },
  unsaved: { icon: Pencil, words: 'Not saved yet', tone: 'text-soft' },
  saving: { icon: LoaderCircle, words: 'Saving…', tone: 'text-soft' },
  waiting: { icon: CloudOff, words: 'Kept here; saving again soon', tone: 'text-warn' },
  failed: { icon: TriangleAlert, words: 'Could not be saved', tone: 'text-bad' },
  conflict: { icon: TriangleAlert, words: 'Changed elsewhere', tone: 'text-bad' },
};

/** Whether the server has what shows. */
export function SaveMark({ saver }: { saver: Saver }) {
  const save = useStore(saver, (state) => state.save);
  const { icon: Icon, words, tone } = LOOKS[save.state];
  const why = 'problem' in save ? `${save.problem.message}. ${save.problem.mend}` : undefined;
  return (
    <span title={why} className={`flex items-center gap-1 text-xs whitespace-nowrap ${tone}`}>
      <Icon size={13} className={save.state === 'saving' ? 'animate-spin' : ''} aria-hidden />
      {words}
    </span>
  );
}
