/*
 * Ties the shapes that the pages use to the description of the API: a part that a page reads and the API no longer gives,
 * or gives as something else, is an error of the compiler here. Nothing of this is left at run time.
 */
// Written by `npm run types` from openapi.json.
import type { components } from './schema';
import type * as Ours from './shapes';
import type * as Talk from '@/pages/assistant/shapes';
import type * as Documents from '@/pages/documents/shapes';
import type * as Graphs from '@/pages/graphs/shapes';
import type * as Learning from '@/pages/learning/shapes';

type Schemas = components['schemas'];

/** An answer as it is sent: every part is there, at least as null. */
type Sent<T> = T extends readonly (infer E)[]
  ? Sent<E>[]
  : T extends object
    ? { [K in keyof T]-?: Sent<Exclude<T[K], undefined>> }
    : T;

/** Holds where what is sent has all that is read. */
type Reads<Read, _Given extends Read> = Read;

/** Holds where the API takes what the pages send. */
type Takes<Taken, _Given extends Taken> = Taken;

export type Contract = [
  Reads<Ours.Session, Sent<Schemas['Session']>>,
  Reads<Ours.AuthOptions, Sent<Schemas['SignInOptions']>>,
  Reads<Ours.Token, Sent<Schemas['Token']>>,
  Reads<Ours.NewToken, Sent<Schemas['NewToken']>>,
  Reads<Ours.Organisation, Sent<Schemas['Organisation']>>,
  Reads<Ours.Member, Sent<Schemas['Member']>>,
  Reads<Ours.Invitation, Sent<Schemas['Invitation']>>,
  Reads<Ours.NewInvitation, Sent<Schemas['NewInvitation']>>,
  Reads<Ours.Dataset, Sent<Schemas['Dataset']>>,
  Reads<Ours.DatasetDetail, Sent<Schemas['DatasetDetails']>>,
  Reads<Ours.Page<Ours.Dataset>, Sent<Schemas['PageOfDataset']>>,
  Reads<Omit<Ours.SqlRows, 'rows'>, Sent<Schemas['Table']>>,
  Reads<Ours.SqlPlan, Sent<Schemas['SqlPlan']>>,
  Takes<Schemas['SqlRequest'], Ours.SqlWish>,
  Reads<Ours.Artifact, Sent<Schemas['Artifact']>>,
  Reads<Ours.DependantGroup, Sent<Schemas['DependantGroup']>>,
  Reads<Ours.Upload, Sent<Schemas['Upload']>>,
  Reads<Omit<Ours.ImportPreview, 'rows'>, Sent<Schemas['ImportPreview']>>,
  Reads<Ours.Source, Sent<Schemas['Source']>>,
  Reads<Ours.SourceCheck, Sent<Schemas['SourceCheck']>>,
  Reads<Ours.SourceTable, Sent<Schemas['SourceTable']>>,
  Reads<Ours.Preview, Sent<Schemas['Preview']>>,
  Takes<Schemas['ImportWish'], Ours.ImportWish>,
  Takes<Schemas['SourceRequest'], Ours.SourceInput>,
  Takes<Schemas['SourceImport'], Ours.SourceWish>,
  Reads<Ours.ChartSuggestion, Sent<Schemas['ChartSuggestion']>>,
  Reads<Pick<Ours.Chart, 'title' | 'kind' | 'reason' | 'suggestions'>, Sent<Schemas['Chart']>>,
  Reads<Learning.TrainedModel, Sent<Schemas['TrainedModel']>>,
  Reads<Omit<Learning.ModelCard, 'charts' | 'spec'>, Omit<Sent<Schemas['ModelCard']>, 'charts'>>,
  Reads<Pick<Learning.ModelChart, 'name' | 'title' | 'columns'>, Sent<Schemas['ModelChart']>>,
  Reads<Learning.Algorithm, Sent<Schemas['Algorithm']>>,
  Reads<Learning.Prediction, Sent<Schemas['Prediction']>>,
  Reads<Learning.Explanation, Sent<Schemas['PredictionExplanation']>>,
  Reads<Learning.DriftCheck, Sent<Schemas['DriftCheck']>>,
  Reads<Pick<Learning.Exploration, 'job'>, Sent<Schemas['Exploration']>>,
  Takes<Schemas['ExplorationOrder'], Learning.ExplorationOrder>,
  Reads<Learning.Comparison, Sent<Schemas['ModelComparison']>>,
  Reads<Learning.Try, Sent<Schemas['TrainingTry']>>,
  Takes<Schemas['TrainingOrder'], Learning.TrainingOrder>,
  Reads<Ours.Dashboard, Sent<Schemas['Dashboard']>>,
  Reads<Ours.Capabilities, Sent<Schemas['AgentCapabilities']>>,
  Reads<Ours.WorkerStatus, Sent<Schemas['WorkerStatus']>>,
  Reads<Ours.LearningDevices, Sent<Schemas['LearningDevices']>>,
  Reads<Ours.AuditEntry, Sent<Schemas['AuditEntry']>>,
  Reads<Ours.Preferences, Sent<Schemas['Preferences']>>,
  Reads<Ours.Usage, Sent<Schemas['Usage']>>,
  Reads<Ours.Job, Sent<Schemas['Job']>>,
  Reads<Ours.Model, Sent<Schemas['Model']>>,
  Reads<Ours.ModelProvider, Sent<Schemas['ModelProvider']>>,
  Reads<Ours.ModelTest, Sent<Schemas['ModelTest']>>,
  Reads<Ours.ModelUsage, Sent<Schemas['ModelUsage']>>,
  Reads<Ours.Agent, Sent<Schemas['Agent']>>,
  Reads<Ours.Tool, Sent<Schemas['Tool']>>,
  Takes<Schemas['ModelInput'], Ours.ModelInput>,
  Takes<Schemas['AgentInput'], Ours.AgentInput>,

  Reads<Documents.StudioDocument, Sent<Schemas['Document']>>,
  Reads<Documents.Chunk, Sent<Schemas['Chunk']>>,
  Reads<Documents.Hit, Sent<Schemas['DocumentHit']>>,
  Reads<Documents.DocumentAnswer, Sent<Schemas['DocumentAnswer']>>,

  Reads<Graphs.GraphSummary, Sent<Schemas['GraphSummary']>>,
  Reads<Omit<Graphs.Graph, 'graph'>, Sent<Schemas['Graph']>>,
  Reads<Graphs.GraphVersion, Sent<Schemas['GraphVersion']>>,
  Reads<Omit<Graphs.GraphTemplate, 'graph'>, Sent<Schemas['GraphTemplate']>>,
  Reads<Omit<Graphs.NodeType, 'configSchema'>, Sent<Schemas['NodeType']>>,
  Reads<Graphs.PortsAnswer, Sent<Schemas['NodePorts']>>,
  Reads<Graphs.GraphProblem, Sent<Schemas['GraphProblem']>>,
  Reads<Graphs.NodeRun, Sent<Schemas['NodeRun']>>,
  Reads<Graphs.Run, Sent<Schemas['Run']>>,
  Reads<Graphs.Question, Sent<Schemas['RunQuestion']>>,

  Reads<Talk.Conversation, Sent<Schemas['Conversation']>>,
  Reads<Omit<Talk.Message, 'detail'>, Sent<Schemas['Message']>>,
  Reads<Omit<Talk.MessageDetail, 'answers' | 'charts'>, Sent<Schemas['MessageDetail']>>,
  Reads<Omit<Talk.AnswerChart, 'figure'>, Sent<Schemas['MessageChart']>>,
];
