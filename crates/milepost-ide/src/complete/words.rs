//! The words of the language by the place where they may stand, the likely ones first.

pub(super) const DECLARATIONS: &[&str] = &[
    "pathway",
    "use",
    "scale",
    "rubric",
    "candidate",
    "evidence",
    "competency",
    "role",
    "rule",
    "measure",
    "scenario",
];
pub(super) const PATHWAY: &[&str] = &[
    "publisher",
    "version",
    "effective from",
    "school year starts",
    "replaces",
    "candidates enrolled before",
];
pub(super) const COMPETENCY: &[&str] = &["about", "aligned to", "requires", "awards"];
pub(super) const ROLE: &[&str] = &[
    "about",
    "incentive",
    "eligible when",
    "preferred",
    "stage",
    "once reached stays",
];
pub(super) const REQUIREMENT: &[&str] = &[
    "all of",
    "any of",
    "at least",
    "at most",
    "exactly",
    "none of",
    "in order",
    "no",
    "every",
    "competency",
    "role",
    "rule",
    "held role",
    "not",
];
pub(super) const SCENARIO: &[&str] = &[
    "as of",
    "enrolled",
    "given",
    "given credential",
    "given post",
    "given waiver for",
    "expect role",
    "expect competency",
];
pub(super) const CLAUSES: &[&str] = &[
    "where",
    "whose",
    "within",
    "since",
    "from",
    "before",
    "after",
    "during this school year",
    "during last school year",
    "during the last",
    "in the",
    "for",
    "for this",
    "among latest",
    "counting the latest of each",
    "counting the highest",
    "including those under review",
    "including returned",
    "by different",
    "with the same",
    "in different school years",
    "in consecutive school years",
];
pub(super) const NOTES: &[&str] = &[
    "accepted",
    "with",
    "for",
    "expires",
    "submitted",
    "decided",
    "suspended from",
    "under review",
    "draft",
    "returned",
    "revoked",
];
pub(super) const STATUSES: &[&str] = &["met", "pending", "needs information", "unmet", "waived"];
pub(super) const TYPES: &[&str] = &[
    "number", "whole", "yes/no", "date", "text", "one of", "list of",
];
/// What follows a condition or a name.
pub(super) const AFTER: &[&str] = &["and", "or", "in", "is known", "contains"];
/// What may be counted besides kinds of evidence.
pub(super) const COUNTED: &[&str] = &[
    "of",
    "total",
    "average",
    "highest",
    "lowest",
    "points of",
    "criteria of",
];
pub(super) const FIGURES: &[&str] = &[
    "percent of candidates",
    "number of candidates",
    "number of different",
    "number of competencies met",
];
pub(super) const WHO: &[&str] = &[
    "who meet role",
    "who meet competency",
    "whose",
    "among candidates",
];
pub(super) const DAYS: &[&str] = &[
    "today",
    "start of this school year",
    "end of this school year",
];
