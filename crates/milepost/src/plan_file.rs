//! Plans as files: a [`Pathway`] in, bytes out; bytes in, the [`Pathway`] again or a sentence that says why not.

use milepost_engine::Plan;
pub use milepost_engine::plan::file::{LARGEST as LARGEST_PLAN, is_plan};
pub use milepost_engine::{PlanFileError, PlanHeader};

use crate::Pathway;

impl Pathway {
    /// The checked programme as a file, which loads without its texts and without a compiler. The same programme gives the
    /// same bytes on every host.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// let compiled = milepost::compile(&sources, "main.pathway");
    /// let bytes = compiled.plan()?.to_plan_bytes();
    ///
    /// let pathway = milepost::Pathway::load(&bytes)?;
    /// assert_eq!(pathway.plan().parts().programme.name, "coaching");
    /// assert_eq!(pathway.to_plan_bytes(), bytes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_plan_bytes(&self) -> Vec<u8> {
        self.plan().to_bytes()
    }

    /// Loads a plan file. The bytes may come from anybody: nothing they say is trusted.
    ///
    /// # Errors
    ///
    /// The bytes are no plan, not those that were written, or say what no programme says.
    pub fn load(bytes: &[u8]) -> Result<Self, PlanFileError> {
        Plan::from_bytes(bytes).map(Self::new)
    }
}
