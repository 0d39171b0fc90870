import { useId, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field, Select } from '@/components/fields';
import { Note } from '@/components/small';
import { between, Connector, nameOfNode, nameOfPort, type Place } from '../model/connect';
import { useEditor, useEditorStore, useShownDocument } from '../model/editorStore';
import { NO_PORTS } from '../model/ports';
import { described, parseType } from '../model/portTypes';

const key = (place: Place) => JSON.stringify([place.node, place.kind, place.port.name]);

/** Connects two nodes without a mouse. */
export function ConnectDialog({ node, onClose }: { node: string; onClose: () => void }) {
  const store = useEditorStore();
  const id = useId();
  const document = useShownDocument();
  const ports = useEditor((state) => state.ports);
  const [mine, setMine] = useState('');
  const [theirs, setTheirs] = useState('');
  const [why, setWhy] = useState<string | null>(null);
  const own = ports.get(node) ?? NO_PORTS;
  const places: Place[] = [
    ...own.outputs.map((port) => ({ node, kind: 'output' as const, port })),
    ...own.inputs.map((port) => ({ node, kind: 'input' as const, port })),
  ].filter(({ port }) => !port.missing);
  const from = places.find((place) => key(place) === mine) ?? places[0];
  const wires = store.wires;
  const connector = new Connector(wires);
  const all =
    from === undefined
      ? []
      : others(
          from,
          document.nodes.map((one) => one.id),
          ports,
        );
  const offered = all.map((place) => ({ place, refusal: from ? connector.refusal(between(from, place)) : null }));
  const fitting = offered.filter(({ refusal }) => refusal === null);
  const refused = offered.filter(({ refusal }) => refusal !== null);
  const to = offered.find(({ place }) => key(place) === theirs)?.place ?? fitting[0]?.place;
  const connect = () => {
    if (from === undefined || to === undefined) return;
    const refusal = store.connect(between(from, to));
    if (refusal === null) onClose();
    else setWhy(refusal);
  };
  const words = (place: Place) =>
    `${nameOfNode(wires, place.node)} · ${nameOfPort(place.port)} (${described(parseType(place.port.type))})`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Connect ${nameOfNode(wires, node)}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={to === undefined} onClick={connect}>
            Connect
          </Button>
        </>
      }
    >
      {from === undefined ? (
        <p>This node has nothing to connect.</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Field label="From this node" required>
            <Select
              value={key(from)}
              onChange={(event) => {
                setMine(event.target.value);
                setTheirs('');
                setWhy(null);
              }}
            >
              {places.map((place) => (
                <option key={key(place)} value={key(place)}>
                  {place.kind === 'output' ? 'Output' : 'Input'} {nameOfPort(place.port)} (
                  {described(parseType(place.port.type))})
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={from.kind === 'output' ? 'To the input' : 'From the output'}
            required
            hint={fitting.length === 0 ? 'Nothing here fits; add a node, or see below why not' : undefined}
          >
            <Select
              value={to === undefined ? '' : key(to)}
              disabled={fitting.length === 0}
              onChange={(event) => {
                setTheirs(event.target.value);
                setWhy(null);
              }}
            >
              {fitting.map(({ place }) => (
                <option key={key(place)} value={key(place)}>
                  {words(place)}
                </option>
              ))}
            </Select>
          </Field>
          {why && <Note tone="bad">{why}</Note>}
          {refused.length > 0 && (
            <details className="text-sm">
              <summary className="text-soft">
                Why {refused.length} other place{refused.length === 1 ? ' does' : 's do'} not fit
              </summary>
              <ul aria-labelledby={id} className="mt-1 flex flex-col gap-1">
                {refused.map(({ place, refusal }) => (
                  <li key={key(place)}>
                    <span className="font-medium">{words(place)}</span>: <span className="text-soft">{refusal}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </Dialog>
  );
}

function others(
  from: Place,
  nodes: readonly string[],
  ports: ReadonlyMap<string, { inputs: readonly Place['port'][]; outputs: readonly Place['port'][] }>,
): Place[] {
  const kind = from.kind === 'output' ? 'input' : 'output';
  return nodes.flatMap((node) =>
    (ports.get(node)?.[kind === 'input' ? 'inputs' : 'outputs'] ?? []).map((port) => ({ node, kind, port }) as Place),
  );
}
