/** What the page shows before anybody has typed anything. */

export interface Sample {
  readonly name: string;
  readonly text: string;
}

export const SAMPLES: readonly Sample[] = [
  { name: "Mixed", text: "I was terrified before the talk, and now I can't stop smiling. Thank you all so much! 😊" },
  { name: "Cross", text: "Twenty minutes on hold, and then they hung up on me. This is ridiculous." },
  { name: "Sad", text: "We lost our old dog last night, and I miss her. The house is so quiet." },
  { name: "Surprised", text: "Wait, you mean the shop was open the whole time? I had no idea!" },
];
