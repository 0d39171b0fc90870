import { describe, expect, it } from 'vitest';
import type { Parameter, Score } from './shapes';
import {
  addedText,
  algorithmName,
  cellOf,
  driftNotes,
  kindText,
  listOf,
  matters,
  metricName,
  parameterName,
  predicts,
  purpose,
  rowKinds,
  settings,
  signed,
  toldBy,
  verdict,
} from './words';

const score = (name: string, value: number, low: number, high: number, baseline: number): Score => ({
  name,
  value,
  low,
  high,
  baseline,
});

const parameter = (name: string, kind: string, byDefault: string): Parameter => ({
  name,
  kind,
  byDefault,
  min: 1,
  max: 10,
  choices: [],
  meaning: '',
});

describe('words of models', () => {
  it('are those of people', () => {
    expect(metricName('r2')).toBe('R²');
    expect(metricName('accuracy')).toBe('Accuracy');
    expect(algorithmName('xg_boost')).toBe('XGBoost');
    expect(algorithmName('random_forest')).toBe('Random forest');
    expect(parameterName('maxDepth')).toBe('Max depth');
  });
});

describe('the verdict on a model', () => {
  it('goes by its bounds', () => {
    expect(verdict(score('accuracy', 0.9, 0.8, 0.95, 0.7))).toBe('better');
    expect(verdict(score('accuracy', 0.72, 0.6, 0.8, 0.7))).toBe('unclear');
    expect(verdict(score('accuracy', 0.6, 0.5, 0.7, 0.7))).toBe('worse');
  });
  it('knows what is better small', () => {
    expect(verdict(score('rmse', 1, 0.8, 1.2, 3))).toBe('better');
    expect(verdict(score('rmse', 3.5, 3, 4, 3))).toBe('worse');
  });
});

describe('what was typed', () => {
  it('is sent where it is not the default', () => {
    const all = [parameter('trees', 'integer', '100'), parameter('features', 'choice', 'all')];
    expect(settings(all, { trees: '20', features: 'all' })).toEqual({ trees: 20 });
    expect(settings(all, { trees: ' ', features: 'third' })).toEqual({ features: 'third' });
  });
  it('is a value of its column', () => {
    expect(cellOf('decimal', '1.5')).toBe(1.5);
    expect(cellOf('decimal', ' ')).toBeNull();
    expect(cellOf('boolean', 'false')).toBe(false);
    expect(cellOf('text', '1.5')).toBe('1.5');
  });
});

describe('what speaks for and against trust', () => {
  it('has its sign', () => {
    expect(signed(0.1234)).toBe('+0.123');
    expect(signed(-1234.56)).toBe('−1,234.6');
    expect(signed(null)).toBe('–');
  });
  it('is told in percent of shares', () => {
    expect(addedText(-0.1234, 'share')).toBe('−12.3 %');
    expect(addedText(-0.1234, 'log_odds')).toBe('−0.123');
  });
  it('is told of columns in words', () => {
    const column = {
      column: 'shop',
      index: 0.4,
      byChance: 0.1,
      reading: 'different',
      missingThen: 0,
      missingNow: 0.25,
      outside: 0.5,
      newValues: ['a', 'b', 'c', 'd'],
    };
    expect(driftNotes(column)).toEqual(['25 % missing, was 0 %', '50 % new: a, b, c, …']);
    expect(driftNotes({ ...column, missingNow: 0.004, newValues: [] })).toEqual([
      '50 % outside of what it learnt from',
    ]);
    expect(driftNotes({ ...column, missingNow: 0, outside: 0, newValues: [] })).toEqual([]);
  });
});

describe('what a deep model reads', () => {
  const kind = (type: string, tasks: string[], parameters: Parameter[]) => ({ type, tasks, isDeep: true, parameters });
  const input = { ...parameter('input', 'choice', 'automatic'), choices: ['automatic', 'table', 'steps'] };
  it('is what its architecture can take', () => {
    expect(rowKinds(kind('transformer', [], [input]))).toEqual(['automatic', 'steps', 'text']);
    expect(rowKinds(kind('custom_network', [], [input]))).toEqual(['automatic', 'table', 'steps']);
    expect(rowKinds(kind('multilayer_perceptron', [], []))).toEqual([]);
  });
  it('leaves out what does not matter then', () => {
    const words = { ...parameter('words', 'integer', '2000'), meaning: 'of texts: how many words are known' };
    expect(matters(words, 'text')).toBe(true);
    expect(matters(words, 'automatic')).toBe(true);
    expect(matters(words, 'steps')).toBe(false);
    expect(matters(input, 'steps')).toBe(false);
    expect(matters(parameter('epochs', 'integer', '50'), 'steps')).toBe(true);
  });
  it('may be learnt without a target', () => {
    expect(predicts(kind('autoencoder', ['anomaly_detection'], []))).toBe(false);
    expect(kindText(kind('autoencoder', ['anomaly_detection'], []))).toBe('Autoencoder (unusual rows)');
    expect(kindText(kind('generative_network', ['generation'], []))).toBe('Generative network (new rows)');
    expect(kindText(kind('linear_regression', ['regression'], []))).toBe('Linear regression (numbers)');
    expect(kindText(kind('xg_boost', ['classification', 'regression'], []))).toBe('XGBoost');
    expect(purpose(kind('generative_network', ['generation'], []))).toContain('makes new ones');
    expect(purpose(kind('xg_boost', ['classification', 'regression'], []))).toBe('');
    expect(predicts(kind('transformer', ['classification'], []))).toBe(true);
  });
});

describe('what a model tells', () => {
  it('is its column, or what it does without one', () => {
    expect(toldBy({ target: 'price', task: 'regression' })).toBe('price');
    expect(toldBy({ target: '', task: 'clustering' })).toBe('the group of a row');
    expect(algorithmName('k_means')).toBe('Groups (k-means)');
  });
  it('is named with commas', () => {
    expect(listOf(' no, yes,, ')).toEqual(['no', 'yes']);
  });
});
