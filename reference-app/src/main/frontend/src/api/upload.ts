import { ApiProblem } from './problem';
import { address, csrfToken, newKey, refresh } from './http';

export interface UploadOptions {
  query?: Record<string, string | boolean>;
  /** 0 to 1: how much has been sent. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

function attempt(path: string, form: FormData, key: string, options: UploadOptions): Promise<XMLHttpRequest> {
  // fetch can't say how much it has sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('POST', address(path, options.query));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-CSRF-Token', csrfToken());
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      options.onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => resolve(request));
    request.addEventListener('error', () => reject(ApiProblem.unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('The upload was cancelled', 'AbortError')));
    options.signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

/**
 * Sends a form with files, and says how much has been sent.
 *
 * @throws ApiProblem if it was refused or could not be sent
 */
export async function upload<T>(path: string, form: FormData, options: UploadOptions): Promise<T> {
  const key = newKey();
  let request = await attempt(path, form, key, options);
  if (request.status === 401 && (await refresh())) request = await attempt(path, form, key, options);
  if (request.status >= 400) {
    throw await ApiProblem.from(new Response(request.responseText, { status: request.status }));
  }
  return JSON.parse(request.responseText) as T;
}
