//! What a rule of the grammar is called in a message: a rule in, human words out.
//!
//! The match is exhaustive, so that no rule can be added without words for it.

use crate::grammar::Rule;

/// The words for a rule.
pub(super) fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::EOI => "the end",
        // Silent rules, which pest does not name.
        Rule::WHITESPACE
        | Rule::list_close
        | Rule::digit
        | Rule::untied_text
        | Rule::label_word
        | Rule::clause_rest
        | Rule::skipped_values
        | Rule::rough_value
        | Rule::COMMENT
        | Rule::blank
        | Rule::line_break
        | Rule::gap
        | Rule::some_gap
        | Rule::line_end
        | Rule::name_char
        | Rule::word
        | Rule::dotted
        | Rule::quoted
        | Rule::quoted_run
        | Rule::unclosed_run
        | Rule::number_tail
        | Rule::written_length
        | Rule::block_close
        | Rule::not_prefix
        | Rule::next_prefix
        | Rule::more_condition
        | Rule::more_sum
        | Rule::more_bound
        | Rule::arithmetic
        | Rule::comparison
        | Rule::paren_close
        | Rule::part_end
        | Rule::block_end
        | Rule::entries_end
        | Rule::next_requirement
        | Rule::compared_literal
        | Rule::rough_word
        | Rule::property_word
        | Rule::member_word
        | Rule::piece
        | Rule::dangling_sign
        | Rule::dangling_word
        | Rule::skipped_parens
        | Rule::skipped_braces
        | Rule::same_line
        | Rule::symbol
        | Rule::continues
        | Rule::continues_record
        | Rule::orphan
        | Rule::orphan_rest
        | Rule::reserved_item
        | Rule::rough_item => "something that can be read",
        Rule::any_name
        | Rule::path
        | Rule::pathway_header
        | Rule::scale_header
        | Rule::rubric_header
        | Rule::evidence_header
        | Rule::competency_header
        | Rule::role_header
        | Rule::rule_header
        | Rule::measure_header
        | Rule::whole_measure_header
        | Rule::entry_member
        | Rule::entry
        | Rule::whole_entry
        | Rule::whole_evidence_header => "a name",
        Rule::former_name => "a former name",
        Rule::authority => "the name of an authority such as `superintendent`",
        Rule::requirement_address => "the address of a requirement such as `data_lead.experience`",
        Rule::kind | Rule::records => "a kind of evidence",
        Rule::competency_name | Rule::competency_ref => "the name of a competency",
        Rule::role_name | Rule::role_ref => "the name of a role",
        Rule::stage_name => "the name of a stage",
        Rule::rule_name | Rule::rule_ref => "the name of a rule",
        Rule::scale_name => "the name of a scale",
        Rule::field_name => "the name of a field",
        Rule::fact_name => "the name of a fact",
        Rule::reserved => "a word of the language",
        Rule::k_about | Rule::about => "`about`",
        Rule::k_accepted => "`accepted`",
        Rule::k_advice | Rule::advice => "`advice`",
        Rule::k_after | Rule::after => "`after`",
        Rule::k_aligned => "`aligned`",
        Rule::k_all => "`all`",
        Rule::k_among => "`among`",
        Rule::k_and
        | Rule::k_contains
        | Rule::k_or
        | Rule::plus
        | Rule::operator
        | Rule::arithmetic_sign
        | Rule::minus
        | Rule::tight_minus
        | Rule::times
        | Rule::in_list
        | Rule::is_known => "an operator",
        Rule::k_any => "`any`",
        Rule::k_as => "`as`",
        Rule::k_at => "`at`",
        Rule::k_average => "`average`",
        Rule::k_awards | Rule::awards => "`awards`",
        Rule::k_because => "`because`",
        Rule::k_before | Rule::before => "`before`",
        Rule::k_by => "`by`",
        Rule::k_candidate => "`candidate`",
        Rule::k_candidates => "`candidates`",
        Rule::k_cites | Rule::cites => "`cites`",
        Rule::k_competency => "`competency`",
        Rule::k_consecutive => "`consecutive`",
        Rule::k_credential => "`credential`",
        Rule::k_competencies => "`competencies met`",
        Rule::k_criteria => "`criteria`",
        Rule::k_criterion => "`criterion`",
        Rule::k_decided => "`decided`",
        Rule::k_different => "`different`",
        Rule::k_draft => "`draft`",
        Rule::k_during | Rule::during_last | Rule::during_the_last | Rule::during => "`during`",
        Rule::k_effective | Rule::effective => "`effective`",
        Rule::k_eligible => "`eligible`",
        Rule::k_end => "`end`",
        Rule::k_enrolled | Rule::enrolled => "`enrolled`",
        Rule::k_every => "`every`",
        Rule::k_evidence => "`evidence`",
        Rule::k_exactly => "`exactly`",
        Rule::k_expect | Rule::expectation | Rule::expected_result => "`expect`",
        Rule::k_expires => "`expires`",
        Rule::k_finish => "`finish`",
        Rule::k_for | Rule::for_this | Rule::for_competency => "`for`",
        Rule::k_effort | Rule::effort => "`effort`",
        Rule::k_hours => "`hours`",
        Rule::k_formerly | Rule::formerly => "`formerly`",
        Rule::k_from | Rule::range | Rule::from_to | Rule::from_score | Rule::cut_scores => {
            "`from`"
        }
        Rule::k_given
        | Rule::given_waiver
        | Rule::waiver_head
        | Rule::given_credential
        | Rule::credential_head
        | Rule::evidence_head
        | Rule::given_evidence
        | Rule::given_post
        | Rule::given_facts => "`given`",
        Rule::k_granted => "`granted`",
        Rule::k_held | Rule::held | Rule::held_role => "`held`",
        Rule::k_highest => "`highest`",
        Rule::k_in
        | Rule::in_the
        | Rule::different_years
        | Rule::consecutive_years
        | Rule::in_consecutive => "`in`",
        Rule::k_incentive | Rule::incentive => "`incentive`",
        Rule::k_including | Rule::including_review | Rule::including_returned => "`including`",
        Rule::k_information => "`information`",
        Rule::k_is => "`is`",
        Rule::k_issued => "`issued`",
        Rule::k_known => "`known`",
        Rule::k_last => "`last`",
        Rule::k_latest => "`latest`",
        Rule::k_counting => "`counting`",
        Rule::k_each => "`each`",
        Rule::k_least => "`least`",
        Rule::k_list => "`list`",
        Rule::k_lowest => "`lowest`",
        Rule::k_measure => "`measure`",
        Rule::k_meet => "`meet`",
        Rule::k_may => "`may`",
        Rule::k_met => "`met`",
        Rule::k_most => "`most`",
        Rule::k_needs => "`needs`",
        Rule::k_next | Rule::next_day => "`next`",
        Rule::k_no => "`no`",
        Rule::k_none => "`none`",
        Rule::k_not => "`not`",
        Rule::k_number
        | Rule::k_percent
        | Rule::figure
        | Rule::percent_of
        | Rule::number_of
        | Rule::different_of
        | Rule::competencies_met => "`percent of candidates` or `number of`",
        Rule::k_of => "`of`",
        Rule::k_on => "`on`",
        Rule::k_once | Rule::stays => "`once reached stays`",
        Rule::k_one => "`one`",
        Rule::or_another => "`or`",
        Rule::k_order => "`order`",
        Rule::k_pathway => "`pathway`",
        Rule::k_pending => "`pending`",
        Rule::k_post => "`post`",
        Rule::k_preferred | Rule::preferred => "`preferred`",
        Rule::k_publisher | Rule::publisher => "`publisher`",
        Rule::k_replaces | Rule::replaces => "`replaces`",
        Rule::k_reached => "`reached`",
        Rule::k_requires | Rule::requires => "`requires`",
        Rule::k_returned => "`returned`",
        Rule::k_reuse => "`reuse`",
        Rule::k_review => "`review`",
        Rule::k_revoked => "`revoked`",
        Rule::k_risk => "`risk`",
        Rule::k_role => "`role`",
        Rule::k_rubric => "`rubric`",
        Rule::k_rule => "`rule`",
        Rule::k_same => "`same`",
        Rule::k_scale => "`scale`",
        Rule::k_scenario => "`scenario`",
        Rule::k_school => "`school`",
        Rule::k_since | Rule::since => "`since`",
        Rule::k_skipping | Rule::skipping => "`skipping`",
        Rule::k_stage | Rule::stage | Rule::stage_head => "`stage`",
        Rule::k_start => "`start`",
        Rule::k_starts => "`starts`",
        Rule::k_stays => "`stays`",
        Rule::k_submitted => "`submitted`",
        Rule::k_suspended => "`suspended`",
        Rule::k_the => "`the`",
        Rule::k_this => "`this`",
        Rule::k_those => "`those`",
        Rule::k_to => "`to`",
        Rule::k_today => "`today`",
        Rule::k_total => "`total`",
        Rule::k_under => "`under`",
        Rule::k_unmet => "`unmet`",
        Rule::k_until => "`until`",
        Rule::k_use => "`use`",
        Rule::k_valid => "`valid`",
        Rule::k_version | Rule::version => "`version`",
        Rule::k_waivable | Rule::waivable => "`waivable by`",
        Rule::k_waived => "`waived`",
        Rule::k_waiver => "`waiver`",
        Rule::k_when | Rule::stage_when => "`when`",
        Rule::k_where | Rule::where_clause => "`where`",
        Rule::k_who | Rule::who_meet | Rule::who => "`who meet` or `whose`",
        Rule::among_words | Rule::among_candidates => "`among candidates`",
        Rule::k_whose | Rule::whose => "`whose`",
        Rule::k_with => "`with`",
        Rule::k_within | Rule::within => "`within`",
        Rule::k_without => "`without`",
        Rule::k_year => "`year`",
        Rule::k_years => "`years`",
        Rule::k_yes => "`yes`",
        Rule::title | Rule::candidate_header | Rule::scenario_header => "a title",
        Rule::text | Rule::use_header | Rule::whole_use_header => "a text in quotes",
        Rule::number | Rule::counted | Rule::bound | Rule::bound_operand => "a number",
        Rule::percent | Rule::share => "a share such as `75%`",
        Rule::date => "a date such as `2026-07-01`",
        Rule::day => "a day of the year such as `07-01`",
        Rule::year_name => "a school year such as `2015-16`",
        Rule::duration | Rule::amount => "a duration such as `3 years`",
        Rule::unit => "a unit of time",
        Rule::open
        | Rule::pathway_block
        | Rule::scale_block
        | Rule::entry_block
        | Rule::cut_block
        | Rule::field_block
        | Rule::competency_block
        | Rule::role_block
        | Rule::rule_block
        | Rule::scenario_block
        | Rule::requirement_block
        | Rule::unopened_block
        | Rule::points_block
        | Rule::group_block
        | Rule::missing_open => "`{`",
        Rule::close | Rule::missing_close | Rule::missing_list_close => "`}`",
        Rule::open_paren => "`(`",
        Rule::close_paren | Rule::missing_paren => "`)`",
        Rule::colon => "`:`",
        Rule::comma => "`,`",
        Rule::file
        | Rule::item
        | Rule::pathway_item
        | Rule::use_item
        | Rule::scale_item
        | Rule::rubric_item
        | Rule::candidate_item
        | Rule::evidence_item
        | Rule::competency_item
        | Rule::role_item
        | Rule::rule_item
        | Rule::measure_item
        | Rule::scenario_item => "a declaration",
        Rule::declaration_start => "the next declaration",
        Rule::parameters => "parameters in parentheses",
        Rule::parameter => "a parameter such as `hours: number`",
        Rule::pathway_member
        | Rule::pathway_property
        | Rule::pathway_word
        | Rule::whole_pathway_property => {
            "`publisher`, `version`, `effective from`, `school year starts`, `replaces` or `candidates enrolled before`"
        }
        Rule::competency_member
        | Rule::competency_property
        | Rule::property_start
        | Rule::whole_competency_property => "`about`, `aligned to`, `requires` or `awards`",
        Rule::role_member | Rule::role_property | Rule::whole_role_property => {
            "`about`, `incentive`, `eligible when`, `stage`, `once reached stays` or `preferred`"
        }
        Rule::level_member | Rule::level | Rule::whole_level => {
            "a level such as `mastered \"Mastered\"`"
        }
        Rule::cut_member | Rule::cut | Rule::whole_cut => "a cut score such as `mastered 300`",
        Rule::field_member | Rule::field | Rule::whole_field => "a field such as `hours : number`",
        Rule::transition => "`candidates enrolled before`",
        Rule::year_start => "`school year starts`",
        Rule::aligned => "`aligned to`",
        Rule::eligible => "`eligible when`",
        Rule::type_name
        | Rule::plain_type
        | Rule::number_type
        | Rule::whole_type
        | Rule::yes_no_type
        | Rule::date_type
        | Rule::text_type
        | Rule::word_number
        | Rule::word_whole
        | Rule::named_type => "a type such as `number`, `date` or the name of a scale",
        Rule::list_type => "`list of`",
        Rule::one_of => "`one of`",
        Rule::requirement
        | Rule::form
        | Rule::group
        | Rule::reference
        | Rule::quantified
        | Rule::no_records
        | Rule::every_records
        | Rule::starter
        | Rule::missing_requirement
        | Rule::whole_requirement => "a requirement",
        Rule::label | Rule::label_start | Rule::labels | Rule::label_path => "a label",
        Rule::all_of => "`all of`",
        Rule::without_reuse => "`without reuse`",
        Rule::any_of => "`any of`",
        Rule::none_of => "`none of`",
        Rule::in_order => "`in order`",
        Rule::arguments => "arguments in parentheses",
        Rule::argument => "an argument such as `hours: 4`",
        Rule::how => "`at least`, `at most` or `exactly`",
        Rule::k_points | Rule::points_of => "`points of`",
        Rule::worth | Rule::worth_start | Rule::points_member => "points such as `5 for`",
        Rule::at_least => "`at least`",
        Rule::at_most => "`at most`",
        Rule::aggregate | Rule::aggregate_word => "`total`, `average`, `highest` or `lowest`",
        Rule::clause | Rule::known_clause | Rule::clause_word | Rule::whole_clause => {
            "a clause such as `where` or `within`"
        }
        Rule::and_this_one => "`and this one`",
        Rule::this_year => "`this school year`",
        Rule::last_year => "`last school year`",
        Rule::named_year => "`school year`",
        Rule::counting => "`counting the latest of each`",
        Rule::held_for | Rule::for_at_least => "`for at least`",
        Rule::school_years => "`school years`",
        Rule::among_latest => "`among latest`",
        Rule::by_different => "`by different`",
        Rule::with_the_same => "`with the same`",
        Rule::condition => "a condition",
        Rule::sum
        | Rule::operand
        | Rule::parens
        | Rule::year_edge
        | Rule::role_start
        | Rule::every_criterion
        | Rule::some_criteria
        | Rule::value
        | Rule::value_block
        | Rule::list_value => "a value",
        Rule::equal
        | Rule::not_equal
        | Rule::less
        | Rule::less_or_equal
        | Rule::greater
        | Rule::greater_or_equal => "a comparison",
        Rule::level_operand => "a level",
        Rule::criteria_condition => "`criteria of`",
        Rule::criteria_test => "a rubric",
        Rule::scenario_member | Rule::scenario_line | Rule::scenario_word | Rule::whole_line => {
            "`as of`, `enrolled`, `given` or `expect`"
        }
        Rule::as_of => "`as of`",
        Rule::record_id => "the id of a record",
        Rule::given => "a fact or field with its value",
        Rule::given_level => "a criterion with its level",
        Rule::note
        | Rule::note_for
        | Rule::note_with
        | Rule::note_expires
        | Rule::note_submitted
        | Rule::note_decided
        | Rule::note_suspended => "more about the record",
        Rule::record_status => "a status",
        Rule::expected_status => "`met`, `waived`, `pending`, `needs information` or `unmet`",
        Rule::at_risk => "`at risk`",
        Rule::header_end
        | Rule::property_end
        | Rule::entry_end
        | Rule::field_end
        | Rule::entry_start
        | Rule::field_start
        | Rule::scenario_end => "the end of the line",
        Rule::requirement_end => "the next requirement",
        Rule::clause_end => "another clause",
        Rule::malformed_header
        | Rule::malformed_property
        | Rule::skipped_property
        | Rule::malformed_entry
        | Rule::malformed_field
        | Rule::malformed_line
        | Rule::malformed_form
        | Rule::skipped_form
        | Rule::skipped_list
        | Rule::malformed_clause
        | Rule::orphans
        | Rule::malformed_measure
        | Rule::malformed_item => "something that can be read",
    }
}
