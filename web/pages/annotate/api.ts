/** Ask the server. What goes wrong is an `ApiError`, or `Unreachable` where no answer came. */

const PATIENCE = 30_000;
const FILE_PATIENCE = 600_000;

/** The server refused, and says why. */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly status: number,
    detail: string,
    readonly document: Readonly<Record<string, unknown>> = {},
    /** Seconds after which the server wants to be asked again. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
  }

  /** Somebody has to log in; the token of a run, which may be missing too, stands in a terminal. */
  get needsLogIn(): boolean {
    return this.status === 401 && this.kind !== "no_token";
  }

  get kind(): string {
    return String(this.document["type"] ?? "").split(":").at(-1) ?? "";
  }
}

/** No answer: no network, no server, or none in time. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

export async function get<T>(path: string): Promise<T> {
  return (await ask("GET", path)) as T;
}

export async function send<T>(method: "POST" | "PATCH" | "DELETE", path: string, body: unknown = {}): Promise<T> {
  return (await ask(method, path, JSON.stringify(body))) as T;
}

/** Send a file, which may be large and take its time. */
export async function sendFile<T>(path: string, file: Blob): Promise<T> {
  return (await ask("POST", path, file, FILE_PATIENCE)) as T;
}

async function ask(method: string, path: string, body?: string | Blob, patience = PATIENCE): Promise<unknown> {
  const headers = body === undefined ? {} : { "Content-Type": typeof body === "string" ? "application/json" : "application/octet-stream" };
  const response = await reach(path, { method, headers, cache: "no-store", ...(body !== undefined && { body }) }, patience);
  if (!response.ok) throw await errorOf(response);
  return response.status === 204 ? null : await reading(response.json());
}

async function reach(path: string, request: RequestInit, patience: number): Promise<Response> {
  return await reading(fetch(path, { ...request, signal: AbortSignal.timeout(patience) }));
}

/** An answer that breaks off is none. */
async function reading<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new Unreachable(`the server does not answer: ${(error as Error).message}`);
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const document = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const detail = typeof document["detail"] === "string" ? document["detail"] : `the server answers ${response.status}`;
  const after = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new ApiError(response.status, detail, document, Number.isFinite(after) && after >= 0 ? after : null);
}
