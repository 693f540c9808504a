/** Tell screen readers what a page shows, once it stays so. */

/** Make a function that says a sentence when none came for a while, so that typing is not talked over. */
export function announcer(place: HTMLElement, pause = 1000): (sentence: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (sentence) => {
    clearTimeout(timer);
    timer = setTimeout(() => (place.textContent = sentence), pause);
  };
}
