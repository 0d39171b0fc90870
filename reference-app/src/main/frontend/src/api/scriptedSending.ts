import { vi } from 'vitest';

/** For tests: a request with a file, which the test answers when it likes. */
export class ScriptedSending extends EventTarget {
  /** The latest one. */
  static last: ScriptedSending;
  upload = new EventTarget();
  aborted = false;
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = () => undefined;

  constructor(
    readonly status: number,
    readonly responseText: string,
  ) {
    super();
    ScriptedSending.last = this;
  }

  abort() {
    this.aborted = true;
    this.dispatchEvent(new Event('abort'));
  }

  /** So many of its ten bytes are sent. */
  sent(loaded: number) {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total: 10 }));
  }
}

/**
 * For tests: has files answered with a status and a text, and other requests as told. Gives the list in which those are
 * written down; `vi.unstubAllGlobals()` ends it.
 */
export function scriptRequests(status: number, text: string, answer: (path: string) => Response): string[] {
  const asked: string[] = [];
  document.cookie = 'studio-csrf=1';
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends ScriptedSending {
      constructor() {
        super(status, text);
      }
    },
  );
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`);
    return Promise.resolve(answer(path));
  });
  return asked;
}
