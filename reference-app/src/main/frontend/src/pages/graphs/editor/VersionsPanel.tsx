import { useQuery, useQueryClient } from '@tanstack/react-query';
import { GitCompareArrows, Tag } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, TextArea } from '@/components/fields';
import { ago, dateTime } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { ErrorState } from '@/components/states';
import { toastDone, toastFailed } from '@/components/Toasts';
import { graphs } from '../client';
import { diff } from '../model/diff';
import { fromSaved, type GraphDocument } from '../model/document';
import { useEditor, useEditorStore } from '../model/editorStore';
import type { Saver } from '../model/saver';
import type { GraphVersion } from '../shapes';
import { DiffView } from './DiffView';

const key = (graph: string) => ['graph', graph, 'versions'];

async function load(graph: string, number: number): Promise<GraphDocument> {
  const version = await graphs.version(graph, number);
  const name = typeof version.graph.name === 'string' ? version.graph.name : version.name;
  const description = typeof version.graph.description === 'string' ? version.graph.description : '';
  return fromSaved(name, description, version.graph);
}

/** The versions of the graph: made, looked at, compared with the draft, brought back. */
export function VersionsPanel({ graph, saver }: { graph: string; saver: Saver }) {
  const store = useEditorStore();
  const mayEdit = useEditor((state) => state.mayEdit);
  const viewed = useEditor((state) => state.viewed);
  const query = useQuery({ queryKey: key(graph), queryFn: () => graphs.versions(graph) });
  const [publishing, setPublishing] = useState(false);
  const [compared, setCompared] = useState<{ number: number; document: GraphDocument } | null>(null);
  const withVersion = async (number: number, then: (document: GraphDocument) => void) => {
    try {
      then(await load(graph, number));
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-soft">
        Changes are saved to the draft by themselves. A version is kept for ever as it is; runs and other graphs can use
        it.
      </p>
      {mayEdit && (
        <div>
          <Button icon={Tag} onClick={() => setPublishing(true)}>
            Publish a version
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {(versions) =>
          versions.length === 0 ? (
            <p className="text-soft">There is no version yet.</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {versions.map((version) => (
                <li key={version.number} className="rounded-md border bg-surface px-3 py-2">
                  <div className="flex items-baseline justify-between gap-2">
                    <span className="font-medium">Version {version.number}</span>
                    <time
                      dateTime={version.createdAt}
                      title={dateTime(version.createdAt)}
                      className="text-xs text-soft"
                    >
                      {ago(version.createdAt)}
                    </time>
                  </div>
                  {version.note && <p className="text-sm break-words">{version.note}</p>}
                  <div className="mt-1.5 flex flex-wrap gap-1.5">
                    {viewed?.number === version.number ? (
                      <Button size="small" onClick={() => store.view(null)}>
                        Back to the draft
                      </Button>
                    ) : (
                      <Button
                        size="small"
                        onClick={() =>
                          void withVersion(version.number, (document) =>
                            store.view({ number: version.number, document }),
                          )
                        }
                      >
                        Open
                      </Button>
                    )}
                    <Button
                      size="small"
                      icon={GitCompareArrows}
                      onClick={() =>
                        void withVersion(version.number, (document) =>
                          setCompared({ number: version.number, document }),
                        )
                      }
                    >
                      Compare
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {publishing && <PublishDialog graph={graph} saver={saver} onClose={() => setPublishing(false)} />}
      {compared && (
        <Dialog
          open
          onClose={() => setCompared(null)}
          title={`From version ${compared.number} to the draft`}
          footer={
            <>
              <Button onClick={() => setCompared(null)}>Close</Button>
              {mayEdit && (
                <Button
                  look="primary"
                  onClick={() => {
                    setCompared(null);
                    void restore(graph, compared.number, saver, (document) => store.load(document));
                  }}
                >
                  Restore version {compared.number}
                </Button>
              )}
            </>
          }
        >
          <DiffView found={diff(compared.document, store.draft)} />
          {mayEdit && (
            <p className="mt-3 text-sm text-soft">
              Restoring makes version {compared.number} the draft. Publish the draft first if it shall be kept.
            </p>
          )}
        </Dialog>
      )}
    </div>
  );
}

/** Makes a version the draft. What is not saved of the draft is saved before, so that the revision is the newest. */
export async function restore(
  graph: string,
  number: number,
  saver: Saver,
  show: (document: GraphDocument) => void,
): Promise<void> {
  try {
    if (!(await saver.flush())) {
      toastFailed(new Error('The draft could not be saved, so nothing was restored'));
      return;
    }
    const restored = await graphs.restore(graph, number);
    const document = fromSaved(restored.name, restored.description, restored.graph);
    saver.took(document, restored.revision);
    show(document);
    toastDone(`Version ${number} is the draft now`);
  } catch (error) {
    toastFailed(error);
  }
}

function PublishDialog({ graph, saver, onClose }: { graph: string; saver: Saver; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const publish = async () => {
    setBusy(true);
    setError(null);
    try {
      if (!(await saver.flush())) throw new Error('The draft could not be saved, so there is no version of it yet');
      const version: GraphVersion = await graphs.publish(graph, note);
      await client.invalidateQueries({ queryKey: key(graph) });
      toastDone(`Published version ${version.number}`);
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Publish a version"
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void publish()}>
            Publish
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="What is new in it" hint="Shown in the list of versions">
          <TextArea value={note} maxLength={4000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {error !== null && <ErrorState error={error} compact />}
      </div>
    </Dialog>
  );
}
