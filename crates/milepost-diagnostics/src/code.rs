//! The table of codes: one per kind of problem, never reused. Each has a page in `docs/diagnostics/`.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The programme cannot be evaluated.
    Error,
    /// It can be, and is probably not what was meant.
    Warning,
}

impl Severity {
    /// The word people read.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($variant:ident = $text:literal $severity:ident $title:literal,)*) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as it is printed and looked up.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What it is about, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The name it has in settings, `UnusedRule` as `unused_rule`.
            #[must_use]
            pub fn name(self) -> String {
                let written = match self { $(Self::$variant => stringify!($variant),)* };
                let mut name = String::new();
                for letter in written.chars() {
                    if letter.is_ascii_uppercase() && !name.is_empty() {
                        name.push('_');
                    }
                    name.push(letter.to_ascii_lowercase());
                }
                name
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // the text itself
    UnexpectedText = "MP0001" Error "something else was expected here",
    UnclosedBlock = "MP0002" Error "a block or parenthesis is not closed",
    UnclosedText = "MP0003" Error "a text is not closed on its line",
    HiddenCharacter = "MP0004" Error "an invisible or direction-changing character",
    NestedTooDeep = "MP0005" Error "nested too deeply",
    FileTooLarge = "MP0006" Error "a file or programme is too large",
    NotUtf8 = "MP0007" Error "a file is not UTF-8 text",
    UnknownEscape = "MP0008" Error "an escape in a text that means nothing",
    TooManyOperators = "MP0009" Error "a condition with too many operators",
    SpacesAroundMinus = "MP0010" Error "a minus without spaces around it",
    NameTooLong = "MP0011" Error "a name or a title that is too long",

    // names and files
    FileNotRead = "MP0101" Error "a used file cannot be read",
    UnknownName = "MP0102" Error "a name nobody declared",
    DuplicateName = "MP0103" Error "a name declared twice",
    UseCycle = "MP0104" Error "files that use each other in a circle",
    DependencyCycle = "MP0105" Error "declarations that require each other in a circle",
    AmbiguousName = "MP0106" Error "a name that can be read in two ways",
    LookAlikeName = "MP0107" Warning "names that look alike",
    ReservedWord = "MP0108" Error "a reserved word used as a name",
    PathwayCount = "MP0109" Error "a programme has exactly one pathway declaration",
    UnusedEvidence = "MP0110" Warning "a kind of evidence that nothing asks for",
    UnusedRule = "MP0111" Warning "a rule that nothing calls",
    UnusedParameter = "MP0112" Warning "a parameter that its rule does not use",
    CandidateClash = "MP0113" Error "two descriptions of the candidate",
    ThisOutsideCompetency = "MP0114" Error "`this` where there is no competency",
    RepeatedProperty = "MP0115" Error "a property given twice",
    NothingToEvaluate = "MP0116" Warning "a programme without roles and competencies",
    FormerNameClash = "MP0117" Error "a former name that something else has",

    // types and arguments
    TypeMismatch = "MP0201" Error "two things that do not go together",
    DifferentScales = "MP0202" Error "levels of different scales",
    NotANumber = "MP0203" Error "arithmetic on what is no number",
    WrongArguments = "MP0204" Error "wrong or missing arguments",
    LevelsWithoutNumbers = "MP0205" Error "an average over levels that have no numbers",
    TooManyFactors = "MP0206" Error "too many unknown factors multiplied",

    // values and requirements
    ImpossibleDate = "MP0301" Error "a date that does not exist",
    NumberOutOfRange = "MP0302" Error "a number out of range",
    ShareOverHundred = "MP0303" Error "a share over 100 %",
    NoSchoolYear = "MP0304" Error "a school year whose start nobody declared",
    TooFewBranches = "MP0305" Error "more asked than there are branches",
    NeverHolds = "MP0306" Error "a condition that can never hold",
    AlwaysHolds = "MP0307" Warning "a condition that always holds",
    EmptyWindow = "MP0308" Error "a window of time with no day in it",
    ClauseClash = "MP0309" Error "clauses that do not go together",
    EmptyBlock = "MP0310" Error "a block with nothing in it",
    LevelNumbersOutOfOrder = "MP0311" Error "numbers of levels that do not rise",
    SeveralRequirements = "MP0312" Error "one requirement was expected",
    ScenarioIncomplete = "MP0313" Error "a scenario without a date or an expectation",
    TooManyRequirements = "MP0314" Error "a programme that grows too large",
    UnknownAdviceValue = "MP0315" Error "a live value that advice does not have",
    NotWaivable = "MP0316" Error "a requirement that cannot be waived",
    NotShared = "MP0317" Error "evidence that cannot be shared out without reuse",
    CutScoresOutOfOrder = "MP0318" Error "cut scores that do not rise",
    LevelFromScore = "MP0319" Error "a level and the score that it follows from",

    // versions of a programme
    VersionCycle = "MP0401" Error "versions that replace each other in a circle",
    AnotherProgramme = "MP0402" Error "a version of another programme",
    VersionWithoutDays = "MP0403" Error "one of several versions without a name or a first day",
    VersionsOverlap = "MP0404" Error "two versions in force on one day",
    VersionGap = "MP0405" Warning "days on which no version is in force",
    UnknownVersion = "MP0406" Error "a transition to a version that there is not",
    IdleTransition = "MP0407" Error "a transition that nobody needs",
    VersionsDisagree = "MP0408" Error "a word of records that means something else in another version",

    // lints: what can be evaluated, and is worth a second look
    UnusedCompetency = "MP0501" Warning "a competency that no role uses",
    UnusedAllow = "MP0502" Warning "a note that allows what nobody found",
    UnclearNote = "MP0503" Warning "a note to milepost that is not understood",
    SubsumedRequirement = "MP0504" Warning "a requirement that its sibling decides",
    BeyondPopulation = "MP0505" Warning "more asked than there can be",
    StarvingPool = "MP0506" Warning "more asked without reuse than is looked at",
    SameTitle = "MP0507" Warning "two things with one title",
    TitleDrift = "MP0508" Warning "a title that speaks of something else",
    FixedDate = "MP0509" Warning "a fixed day where others look back",
    UnknownAuthority = "MP0510" Warning "an authority that appears nowhere else",
    UntestedBranch = "MP0511" Warning "a branch that no scenario meets",
    ShortCredential = "MP0512" Warning "a credential that ends before it can be earned again",
    RepeatedExpectation = "MP0513" Warning "an expectation that stands twice",
}

impl Code {
    /// Whether it is looked for only by those who check programmes, not by those who evaluate them.
    #[must_use]
    pub fn is_lint(self) -> bool {
        self.as_str().starts_with("MP05")
    }

    /// The code that is written so, or has this name.
    #[must_use]
    pub fn called(text: &str) -> Option<Self> {
        let named = || Self::ALL.iter().copied().find(|code| code.name() == text);
        Self::parse(text).or_else(named)
    }

    /// The code written so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}
