/** The name under which acts of a project and a person wait in this browser. */

import type { Project } from "./data.js";

/** Where acts wait here. Those of another project that had the same name and address wait apart, for that one. */
export function spaceOf({ name, made = "" }: Project, annotator: string): string {
  const space = `${encodeURIComponent(name)}/${encodeURIComponent(annotator)}`;
  if (made === "") return space;
  const first = localStorage.getItem(`textwright/${space}/made`) ?? made;
  try {
    localStorage.setItem(`textwright/${space}/made`, first);
  } catch {
    // A full storage: next time is as this.
  }
  return first === made ? space : `${space}@${made}`;
}
