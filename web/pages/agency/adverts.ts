/** What the page shows before anybody has pasted anything: a clear case of each, and one that says too little. */

export interface Advert {
  readonly name: string;
  readonly text: string;
}

export const ADVERTS: readonly Advert[] = [
  {
    name: "An agency's",
    text: `Senior Data Analyst, Leeds, hybrid, £45,000 to £52,000

Our client, a fast-growing insurer in the centre of Leeds, is looking for an experienced Data Analyst to join their reporting team. The successful candidate will build dashboards in Power BI, write SQL every day and explain the numbers to senior stakeholders.

They offer two days a week at home, a yearly bonus and 27 days of holiday.

Key skills: three years with SQL, Power BI or Tableau, and a clear way of writing.

Interviews are this week. For a confidential chat, send your CV to Danny, and one of our consultants will call you back today.`,
  },
  {
    name: "An employer's",
    text: `Data Analyst, Fernside Water, Leeds

We look after the taps of two million people, and our data team is growing. You will sit with our engineers, find leaks in pipes and in spreadsheets, and help us to plan the next thirty years.

Our office is a converted mill by the canal. We work flexibly, match your pension twice over and close at two on Fridays. Nineteen hundred colleagues make us who we are.

You will meet Priya, who leads the team, in the first interview. Apply on our careers page by 12 May. No recruiters, please.`,
  },
  {
    name: "Hard to say",
    text: `Finance Manager, near Derby

A manufacturing business seeks a qualified accountant to lead a team of four. Reporting to the Finance Director, you will own the month end for three sites, improve controls and help the plant managers to see what things really cost.

The company is family-owned and is investing in a new foundry. Salary of £55,000, a car and 25 days of holiday. Start in September.`,
  },
];
