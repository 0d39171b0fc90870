type Listener = (text: string) => void;
let listener: Listener = () => undefined;

/** Says something to screen readers without moving the focus. */
export function announce(text: string): void {
  listener(text);
}

/** Whoever shows the live region. */
export function onAnnounce(next: Listener): void {
  listener = next;
}
