/** Headlines with something wrong in them, and what to try first. */
export const SAMPLES: readonly string[] = [
  "URGENT!! STAFF NURSE  (nights - LEEDS , £Competitive",
  "UX Designer / UI Developer - Hove - £££",
  "head of design & research,remote uk",
  "⭐ Great opportunity in Leeds!!! Call 07700 900123 ⭐",
  "Leeds - Carer £13.50 (Ref: 48213)",
  "R&amp;D Manager Â£45k \u2013 up to £XXk OTE",
  ["SENIOR JAVASCRIPT DEVELOPER - LONDON", "Chef  de  Partie, Bath", "Deputy Ward Manager – Band 7 – nights, Cardiff", "Driver - immediate start - DOE"].join("\n"),
];
