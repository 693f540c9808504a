/** The lines that the page itself offers to a shell and to a notebook. */

/** The port that `textwright start` takes unless it is told another. */
const USUAL_PORT = "8650";

/** Write the line that opens a project in a notebook. */
export function notebookLine(folder: string): string {
  return `import textwright as tw; project = tw.open_project(${JSON.stringify(folder)})`;
}

/** Write the command that serves a project again, where the browser looks for it. */
export function startLine(folder: string | undefined, port: string): string {
  return ["textwright start", ...(folder === undefined ? [] : [quoted(folder)]), ...(port === USUAL_PORT ? [] : [`--port ${port}`])].join(" ");
}

/** Write a path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'"'"'`)}'`;
}
