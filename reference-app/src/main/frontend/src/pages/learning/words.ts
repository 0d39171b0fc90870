import { number } from '@/components/format';
import type { Algorithm, ColumnDrift, Parameter, Score, TrainedModel } from './shapes';

const METRICS: Record<string, string> = {
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
  mse: 'MSE',
  f1: 'F1',
  roc_auc: 'Area under the ROC curve',
  log_loss: 'Log loss',
  explained_variance: 'Explained share of the variance',
};

const KINDS: Record<string, string> = {
  xg_boost: 'XGBoost',
  k_means: 'Groups (k-means)',
  onnx: 'ONNX',
};

const plain = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** A number of a model as people call it. */
export function metricName(name: string): string {
  return METRICS[name] ?? plain(name);
}

/** A kind of model as people call it: `random_forest` is “Random forest”. */
export function algorithmName(type: string): string {
  return KINDS[type] ?? plain(type);
}

const TELLS: Record<string, string> = {
  clustering: 'the group of a row',
  projection: 'where a row lies on a few directions',
  anomaly_detection: 'whether a row is unusual',
  generation: 'new rows',
  classification: 'a class',
  regression: 'a number',
};

const FOR: Record<string, string> = {
  regression: 'numbers',
  classification: 'words',
  anomaly_detection: 'unusual rows',
  generation: 'new rows',
};

/** A kind of model in a list to choose from, with what it is for where that is one thing: “Autoencoder (unusual rows)”. */
export function kindText({ type, tasks }: Algorithm): string {
  const only = tasks.length === 1 && FOR[tasks[0] ?? ''];
  return only ? `${algorithmName(type)} (${only})` : algorithmName(type);
}

/** What a kind of model that predicts no column learns; empty for others. */
export function purpose(kind: Algorithm): string {
  if (predicts(kind)) return '';
  return kind.tasks.includes('generation')
    ? 'It learns what rows are like, and makes new ones that are like them.'
    : 'It learns what rows are usually like, and tells those that are not.';
}

/** What a model says of a row: the column that it predicts, or what it tells without one. */
export function toldBy({ target, task }: Pick<TrainedModel, 'target' | 'task'>): string {
  return target || (TELLS[task] ?? 'a number');
}

/** A parameter as people read it: `maxDepth` is “Max depth”. */
export function parameterName(name: string): string {
  return plain(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
}

/** A number of a model; a dash where there is none. */
export function scoreText(value: number | null): string {
  if (value === null) return '–';
  return number(Math.abs(value) >= 100 ? Math.round(value * 10) / 10 : Math.round(value * 1000) / 1000);
}

/** A difference, with its sign. */
export function signed(value: number | null): string {
  if (value === null) return '–';
  return `${value < 0 ? '−' : '+'}${scoreText(Math.abs(value))}`;
}

/** What a column adds, in the unit of an explanation: of shares in percentage points. */
export function addedText(amount: number | null, unit: string): string {
  if (amount === null || unit !== 'share') return signed(amount);
  return `${signed(Math.round(amount * 1000) / 10)} %`;
}

/** A margin in the unit of an explanation. */
export function marginText(margin: number | null, unit: string): string {
  if (margin === null || unit !== 'share') return scoreText(margin);
  return `${number(Math.round(margin * 1000) / 10)} %`;
}

const percent = (share: number) => `${number(Math.round(share * 1000) / 10)} %`;

/** What is noticed of a column beside its index. */
export function driftNotes(column: ColumnDrift): string[] {
  const { missingThen, missingNow, outside, newValues } = column;
  const notes = [];
  if (Math.abs(missingNow - missingThen) >= 0.005) {
    notes.push(`${percent(missingNow)} missing, was ${percent(missingThen)}`);
  }
  if (newValues.length > 0) {
    const more = newValues.length > 3 ? ', …' : '';
    notes.push(`${percent(outside)} new: ${newValues.slice(0, 3).join(', ')}${more}`);
  } else if (outside > 0) {
    notes.push(`${percent(outside)} outside of what it learnt from`);
  }
  return notes;
}

/** What smaller numbers are better of. */
const LESS_IS_BETTER = ['rmse', 'mae', 'mse', 'log_loss', 'reconstruction_error'];

/** Whether a model tells more than its baseline: by its bounds, not by chance. */
export function verdict(score: Score): 'better' | 'unclear' | 'worse' {
  const { value, low, high, baseline } = score;
  if (value === null || low === null || high === null || baseline === null) return 'unclear';
  const less = LESS_IS_BETTER.includes(score.name);
  if (less ? high < baseline : low > baseline) return 'better';
  return (less ? value < baseline : value > baseline) ? 'unclear' : 'worse';
}

/** The range of a number that a parameter takes; empty for others. */
export function rangeText({ kind, min, max }: Parameter): string {
  if (kind !== 'integer' && kind !== 'number') return '';
  return `${min ?? ''} to ${max ?? ''}`;
}

/** What was typed, as the API takes it: nothing where it is the default. */
export function settings(parameters: Parameter[], typed: Record<string, string>): Record<string, string | number> {
  return Object.fromEntries(
    parameters
      .map((each) => [each, (typed[each.name] ?? '').trim()] as const)
      .filter(([each, text]) => text !== '' && text !== each.byDefault)
      .map(([each, text]) => [each.name, each.kind === 'integer' || each.kind === 'number' ? Number(text) : text]),
  );
}

/** What a deep model can read; others take a row as it is. */
const READS: Record<string, string[]> = {
  convolutional_network: ['picture', 'steps', 'text'],
  recurrent_network: ['steps', 'text'],
  transformer: ['steps', 'text'],
};

/** What a row may be to a kind of model, `automatic` first; nothing where a row is always a table. */
export function rowKinds({ type, parameters }: Algorithm): string[] {
  const input = parameters.find((each) => each.name === 'input');
  if (!input) return [];
  return ['automatic', ...(READS[type] ?? input.choices.filter((each) => each !== 'automatic'))];
}

const ROW_HINTS: Record<string, string> = {
  automatic: 'Found out: a column of pictures, else one of texts, else the numbers as steps in time.',
  table: 'All columns, in no order.',
  steps: 'Columns of numbers are steps in time, in the order of the data set.',
  picture: 'One column of pictures: files of PNG, JPEG, GIF or BMP as Base64.',
  text: 'One column of texts, whose words are read in order.',
};

/** How rows are read, for people. */
export function rowHint(input: string, type: string): string {
  if (input === 'automatic' && type === 'custom_network')
    return 'All columns, in no order, unless only one of pictures or texts is left.';
  return ROW_HINTS[input] ?? '';
}

const ROWS_OF: [RegExp, string][] = [
  [/^of steps:/, 'steps'],
  [/^of pictures:/, 'picture'],
  [/^of texts:/, 'text'],
];

/** Whether a parameter matters where rows are read so; how they are read has a place of its own. */
export function matters({ name, meaning }: Parameter, input: string): boolean {
  if (name === 'input') return false;
  const of = ROWS_OF.find(([begins]) => begins.test(meaning))?.[1];
  return of === undefined || input === 'automatic' || input === of;
}

/** Whether a kind of model predicts a column; others learn what rows are like. */
export function predicts({ tasks }: Algorithm): boolean {
  return tasks.includes('classification') || tasks.includes('regression');
}

const NUMBERS = ['integer', 'decimal'];

/** What was typed for a column, as the API takes it: null where nothing is known. */
export function cellOf(type: string, text: string): string | number | boolean | null {
  if (text.trim() === '') return null;
  if (NUMBERS.includes(type)) return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** The control that a column's values are typed into. */
export function inputOf(type: string): 'number' | 'date' | 'text' {
  if (NUMBERS.includes(type)) return 'number';
  return type === 'date' ? 'date' : 'text';
}

/** Names that were typed with commas between them. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
