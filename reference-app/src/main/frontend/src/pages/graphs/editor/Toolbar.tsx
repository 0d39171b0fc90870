import {
  ArrowLeft,
  CircleStop,
  CodeXml,
  Copy,
  Download,
  Ellipsis,
  Keyboard,
  List,
  Maximize,
  PanelLeft,
  Play,
  Plus,
  Redo2,
  Search,
  Undo2,
  Waypoints,
  Workflow,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { Link } from 'react-router';
import { Button, IconButton } from '@/components/Button';
import { Menu } from '@/components/Menu';
import { graphs } from '../client';
import { useCanEdit, useEditor, useEditorStore } from '../model/editorStore';
import { hasEnded, useRunView } from '../model/runs';
import type { Saver } from '../model/saver';
import type { KeyActions } from './useKeys';
import { SaveMark } from './SaveMark';

export type View = 'canvas' | 'list';

/** What can be done with the whole graph. */
export function Toolbar({
  graph,
  saver,
  keys,
  view,
  onView,
  palette,
  onPalette,
  onStop,
  onDuplicate,
  onCode,
  starting,
  mayRun,
  narrow,
}: {
  graph: string;
  saver: Saver;
  keys: KeyActions;
  view: View;
  onView: (view: View) => void;
  palette: boolean;
  onPalette: (shown: boolean) => void;
  onStop: () => void;
  onDuplicate: () => void;
  onCode: () => void;
  starting: boolean;
  mayRun: boolean;
  narrow: boolean;
}) {
  const canEdit = useCanEdit();
  const undoes = useEditor((state) => state.history.past.at(-1)?.label);
  const redoes = useEditor((state) => state.history.future[0]?.label);
  const running = useRunView(({ run, live }) => run !== null && live && !hasEnded(run));
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-surface px-2 py-1.5">
      <div className="flex min-w-0 grow items-center gap-1 max-sm:basis-full sm:basis-0">
        <Link
          to="/graphs"
          aria-label="All graphs"
          title="All graphs"
          className="flex size-9 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={17} aria-hidden />
        </Link>
        <GraphName />
        <SaveMark saver={saver} />
      </div>
      <div role="toolbar" aria-label="Graph" className="flex flex-wrap items-center gap-0.5">
        {!narrow && view === 'canvas' && !palette && canEdit && (
          <IconButton icon={PanelLeft} label="Show the nodes to add" onClick={() => onPalette(true)} />
        )}
        {canEdit && <IconButton icon={Plus} label="Add a node (A)" onClick={keys.add} />}
        <IconButton
          icon={Undo2}
          label={undoes === undefined ? 'Undo (Ctrl Z)' : `Undo: ${undoes} (Ctrl Z)`}
          disabled={!canEdit || undoes === undefined}
          onClick={keys.undo}
        />
        <IconButton
          icon={Redo2}
          label={redoes === undefined ? 'Do again (Ctrl Shift Z)' : `Do again: ${redoes} (Ctrl Shift Z)`}
          disabled={!canEdit || redoes === undefined}
          onClick={keys.redo}
        />
        <IconButton icon={Search} label="Find a node (Ctrl F)" onClick={keys.find} />
        {!narrow && view === 'canvas' && (
          <>
            <IconButton icon={Waypoints} label="Arrange the nodes (L)" disabled={!canEdit} onClick={keys.tidy} />
            <IconButton icon={Maximize} label="Show all (F)" onClick={keys.fit} />
            <IconButton icon={ZoomOut} label="Zoom out (−)" className="max-lg:hidden" onClick={keys.zoomOut} />
            <IconButton icon={ZoomIn} label="Zoom in (+)" className="max-lg:hidden" onClick={keys.zoomIn} />
          </>
        )}
        {!narrow && (
          <IconButton
            icon={view === 'canvas' ? List : Workflow}
            label={view === 'canvas' ? 'Show as a list' : 'Show as a canvas'}
            onClick={() => onView(view === 'canvas' ? 'list' : 'canvas')}
          />
        )}
        <Menu
          trigger={<IconButton icon={Ellipsis} label="More" />}
          items={[
            ...(narrow
              ? [
                  { label: 'Arrange the nodes', icon: Waypoints, onSelect: keys.tidy, disabled: !canEdit },
                  { label: 'Show all', icon: Maximize, onSelect: keys.fit },
                ]
              : []),
            { label: 'Export as JSON', icon: Download, href: graphs.exportAddress(graph) },
            { label: 'Run it from a program', icon: CodeXml, onSelect: onCode },
            { label: 'Duplicate the graph', icon: Copy, onSelect: onDuplicate, disabled: !canEdit },
            { label: 'Keys', icon: Keyboard, onSelect: keys.help },
          ]}
        />
        {mayRun &&
          (running ? (
            <Button icon={CircleStop} className="ml-1" onClick={onStop}>
              Stop
            </Button>
          ) : (
            <Button look="primary" icon={Play} className="ml-1" busy={starting} onClick={keys.run}>
              Run
            </Button>
          ))}
      </div>
    </header>
  );
}

function GraphName() {
  const store = useEditorStore();
  const name = useEditor((state) => state.history.present.name);
  const canEdit = useEditor(({ mayEdit, viewed }) => mayEdit && viewed === null);
  return (
    <h1 className="min-w-0 grow sm:max-w-96">
      <input
        aria-label="Name of the graph"
        value={name}
        maxLength={200}
        readOnly={!canEdit}
        onChange={(event) =>
          store.changeWhole('Rename the graph', (document) => ({ ...document, name: event.target.value }), 'name')
        }
        onBlur={() => {
          if (name.trim() === '')
            store.changeWhole('Rename the graph', (document) => ({ ...document, name: 'Untitled graph' }), 'name');
          store.settle();
        }}
        className="w-full min-w-0 truncate rounded-md border border-transparent bg-transparent px-2 py-1 text-lg font-semibold hover:border-edge/60 focus:bg-surface"
      />
    </h1>
  );
}
