// What the tests stand on. Out: a small programme, a record for it, a day.

export const text = `
/// Invented for these tests.
pathway coaching "Coaching 😀" { version "2026.1" }

candidate "Teacher" {
  years_teaching       : number "Years of teaching"
  principal_recommends : yes/no "Recommended by the principal"
}

evidence session "Coaching session" { hours : number "Hours" }

competency listening "Listening" { requires at least 2 session for this }

role coach "Coach" {
  eligible when all of {
    competency listening
    coached    "Coached": at least 10 total hours of session
    experience "Experience": years_teaching >= 3 or principal_recommends
  }
}
`;

export const sources = { "main.pathway": text };

export const record = Object.freeze({
  id: "c-7",
  facts: { years_teaching: 2 },
  evidence: [
    { id: "s1", kind: "session", date: "2026-09-01", for: ["listening"], hours: 2.5 },
    { id: "s2", kind: "session", date: "2026-10-01", status: "under_review", hours: 4 },
  ],
});

export const asOf = "2026-11-22";
