import type { Context, ChatEvent, Message, MessageDetail } from './shapes';

/** Whoever answers from documents. */
const OF_DOCUMENTS = 'rag_assistant';

/** What is known of a message of which nothing is told. */
export const NO_DETAIL: MessageDetail = {
  asked: null,
  status: null,
  agents: [],
  by: null,
  why: '',
  tools: [],
  charts: [],
  sql: [],
  answers: [],
  quotes: [],
  figures: [],
  figuresComplete: true,
  models: [],
  tokensIn: 0,
  tokensOut: 0,
  cost: null,
  millis: 0,
  problem: null,
};

/** A message as an event tells it: its text, and who said it; its trace and its siblings come with the message itself. */
export function messageOf(event: Extract<ChatEvent, { type: 'message' }>): Message {
  const { number, parent, role, text, detail, at } = event;
  return {
    number,
    parent,
    role,
    text,
    detail: {
      ...NO_DETAIL,
      asked:
        role === 'user'
          ? {
              agent: detail.agent ?? '',
              model: detail.model ?? '',
              sources: detail.sources ?? [],
              documents: detail.documents ?? false,
            }
          : null,
      status: detail.status ?? null,
      agents: detail.routing?.choices.map((choice) => choice.agent) ?? [],
      by: detail.routing?.by ?? null,
      why: detail.routing?.why ?? '',
      problem: detail.problem ?? null,
    },
    siblings: [number],
    rating: null,
    createdAt: at,
  };
}

/** What a question was about, and who was to answer it with which model. */
export function askedOf(message: Message | undefined): { context: Context; agent: string; model: string } | null {
  const asked = message?.detail.asked;
  if (!asked) return null;
  // Without data, asking the one who answers from documents is asking the documents.
  const isOfDocuments = asked.agent === OF_DOCUMENTS && asked.sources.length === 0;
  return {
    context: { datasetIds: asked.sources, sourceId: null, documents: asked.documents || isOfDocuments },
    agent: isOfDocuments ? '' : asked.agent,
    model: asked.model,
  };
}
