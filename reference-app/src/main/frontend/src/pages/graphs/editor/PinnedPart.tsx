import { Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import type { Json, SavedNode } from '../shapes';
import { pinnedOutputs, withPin } from '../model/document';
import { useCanEdit, useEditorStore } from '../model/editorStore';
import { EditValues } from './EditValues';
import { Values } from './ValueView';

/** What is pinned at a node: shown, changed, taken away. */
export function PinnedPart({ node }: { node: SavedNode }) {
  const store = useEditorStore();
  const canEdit = useCanEdit();
  const [editing, setEditing] = useState(false);
  const pinned = pinnedOutputs(node);
  if (pinned === null) return null;
  const set = (outputs: Json | null, label: string) => {
    store.change(label, (document) => withPin(document, node.id, outputs));
    setEditing(false);
  };
  return (
    <section
      aria-label="Pinned outputs"
      className="flex flex-col gap-2 rounded-md border border-accent/40 bg-accent-wash p-3"
    >
      <h4 className="flex items-center gap-1.5 text-sm font-medium">
        <Pin size={14} aria-hidden /> Pinned outputs
      </h4>
      <p className="text-xs text-soft">
        Runs of the draft from this editor take these instead of running the node. Versions and programs run it as ever.
      </p>
      {editing ? (
        <EditValues
          values={pinned}
          onCancel={() => setEditing(false)}
          actions={[{ label: 'Pin these', onSelect: (values) => set(values, 'Change what is pinned') }]}
        />
      ) : (
        <>
          <Values values={pinned} />
          <div className="flex flex-wrap gap-1.5">
            <Button size="small" disabled={!canEdit} onClick={() => setEditing(true)}>
              Change
            </Button>
            <Button size="small" icon={PinOff} disabled={!canEdit} onClick={() => set(null, 'Unpin')}>
              Unpin
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
