import { describe, expect, it } from 'vitest';
import type { Parameter, Score } from './shapes';
import { algorithmName, cellOf, listOf, metricName, parameterName, settings, toldBy, verdict } from './words';

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
