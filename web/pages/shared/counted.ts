/** Numbers as a person reads them. */

export function count(number: number): string {
  return number.toLocaleString("en");
}

/** Say a number with its noun: `1 text`, `2,000 texts`. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : several}`;
}
