import { Dialog } from '@/components/Dialog';
import { Key } from '@/components/small';

const ROWS: [string, string[]][] = [
  ['Add a node at the pointer', ['A']],
  ['Find or add a node', ['Ctrl F']],
  ['Connect the selected node to…', ['C']],
  ['Move the selected nodes', ['Arrow keys', 'Shift + arrow keys']],
  ['Next or previous node', ['Tab', 'Shift Tab']],
  ['Select everything', ['Ctrl A']],
  ['Undo, do again', ['Ctrl Z', 'Ctrl Shift Z']],
  ['Copy, cut, paste, duplicate', ['Ctrl C', 'Ctrl X', 'Ctrl V', 'Ctrl D']],
  ['Delete what is selected', ['Delete']],
  ['Run the graph', ['Ctrl Enter']],
  ['Save now', ['Ctrl S']],
  ['Zoom in, out, to 100 %', ['+', '−', '0']],
  ['Show all of the graph', ['F']],
  ['Arrange the nodes', ['L']],
  ['This list', ['?']],
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys of the graph editor">
      <dl className="grid grid-cols-[1fr_max-content] gap-x-6 gap-y-2">
        {ROWS.map(([what, keys]) => (
          <div key={what} className="contents">
            <dt>{what}</dt>
            <dd className="flex justify-end gap-1">
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-soft">
        Single letters work while the canvas has the focus. The list view does all of it with buttons.
      </p>
    </Dialog>
  );
}
