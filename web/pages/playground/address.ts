/** What the page's address says: `?model=NAME&other=NAME`, each a listed model or a folder with a slash at its end. */

const NAMES = ["model", "other"] as const;

/** The models that the address names. */
export function named(): { readonly model: string | null; readonly other: string | null } {
  const asked = new URLSearchParams(location.search);
  return { model: asked.get("model"), other: asked.get("other") };
}

/** Write the chosen models into the address, so that it can be kept and sent. */
export function remember(chosen: { readonly model: string; readonly other: string | null }): void {
  const address = new URL(location.href);
  for (const name of NAMES) {
    const value = chosen[name];
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  address.search = address.search.replaceAll("%2F", "/");
  if (address.href !== location.href) history.replaceState(null, "", address);
}
