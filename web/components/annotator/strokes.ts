/** Keys as they are written in a keymap, and as a keyboard gives them. */

/** A key with its modifiers in one spelling: `x`, `Shift+ArrowRight`, `Mod+z`. */
export type Stroke = string;

/** What is needed of a KeyboardEvent. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing?: boolean;
  getModifierState?(name: string): boolean;
}

const MODIFIER = /^(mod|ctrl|control|cmd|meta|alt|option|shift)\+(?=.)/i;
const SPELLINGS: Readonly<Record<string, string>> = {
  " ": "Space",
  right: "ArrowRight",
  left: "ArrowLeft",
  up: "ArrowUp",
  down: "ArrowDown",
  return: "Enter",
  esc: "Escape",
  del: "Delete",
};
const NAMES = [
  ..."Space ArrowRight ArrowLeft ArrowUp ArrowDown Enter Escape Delete Backspace Tab Insert Home End PageUp PageDown".split(" "),
  ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`),
];

/** The signs whose place on the keyboard counts when Shift is held. */
const SIGNS: Readonly<Record<string, string>> = { Period: ".", Comma: "," };

/** Bring a written key into the one spelling; null when it is none. */
export function strokeOf(written: string): Stroke | null {
  const modifiers = new Set<string>();
  let rest = written;
  for (let found = MODIFIER.exec(rest); found !== null; found = MODIFIER.exec(rest)) {
    modifiers.add(modifierOf(found[1] as string));
    rest = rest.slice(found[0].length);
  }
  const key = named(rest);
  return key === null ? null : joined(modifiers.has("Mod"), modifiers.has("Alt"), modifiers.has("Shift"), key);
}

function modifierOf(name: string): string {
  const lower = name.toLowerCase();
  if (lower === "shift") return "Shift";
  return lower === "alt" || lower === "option" ? "Alt" : "Mod";
}

function named(name: string): string | null {
  if (name === " " || name.trim() !== "") {
    const spelled = SPELLINGS[name.toLowerCase()] ?? name;
    if ([...spelled].length === 1) return spelled.toLowerCase();
    return NAMES.find((each) => each.toLowerCase() === spelled.toLowerCase()) ?? null;
  }
  return null;
}

function joined(mod: boolean, alt: boolean, shift: boolean, key: string): Stroke {
  return `${mod ? "Mod+" : ""}${alt ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** List the strokes that a pressed key may mean, the likeliest first; none while a character is being composed. */
export function strokesOf(pressed: Pressed): Stroke[] {
  const { key, isComposing } = pressed;
  if (isComposing === true || key === "Dead" || key === "Process" || key === "Unidentified") return [];
  const graph = pressed.getModifierState?.("AltGraph") ?? false;
  const mod = (pressed.ctrlKey || pressed.metaKey) && !graph;
  const alt = pressed.altKey && !graph;
  const with_ = (shift: boolean, name: string): Stroke => joined(mod, alt, shift, name);
  if (key === " ") return [with_(pressed.shiftKey, "Space")];
  if ([...key].length > 1) return [with_(pressed.shiftKey, key)];
  return [...byKey(pressed, mod, with_), ...byCode(pressed, with_)];
}

/** A letter is the same with CapsLock; a sign that needs Shift is written without. */
function byKey({ key, code, shiftKey }: Pressed, mod: boolean, with_: (shift: boolean, name: string) => Stroke): Stroke[] {
  const lower = key.toLowerCase();
  if (!shiftKey) return [with_(false, lower)];
  const isLetter = lower !== key.toUpperCase();
  if (isLetter) return mod ? [with_(true, lower)] : [with_(true, lower), with_(false, lower)];
  const isHeld = key === SIGNS[code];
  return isHeld ? [with_(true, key)] : [with_(false, key), with_(true, key)];
}

/**
 * Where the keyboard writes other letters than Latin ones, the key's place counts; so it does where digits need Shift, as
 * in France, and for `.` and `,` with Shift on any.
 */
function byCode({ key, code, shiftKey }: Pressed, with_: (shift: boolean, name: string) => Stroke): Stroke[] {
  const isForeign = /[^\p{ASCII}]/u.test(key) || (!shiftKey && /^Digit\d$/.test(code) && !/\d/.test(key));
  const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  if (isForeign && letter !== null) return [with_(shiftKey, (letter[1] ?? letter[2] ?? "").toLowerCase())];
  const sign = SIGNS[code];
  return shiftKey && sign !== undefined && !/\p{L}/u.test(key) ? [with_(true, sign)] : [];
}

const SHOWN: Readonly<Record<string, string>> = { ArrowRight: "→", ArrowLeft: "←", ArrowDown: "↓", ArrowUp: "↑" };

/** Write a stroke as it is shown to a reader: `Shift →`, `Ctrl Z`, on a Mac `⌘ Z`. */
export function describeKey(stroke: Stroke, { mac = false }: { readonly mac?: boolean } = {}): string {
  const key = stroke.replace(/^(?:(?:Mod|Alt|Shift)\+(?=.))*/, "");
  const modifiers = stroke.slice(0, stroke.length - key.length).split("+").filter((name) => name !== "");
  const named = modifiers.map((name) => (name === "Mod" ? (mac ? "⌘" : "Ctrl") : name));
  const shown = SHOWN[key] ?? (modifiers.length > 0 ? key.toUpperCase() : key);
  return [...named, [...key].length > 1 ? (SHOWN[key] ?? key) : shown].join(" ");
}

/** Name the pressed key as a keymap writes it; null while it is no key yet. */
export function keyOf(pressed: Pressed): Stroke | null {
  return strokesOf(pressed)[0] ?? null;
}
