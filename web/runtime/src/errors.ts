/** A model folder, rule file or pattern cannot be used; the message says where and what would do. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}
