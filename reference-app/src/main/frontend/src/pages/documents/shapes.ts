/** The shapes of documents, as their routes write them. */

export type StageName = 'upload' | 'parse' | 'chunk' | 'embed' | 'store';
export type StageState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped';
export type DocumentStatus = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface StudioDocument {
  id: string;
  name: string;
  /** By its content; null until it is known. */
  mediaType: string | null;
  bytes: number;
  status: DocumentStatus;
  /** The stage that it is in, or ended in. */
  stage: StageName | null;
  pages: number | null;
  chunks: number;
  /** BCP 47. */
  language: string | null;
  /** Whether everybody of the organisation finds it. */
  shared: boolean;
  /** Whether whoever is signed in added it, and so may delete it. */
  mine: boolean;
  /** What was lost or repaired in reading. */
  warnings: string[];
  createdAt: string;
  error: { code: string; what: string; mend: string; passing: boolean } | null;
  stages: { stage: StageName; state: StageState; millis?: number | null }[];
  /** 0 to 1 within the stage; null where it can't be told. */
  progress: number | null;
}

/** A passage of a document. */
export interface Chunk {
  number: number;
  text: string;
  /** Pages, slides or sheets from 1; 0 or null where the format has none. */
  pageFrom: number | null;
  pageTo: number | null;
  headings: string[];
  /** Where it stands in the text of the document. */
  from: number;
  to: number;
}

export interface Range {
  from: number;
  to: number;
}

export interface Hit {
  documentId: string;
  documentName: string;
  text: string;
  pageFrom: number | null;
  pageTo: number | null;
  /** The number of the passage. */
  chunk: number;
  score: number;
  /** BM25 from 0 up, and the cosine; null for a retriever that did not find it. */
  scores: { words: number | null; meaning: number | null };
  /** Words of the question, as places in `text`. */
  highlights: Range[];
}

export interface DocumentCitation {
  number: number;
  documentId: string;
  documentName: string;
  page: number | null;
  quote: string;
  from: number;
  to: number;
  chunk?: number | null;
}

export interface DocumentAnswer {
  status: 'answered' | 'not_in_documents' | 'not_supported';
  text: string;
  statements: { text: string; citations: number[] }[];
  citations: DocumentCitation[];
  /** Made of sentences of the documents, without a model. */
  extractive: boolean;
  warnings: string[];
  /** How many quotes were not in the documents, and were left out. */
  dropped: number;
}
