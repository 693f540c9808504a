/** What the page shows before anybody has pasted anything. */
export const EXAMPLES = [
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
