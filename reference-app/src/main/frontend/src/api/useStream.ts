import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from './problem';
import { openSocket, type Socket, type SocketOptions, type SocketState } from './socket';
import { stream, type StreamEvent } from './stream';

/**
 * Follows server-sent events of a GET route while the component shows.
 *
 * @param path of the route; null follows nothing
 * @param ends types of events after which nothing more comes
 */
export function useEvents<T>(path: string | null, ends: string[], onEvent: (event: StreamEvent<T>) => void) {
  const handler = useRef(onEvent);
  const [failed, setFailed] = useState<{ path: string; problem: ApiProblem } | null>(null);
  const [interrupted, setInterrupted] = useState(false);
  const endings = ends.join();
  useEffect(() => {
    handler.current = onEvent;
  });
  useEffect(() => {
    if (path === null) return undefined;
    const stop = new AbortController();
    stream<T>(path, {
      ends: endings.split(','),
      signal: stop.signal,
      onEvent: (event) => handler.current(event),
      onInterrupted: setInterrupted,
    }).catch((error: unknown) => setFailed({ path, problem: ApiProblem.of(error) }));
    return () => stop.abort();
  }, [path, endings]);
  return { problem: failed?.path === path ? failed.problem : null, interrupted };
}

/**
 * Follows a WebSocket while the component shows.
 *
 * @param path such as `/ws/runs/ID`; null connects to nothing
 */
export function useSocket<T>(path: string | null, options: SocketOptions<T>) {
  const latest = useRef(options);
  const socket = useRef<Socket | null>(null);
  const [state, setState] = useState<SocketState>('closed');
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (path === null) return undefined;
    const opened = openSocket<T>(path, {
      onFrame: (frame) => latest.current.onFrame(frame),
      onState: (now) => {
        setState(now);
        latest.current.onState?.(now);
      },
      sequence: (frame) => latest.current.sequence?.(frame),
    });
    socket.current = opened;
    return () => {
      socket.current = null;
      opened.close();
    };
  }, [path]);
  return { state, send: (frame: unknown) => socket.current?.send(frame) };
}
