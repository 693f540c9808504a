/** A file of weights, looked at before llama.cpp is asked to run it. */

/** The largest file that fits into one block of a browser's memory. */
const LARGEST = 2 ** 31 - 1;
const MAGIC = "GGUF";

/** Throw an error that says what was found when a file cannot be a model. */
export async function refuseOther(file: Blob, name: string): Promise<void> {
  const began = new TextDecoder("latin1").decode(await file.slice(0, 4).arrayBuffer());
  if (file.size === 0) throw new Error(`${name} is empty.`);
  if (began !== MAGIC) throw new Error(`${name} is no GGUF file: it begins with ${JSON.stringify(began)}, not with "GGUF".`);
  if (file.size > LARGEST) throw new Error(`${name} has ${gigabytes(file.size)} GB; a page can open files of up to 2 GB.`);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
