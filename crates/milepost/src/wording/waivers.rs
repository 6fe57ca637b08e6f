//! Waivers in words: how one stands in; why nothing rests on it out.

use milepost_engine::WaiverStanding;
use milepost_engine::record::Waiver;

use super::Words;
use super::phrases::short_list;

/// Nothing is left to waive.
pub(crate) const MET_ANYWAY: &str = "the requirement is met without it";
/// The requirement is waived already.
pub(crate) const ANOTHER: &str = "another waiver of the requirement comes before it";

impl Words<'_> {
    /// Why no requirement rests on a waiver that is not in force; `near` is an address that may have been meant.
    pub(crate) fn why_not(
        self,
        standing: WaiverStanding,
        waiver: &Waiver,
        near: Option<&str>,
    ) -> String {
        match standing {
            WaiverStanding::Orphaned => match near {
                Some(near) => {
                    format!("the programme has no such requirement; the nearest is {near}")
                }
                None => "the programme has no such requirement".to_owned(),
            },
            WaiverStanding::NotWaivable(_) => "nobody may waive this requirement".to_owned(),
            WaiverStanding::Unauthorised(node) => {
                let may = self.node(node).map_or(&[][..], |node| &node.waivable);
                format!("only {} may waive this requirement", short_list(may, "or"))
            }
            WaiverStanding::SelfGranted(_) => {
                "candidates grant no waivers to themselves".to_owned()
            }
            WaiverStanding::NotYet(_) => format!("it holds only from {}", waiver.granted),
            WaiverStanding::Expired(_) => {
                let last = waiver.expires.unwrap_or(waiver.granted);
                format!("it held until {last}")
            }
            WaiverStanding::InForce(_) => MET_ANYWAY.to_owned(),
        }
    }
}
