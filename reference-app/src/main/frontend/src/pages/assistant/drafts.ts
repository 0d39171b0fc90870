const KEY = 'studio-question-';

/** What was written for a conversation and not sent yet, kept as long as the tab is open. */
export function keptDraft(conversation: string | undefined): string {
  try {
    return sessionStorage.getItem(KEY + (conversation ?? 'new')) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(conversation: string | undefined, text: string): void {
  try {
    const key = KEY + (conversation ?? 'new');
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // Storage is refused or full: the text is still in the box.
  }
}
