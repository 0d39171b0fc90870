/** Whether the command key does what the control key does elsewhere. */
export function isMacOs(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
