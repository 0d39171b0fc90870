/** The body of every refused request (RFC 9457), as the app writes it. */
export interface ProblemBody {
  status: number;
  title: string;
  detail: string;
  code: string;
  mend: string;
  traceId: string;
}

/** A request that was refused or could not be sent: what happened, what to do, and the id to name when asking for help. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do about it; may be empty. */
  readonly mend: string;
  readonly traceId: string;

  constructor(body: ProblemBody) {
    super(body.detail || body.title);
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code;
    this.mend = body.mend;
    this.traceId = body.traceId;
  }

  /** Whether the same request may do better a little later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** A failure that a stream told, which has no status. */
  static told(body: Partial<ProblemBody>): ApiProblem {
    const { title = 'Failed', detail = '', code = 'FAILED', mend = '', traceId = '' } = body;
    return new ApiProblem({ status: -1, title, detail, code, mend, traceId });
  }

  static async from(response: Response): Promise<ApiProblem> {
    const body: Partial<ProblemBody> = await response.json().catch(() => ({}));
    return new ApiProblem({
      status: response.status,
      title: body.title ?? response.statusText,
      detail: body.detail ?? `Studio answered with status ${response.status}`,
      code: body.code ?? `HTTP_${response.status}`,
      mend: body.mend ?? '',
      traceId: body.traceId ?? '',
    });
  }

  /** The server can't be reached at all. */
  static unreachable(): ApiProblem {
    return new ApiProblem({
      status: 0,
      title: 'Unreachable',
      detail: 'Studio can’t be reached',
      code: 'UNREACHABLE',
      mend: 'Check the connection, or whether the server still runs; nothing you typed is lost',
      traceId: '',
    });
  }

  /** Any failure as one to show. */
  static of(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    return new ApiProblem({
      status: -1,
      title: 'Page failed',
      detail: error instanceof Error ? error.message : String(error),
      code: 'PAGE_FAILED',
      mend: 'Reload the page; if it happens again, report the words above',
      traceId: '',
    });
  }
}
