import { ArrowRightFromLine, Pin, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Badge, Note } from '@/components/small';
import { toastFailed } from '@/components/Toasts';
import { runs as routes } from '../client';
import type { Json, RunPart, SavedNode } from '../shapes';
import { withPin } from '../model/document';
import { isForEach, useCanEdit, useEditor, useEditorStore } from '../model/editorStore';
import { useNodeView, useRunView, type NodeView } from '../model/runs';
import { EditValues } from './EditValues';
import { StateMark } from './StateMark';
import { usageOf } from './usage';
import { Values } from './ValueView';

/** Runs a part of the graph around a node, which may be given other inputs than what leads to it. */
export type RunNode = (id: string, part?: RunPart, nodeInputs?: Json) => void;

/** The outputs of a node in a run, whole; those that a run shows are cut where they are long. */
async function wholeOutputs(run: string, place: string, view: NodeView): Promise<Json> {
  const whole = view.cut ? (await routes.get(run)).nodes.find(({ nodeId }) => nodeId === place) : view;
  if (!whole?.outputs || whole.cut) throw new Error('What it gave is too long to be pinned');
  return whole.outputs;
}

/** What a node did in the run that shows, and what can be done with that: pinned, or run again with other inputs. */
export function NodeRunPart({ node, onRunNode }: { node: SavedNode; onRunNode: RunNode | null }) {
  const store = useEditorStore();
  const view = useNodeView(node.id);
  const run = useRunView((now) => now.run?.id);
  const role = useEditor((state) => state.types.get(node.type)?.role);
  // What each element of a map brings can't be replaced by one thing.
  const forEach = useEditor(isForEach);
  const canEdit = useCanEdit();
  const [editing, setEditing] = useState(false);
  if (view === undefined || view.state === 'idle') return null;
  const { inputs, outputs } = view;
  const hasInputs = inputs !== null && Object.keys(inputs).length > 0;
  const pins = canEdit && run !== undefined && role !== 'input' && role !== 'output' && view.state !== 'pinned';
  const pin = async () => {
    try {
      const whole = await wholeOutputs(run ?? '', view.nodeId, view);
      store.change('Pin its outputs', (document) => withPin(document, node.id, whole));
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <section className="flex flex-col gap-2.5 border-t pt-3">
      <div className="flex items-center justify-between gap-2">
        <h4 className="text-sm font-medium">In this run</h4>
        <StateMark state={view.state} detail={usageOf(view)} />
      </div>
      {view.error && (
        <Note tone="bad">
          <p className="font-medium">{view.error.what}</p>
          <p className="text-sm">{view.error.mend}</p>
          <p className="mt-1">
            <Badge tone="bad">{view.error.code}</Badge>
          </p>
        </Note>
      )}
      {view.text !== '' && outputs === null && <Values title="Written so far" values={{ text: view.text }} />}
      {inputs && !editing && <Values title="What it was given" values={inputs} />}
      {hasInputs && onRunNode !== null && role !== 'input' && !view.cut && !forEach && (
        <RunAgain
          inputs={inputs}
          editing={editing}
          onEdit={setEditing}
          onRun={(...what) => onRunNode(node.id, ...what)}
        />
      )}
      {outputs && <Values title="What it gave" values={outputs} />}
      {outputs && pins && Object.keys(outputs).length > 0 && (
        <div>
          <Button size="small" icon={Pin} onClick={() => void pin()}>
            Pin what it gave
          </Button>
        </div>
      )}
    </section>
  );
}

/** The inputs that a node had, to be changed and run with. */
function RunAgain({
  inputs,
  editing,
  onEdit,
  onRun,
}: {
  inputs: Json;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onRun: (part: RunPart, inputs: Json) => void;
}) {
  if (!editing) {
    return (
      <div>
        <Button size="small" onClick={() => onEdit(true)}>
          Run again with other inputs
        </Button>
      </div>
    );
  }
  return (
    <EditValues
      title="Run it again with"
      values={inputs}
      onCancel={() => onEdit(false)}
      actions={[
        { label: 'Run it', icon: Play, onSelect: (values) => onRun('node', values) },
        { label: 'Run from here', icon: ArrowRightFromLine, onSelect: (values) => onRun('from', values) },
      ]}
    />
  );
}
