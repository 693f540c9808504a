/** The training curve, drawn by calls alone. */

const SPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [560, 200, 40, 26, 12];

export interface Point {
  readonly texts: number;
  readonly score: number;
}

/** Draw scores over the number of texts; the axis of scores goes from 0 to 1. */
export function curve(points: readonly Point[], measure: string): SVGElement {
  const most = Math.max(1, ...points.map(({ texts }) => texts));
  const x = (texts: number): number => LEFT + (texts / most) * (WIDTH - LEFT - 10);
  const y = (score: number): number => HEIGHT - BOTTOM - score * (HEIGHT - BOTTOM - TOP);
  const last = points.at(-1);
  const words = last === undefined ? "No round yet" : `${measure} after ${last.texts} texts: ${last.score.toFixed(3)}`;
  const line = points.map(({ texts, score }) => `${x(texts).toFixed(1)},${y(score).toFixed(1)}`).join(" ");
  return made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curve", role: "img", "aria-label": words }, [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((score) => [
      made("line", { x1: LEFT, x2: WIDTH - 10, y1: y(score), y2: y(score), class: "grid" }),
      made("text", { x: LEFT - 6, y: y(score) + 4, class: "score" }, [String(score)]),
    ]),
    made("text", { x: WIDTH - 10, y: HEIGHT - 6, class: "texts" }, [`${most} texts`]),
    made("polyline", { points: line, class: "path" }),
    ...points.map((point) => made("circle", { cx: x(point.texts), cy: y(point.score), r: 3.5, class: "dot" })),
  ]);
}

function made(name: string, attributes: Readonly<Record<string, string | number>>, children: readonly (Node | string)[] = []): SVGElement {
  const element = document.createElementNS(SPACE, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
