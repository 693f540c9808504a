/** What the page shows before anybody has pasted anything, by what a model knows. */

import type { Schema } from "textwright";

const TITLES = [
  "Senior UX Researcher - 6 month contract, Edinburgh",
  "Lead Full Stack Developer (Python/React) | Hybrid, Leeds | £65k - £75k",
  "Head of Design & Research, remote UK",
  "UX Designer / UI Developer  Hove  £38k - £44k",
  "Deputy Ward Manager – Band 7 – nights, Cardiff",
  "Junior/Mid Data Engineer, Manchester, 2 days in office",
  "URGENT!! Chef de Partie x 3 — immediate start — £13.50 per hour",
  "Associate Director of Nursing",
  "Part-time Bookkeeper, term time only, Bath",
  "Software Engineer II, Payments (m/f/d) 👩‍💻 Berlin",
  "R&amp;D Technician &ndash; 12 month FTC",
  "<b>Bold</b> Café Supervisor",
];

const ADVERTS = [
  "Our client, a busy restaurant group, is looking for a sous chef. Apply with your CV and one of our consultants will call you.",
  "We are a family bakery in Leeds. You will join our team of six, and we train you ourselves.",
  "Working on behalf of a leading manufacturer, we are recruiting maintenance engineers for a site near Hull.",
  "The council's library service needs two part-time assistants. Come and meet us at the open evening.",
];

const SENTENCES = [
  "I cannot believe they cancelled it again, that is outrageous.",
  "Thank you so much, you saved my week!",
  "I wonder how that even works.",
  "We lost him last spring, and the house is still too quiet.",
  "The train leaves at ten past nine.",
  "Haha, brilliant, I laughed until I cried.",
];

const OF: Readonly<Record<string, readonly string[]>> = { JOBTITLE: TITLES, advertiser: ADVERTS, emotion: SENTENCES };

/** The examples for the first label or task of a model that has any of its own. */
export function examplesFor({ labels, tasks }: Schema): readonly string[] {
  const known = [...labels, ...tasks].find(({ name }) => Object.hasOwn(OF, name));
  return known === undefined ? SENTENCES : (OF[known.name] as readonly string[]);
}
