/** A model folder, rule file or pattern cannot be used; the message says where and what would do. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/** A line of a file is no example; the message says which, what was found and what would do. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** Run a step; put the place before the message of a `ModelError` that it throws. */
export function within<T>(place: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof ModelError ? new ModelError(`${place}: ${error.message}`) : error;
  }
}
