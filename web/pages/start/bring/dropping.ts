/** Files that are dropped on an element. */

/** Tell whether a file is held over the element, and take the first one that is dropped on it. */
export function takeDrops(target: HTMLElement, over: (isOver: boolean) => void, take: (file: File) => void): void {
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  target.addEventListener("dragleave", () => over(false));
  target.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    over(false);
    take(file);
  });
}
