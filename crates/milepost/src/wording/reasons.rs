//! Why a record does not count, in a few words: "2021-04-02 is before 2023-11-23, the first day that counts".

use milepost_engine::Status;
use milepost_engine::outcome::{NearMiss, Reason};
use milepost_engine::plan::{Attempts, Records, Spread, Test};

use super::Words;
use super::phrases::{count, title};
use super::shortfall::{Known, Shortfall};

impl Words<'_> {
    /// Why a record nearly counted and did not.
    pub(crate) fn reason(self, asked: &Records, miss: &NearMiss, known: Known<'_>) -> String {
        let known = Known {
            entry: Some(miss.record),
            ..known
        };
        let date = || {
            known
                .record
                .date(miss.record)
                .map_or_else(String::new, |date| date.to_string())
        };
        match miss.reason {
            Reason::UnderReview => "under review".to_owned(),
            Reason::Status(status) => match status {
                Status::Accepted => "accepted",
                Status::UnderReview => "under review",
                Status::Draft => "a draft, not submitted",
                Status::Returned => "returned",
                Status::Suspended => "suspended",
                Status::Revoked => "revoked",
            }
            .to_owned(),
            Reason::Expired(last) => format!("expired on {last}"),
            Reason::NotFor(competency) => {
                let competency = self.parts.competencies.get(competency.index());
                let name = competency.map(|it| title(&it.entry)).unwrap_or_default();
                format!("not filed for {name}")
            }
            Reason::TooEarly(first) => {
                format!("{} is before {first}, the first day that counts", date())
            }
            Reason::TooLate(last) => {
                format!("{} is after {last}, the last day that counts", date())
            }
            Reason::BeforeRenewal(issued) => {
                format!(
                    "{} is not after {issued}, when the credential that has expired was issued",
                    date()
                )
            }
            Reason::Whose(part) => self.falls_short(asked.whose.as_ref(), part, known),
            Reason::Where(part) => self.falls_short(asked.matching.as_ref(), part, known),
            Reason::NotAmongLatest => match asked.latest {
                Some(1) => "not the latest".to_owned(),
                Some(number) => format!("not among the latest {}", count(u64::from(number))),
                None => "not among the latest".to_owned(),
            },
            Reason::AnotherAttempt => match asked.attempts {
                Some(Attempts {
                    key,
                    highest: Some(of),
                }) => format!(
                    "not the highest {} of its {}",
                    self.source(of),
                    self.source(key)
                ),
                Some(Attempts { key, highest: None }) => {
                    format!("not the latest of its {}", self.source(key))
                }
                None => "another attempt counts".to_owned(),
            },
            Reason::Repeats(other) => {
                let id = known.record.record_id(other);
                match &asked.spread {
                    Some(Spread::Different(source) | Spread::Same(source)) => {
                        format!("same {} as {id}", self.source(*source))
                    }
                    _ => format!("same school year as {id}"),
                }
            }
        }
    }

    /// What part of a condition fails, with the value found.
    fn falls_short(self, test: Option<&Test>, part: u32, known: Known<'_>) -> String {
        let failing = match test {
            Some(Test::All(parts)) => parts.get(part as usize).or(test),
            other => other,
        };
        let Some(failing) = failing else {
            return String::new();
        };
        match self.shortfall(failing, known) {
            Shortfall::Value {
                subject,
                value,
                asked: Some(asked),
            } => {
                format!("{subject} is {value}, not {asked}")
            }
            Shortfall::Value {
                subject,
                value,
                asked: None,
            } => format!("{subject} is {value}"),
            Shortfall::Missing { subject } => format!("{subject} is not given"),
            Shortfall::Clause(clause) => format!("it is not so that {clause}"),
        }
    }
}
