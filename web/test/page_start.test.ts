import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { notebookLine, startLine } from "../pages/start/lines.js";
import { Project, type ProjectData } from "../pages/start/project.js";
import { STEPS } from "../pages/start/steps.js";

function dataOf(words: string, folder = "/work/mine.textwright"): ProjectData {
  return { name: "mine", folder, step: "bring", steps: [{ name: "bring", done: true, words, commands: [], fault: "" }] };
}

/** A server whose answers come when the test says so. */
class Server {
  readonly waiting: ((answer: Response | Error) => void)[] = [];

  readonly fetch = async (): Promise<Response> => {
    const answer = await new Promise<Response | Error>((resolve) => this.waiting.push(resolve));
    if (answer instanceof Error) throw answer;
    return answer;
  };

  answer(place: number, data: unknown, status = 200): void {
    this.waiting[place]?.(new Response(JSON.stringify(data), { status }));
  }

  breakOff(place: number): void {
    this.waiting[place]?.(new TypeError("Failed to fetch"));
  }
}

describe("the project that the page shows", () => {
  const opened: Project[] = [];
  let server: Server;

  function project(): Project {
    opened.push(new Project());
    return opened.at(-1) as Project;
  }

  beforeEach(() => {
    server = new Server();
    vi.stubGlobal("fetch", server.fetch);
    vi.stubGlobal("window", globalThis);
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("document", { hidden: false, addEventListener: () => undefined });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });

  afterEach(() => {
    for (const each of opened.splice(0)) each.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("shows the answer to the latest question, in whatever order answers come", async () => {
    const shown = project();
    const both = [shown.refresh(), shown.refresh()];
    server.answer(1, dataOf("2 texts"));
    server.answer(0, dataOf("1 text"));
    await Promise.all(both);
    expect(shown.standing("bring")?.words).toBe("2 texts");
  });

  it("says what the server says", async () => {
    const shown = project();
    const asking = shown.refresh();
    server.answer(0, { detail: "the disk is full" }, 503);
    await asking;
    expect([shown.fault, shown.lost]).toEqual(["The disk is full.", false]);
  });

  it("knocks at a server that is gone until it answers, and has the steps ask anew", async () => {
    const shown = project();
    const opening = shown.open();
    server.answer(0, dataOf("1 text"));
    await opening;
    const asking = shown.refresh();
    server.breakOff(1);
    await asking;
    expect([shown.lost, shown.fault, shown.turn]).toEqual([true, "", 0]);
    await vi.advanceTimersByTimeAsync(1_600);
    server.answer(2, dataOf("1 text"));
    await vi.waitFor(() => expect(shown.lost).toBe(false));
    expect([shown.turn, shown.news]).toEqual([1, expect.stringContaining("back")]);
  });

  it("tells other tabs of a change, which ask anew and do not tell it back", async () => {
    const [here, there] = [project(), project()];
    const opening = there.open();
    server.answer(0, dataOf("1 text"));
    await opening;
    const changing = here.changed();
    server.answer(1, dataOf("2 texts"));
    await changing;
    await vi.waitFor(() => expect(server.waiting.length).toBe(3));
    server.answer(2, dataOf("2 texts"));
    await vi.waitFor(() => expect(there.turn).toBe(1));
    expect([there.standing("bring")?.words, here.turn, server.waiting.length]).toEqual(["2 texts", 0, 3]);
  });
});

describe("lines to copy", () => {
  it.each([
    ["/work/mine.textwright", "8650", "textwright start /work/mine.textwright"],
    ["/my work/it's.textwright", "8651", `textwright start '/my work/it'"'"'s.textwright' --port 8651`],
  ])("starts %s at %s", (folder, port, line) => {
    expect(startLine(folder, port)).toBe(line);
  });

  it("opens a folder whose name has quotes", () => {
    expect(notebookLine('C:\\my "own"')).toBe('import textwright as tw; project = tw.open_project("C:\\\\my \\"own\\"")');
  });
});

describe("the words of the steps", () => {
  it.each(STEPS.map(({ step, lead }) => [step, lead] as const))("%s leads with at most two short sentences", (_, lead) => {
    const sentences = lead.split(/(?<=[.!?])\s+/);
    expect(sentences.length).toBeLessThanOrEqual(2);
    expect(sentences.every((each) => each.split(" ").length <= 20)).toBe(true);
  });
});
