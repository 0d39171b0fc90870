/** The shapes of trained models, as the pages use them. */
import type { Cell, Figure, Job } from '@/api/shapes';

/** One number that says how good a model is. */
export interface Score {
  name: string;
  /** Null where it does not exist. */
  value: number | null;
  low: number | null;
  high: number | null;
  /** Of always saying the most frequent class, or the mean; null where that would say nothing. */
  baseline: number | null;
}

export interface TrainedModel {
  id: string;
  name: string;
  version: number;
  /** `trained`, `explored` (found in rows without a target) or `imported`. */
  source: string;
  /** Empty when it tells something else than a column. */
  target: string;
  task: string;
  algorithm: string;
  /** Null when it was imported. */
  datasetId: string | null;
  datasetName: string | null;
  datasetVersion: number | null;
  /** Null when it was not judged. */
  metric: Score | null;
  trainedAt: string;
}

export interface ModelChart {
  name: string;
  title: string;
  figure: Figure;
  columns: string[];
  rows: Cell[][];
}

export interface ModelCard {
  model: TrainedModel;
  description: string;
  columns: { name: string; type: string }[];
  classes: string[];
  features: string[];
  /** What was found without a target, a sentence each; empty of others. */
  found: string[];
  warnings: string[];
  trainRows: number;
  testRows: number;
  metrics: Score[];
  folds: number[];
  charts: ModelChart[];
  device: string;
  tookMillis: number;
  bytes: number;
  /** Empty when it was imported. */
  spec: Record<string, unknown>;
  /** The names of the numbers that it tells of a row; empty when it predicts a number or classes. */
  numbers: string[];
  /** What it was imported from; empty when it was not. */
  file: string;
  /** What made that file; empty when that is not known. */
  producer: string;
}

export interface Parameter {
  name: string;
  /** `integer`, `number`, `choice` or `text`. */
  kind: string;
  byDefault: string;
  min: number | null;
  max: number | null;
  choices: string[];
  meaning: string;
}

export interface Algorithm {
  type: string;
  tasks: string[];
  isDeep: boolean;
  parameters: Parameter[];
}

export interface Prediction {
  /** Empty when a number is predicted, or nothing can be told. */
  label: string;
  /** Null when nothing can be told. */
  value: number | null;
  shares: Record<string, number>;
  /** Numbers by their names, such as the distance to the centre of a group. */
  numbers: Record<string, number>;
}

/** What each column adds to the prediction of a row. */
export interface Explanation {
  prediction: Prediction;
  /** Empty when a number is predicted. */
  label: string;
  /** `number`, `share` of the class, or its `log_odds`. */
  unit: string;
  margin: number | null;
  base: number | null;
  contributions: { column: string; amount: number | null }[];
}

/** How far a column went from what it was in training. */
export interface ColumnDrift {
  column: string;
  index: number | null;
  byChance: number | null;
  reading: string;
  missingThen: number;
  missingNow: number;
  outside: number;
  newValues: string[];
}

export interface DriftCheck {
  job: Job;
  found: { rows: number; reading: string; verdict: string; columns: ColumnDrift[] } | null;
}

/** What an exploration came to; nothing is found until it is done. */
export interface Exploration {
  job: Job;
  found: Finding | null;
}

export interface Finding {
  /** The most important first. */
  sentences: string[];
  notes: string[];
  charts: ModelChart[];
  /** The numbers behind it. */
  tables: { title: string; columns: string[]; rows: Cell[][] }[];
  /** Null where nothing was kept under a name. */
  datasetId: string | null;
  modelId: string | null;
}

export interface ExplorationOrder {
  kind: string;
  columns?: string[];
  count?: number;
  share?: number;
  value?: string;
  time?: string;
  aggregate?: string;
  period?: string;
  horizon?: number;
  keepAs?: string;
  keepModelAs?: string;
}

/** By how much a model differs from the best one. */
export interface Difference {
  model: string;
  metric: string;
  value: number | null;
  low: number | null;
  high: number | null;
  clear: boolean;
}

export interface Comparison {
  target: string;
  /** The best first. */
  models: { model: TrainedModel; metrics: Score[] }[];
  differences: Difference[];
  note: string;
}

export interface Try {
  algorithm: string;
  rows: number;
  score: number | null;
  millis: number;
  problem: string;
}

export interface Training {
  job: Job;
  losses: ModelChart | null;
  tries: Try[];
}

/** A training that waits or runs. */
export interface OpenTraining {
  job: Job;
  /** Empty when the model is named after its target. */
  name: string;
  /** Empty for none. */
  target: string;
  /** `best` where that is looked for. */
  algorithm: string;
}

export interface TrainingOrder {
  datasetId: string;
  spec: Record<string, unknown>;
  bestWithinSeconds?: number;
  name?: string;
  description?: string;
}
