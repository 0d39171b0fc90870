import type { StageName, StageState, StudioDocument } from './shapes';

export const STAGES: { name: StageName; title: string; doing: string }[] = [
  { name: 'upload', title: 'Upload', doing: 'Sending' },
  { name: 'parse', title: 'Parse', doing: 'Reading the text' },
  { name: 'chunk', title: 'Chunk', doing: 'Cutting it into passages' },
  { name: 'embed', title: 'Embed', doing: 'Working out their meaning' },
  { name: 'store', title: 'Store', doing: 'Putting them into the index' },
];

export interface StageShown {
  name: StageName;
  title: string;
  state: StageState;
  millis: number | null;
}

/** Every stage of a document in order, also where the server says nothing of some of them. */
export function stagesOf(document: Pick<StudioDocument, 'stage' | 'stages' | 'status'>): StageShown[] {
  const at = STAGES.findIndex(({ name }) => name === document.stage);
  return STAGES.map(({ name, title }, index) => {
    const told = document.stages.find((each) => each.stage === name);
    const state = told?.state ?? guessed(document.status, index, at);
    // What was not begun when it ended never will be.
    const isOver = document.status === 'failed' || document.status === 'cancelled';
    return { name, title, state: isOver && state === 'waiting' ? 'skipped' : state, millis: told?.millis ?? null };
  });
}

function guessed(status: StudioDocument['status'], index: number, at: number): StageState {
  if (status === 'done' || index < at || (index === 0 && at < 0)) return 'done';
  if (index > at) return status === 'running' || status === 'waiting' ? 'waiting' : 'skipped';
  return status;
}

/** Whether something is still going on. */
export const isMoving = ({ status }: Pick<StudioDocument, 'status'>) => status === 'waiting' || status === 'running';

/** How far the whole is, 0 to 1: each stage counts the same. */
export function progressOf(document: Pick<StudioDocument, 'stage' | 'stages' | 'status' | 'progress'>): number {
  const shown = stagesOf(document);
  const done = shown.filter(({ state }) => state === 'done').length;
  const within = shown.some(({ state }) => state === 'running') ? (document.progress ?? 0) : 0;
  return (done + Math.min(1, Math.max(0, within))) / shown.length;
}

/** What is being done, in words. */
export function doing(document: Pick<StudioDocument, 'stage' | 'status' | 'progress'>): string {
  if (document.status === 'waiting') return 'Waiting';
  const words = STAGES.find(({ name }) => name === document.stage)?.doing ?? 'Working';
  return document.progress === null ? words : `${words}, ${Math.round(document.progress * 100)} %`;
}
