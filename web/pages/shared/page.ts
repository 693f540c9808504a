/** Small things that every page needs. */

/** Return the element with an id. Throw when the page has none of that kind, which is a fault of ours. */
export function find<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} called ${id}`);
}
