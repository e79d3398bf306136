using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Schema;
using Liaison.Writeback.Checks;

namespace Liaison.Tests.Writeback.Checks;

public sealed class BusinessRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 10, 30, 0, TimeSpan.Zero);

    private static readonly RecordSchema Deal = ASchema.Of(
        new FieldDefinition("ai_score", "score__c", "Score", FieldType.Number),
        new FieldDefinition("ai_rationale", "rationale__c", "Rationale", FieldType.Text),
        new FieldDefinition("close_date", "closedate", "Close date", FieldType.Date),
        new FieldDefinition("amount", "amount", "Amount", FieldType.Money),
        new FieldDefinition("stage", "dealstage", "Stage", FieldType.Option)
        {
            Options = [new("open", "Open"), new("won", "Closed won"), new("lost", "Closed lost"), new("old", "Parked", Active: false)],
        }) with
    {
        Type = RecordType.Deal,
    };

    private static readonly RuleOptions ScoreNeedsRationale = new()
    {
        Name = "score-needs-rationale", Type = "deal", When = "ai_score has a value", Require = "ai_rationale has a value",
        Message = "A score is written with its rationale.",
    };

    private static readonly RuleOptions NoPastClose = new()
    {
        Name = "no-past-close", Type = "deal", When = "stage is open", Require = "close date on or after today",
        Message = "An open deal closes today or later; move its close date.",
    };

    private static readonly RuleOptions WonHasAmount = new()
    {
        Name = "won-has-amount", Type = "deal", When = "stage is Closed won", Require = "amount > 0", Message = "A won deal has an amount",
    };

    [Fact]
    public void A_broken_rule_is_told_in_its_own_words_with_its_name()
    {
        var failure = Check(["ai_score"], ("ai_score", new FieldValue.Number(80)), ("ai_rationale", FieldValue.Empty));

        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldBe("A score is written with its rationale (rule \"score-needs-rationale\").");
        failure.Field.ShouldBe("ai_score");
    }

    [Fact]
    public void A_rule_that_holds_refuses_nothing() =>
        Check(["ai_score"], ("ai_score", new FieldValue.Number(80)), ("ai_rationale", new FieldValue.Text("Opened every mail."))).ShouldBeNull();

    [Theory]
    [InlineData("open", "2026-05-05", true)]
    [InlineData("open", "2026-05-06", false)]
    [InlineData("won", "2026-05-05", false)]
    public void The_close_date_of_an_open_deal_is_not_in_the_past(string stage, string day, bool refused) =>
        (Check(["close_date"], ("stage", new FieldValue.Option(stage, stage)), ("close_date", new FieldValue.Date(DateOnly.Parse(day, null)))) is not null)
            .ShouldBe(refused);

    [Fact]
    public void A_rule_that_no_changed_field_touches_is_not_asked() =>
        Check(["amount"], ("stage", new FieldValue.Option("lost", "Closed lost")), ("amount", new FieldValue.Number(1))).ShouldBeNull();

    [Theory]
    [InlineData("won")]
    [InlineData("Closed won")]
    [InlineData("closed WON")]
    public void A_choice_is_judged_as_it_would_be_stored_however_it_is_proposed(string proposed)
    {
        Check(["stage"], ("stage", new FieldValue.Text(proposed)), ("amount", FieldValue.Empty), ("close_date", FieldValue.Empty))
            .ShouldNotBeNull().Message.ShouldContain("won-has-amount");
        Check(["stage"], ("stage", new FieldValue.Option(proposed, proposed)), ("amount", FieldValue.Empty), ("close_date", FieldValue.Empty))
            .ShouldNotBeNull().Message.ShouldContain("won-has-amount");
    }

    [Fact]
    public void A_day_that_is_proposed_as_text_is_judged_as_a_day() =>
        Check(["close_date"], ("stage", new FieldValue.Option("open", "Open")), ("close_date", new FieldValue.Text("2026-05-05")))
            .ShouldNotBeNull().Message.ShouldContain("no-past-close");

    [Fact]
    public void A_choice_that_is_held_and_no_longer_offered_is_judged_as_it_is() =>
        Check(["close_date"], ("stage", new FieldValue.Option("old", "Parked")), ("close_date", new FieldValue.Date(new DateOnly(2020, 1, 1)))).ShouldBeNull();

    [Fact]
    public void A_rule_whose_field_was_not_read_refuses_since_it_cannot_be_shown_to_hold()
    {
        var failure = Check(["close_date"], ("close_date", new FieldValue.Date(new DateOnly(2026, 5, 5))));

        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldStartWith("The rule \"no-past-close\" cannot be shown to hold without stage;");
    }

    [Fact]
    public void A_field_that_was_not_read_does_no_harm_where_the_others_decide() =>
        Check(["stage"], ("stage", new FieldValue.Option("lost", "Closed lost"))).ShouldBeNull();

    [Fact]
    public void A_value_that_does_not_read_as_its_type_is_no_proof() =>
        Check(["close_date"], ("stage", new FieldValue.Option("open", "Open")), ("close_date", new FieldValue.Unreadable("soon", "It is no day.")))
            .ShouldNotBeNull().Message.ShouldContain("close_date");

    [Fact]
    public void The_fields_needed_are_those_of_the_rules_that_a_change_touches()
    {
        var rules = Compiled();

        rules.FieldsNeeded(["close_date"]).ShouldBe(["stage", "close_date"]);
        rules.FieldsNeeded(["stage"]).ShouldBe(["stage", "close_date", "amount"], ignoreOrder: true);
        rules.FieldsNeeded(["name"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_of_another_type_is_left_out() =>
        BusinessRules.Compile([Rule("contact", "shoe_size > 1")], Deal, Now).TryGet(out _, out _).ShouldBeTrue();

    [Fact]
    public void A_rule_without_a_condition_always_applies() =>
        Check([Rule("deal", "amount > 0")], ["amount"], ("amount", new FieldValue.Number(0))).ShouldNotBeNull().Message.ShouldBe("It is so (rule \"sample\").");

    [Fact]
    public void A_rule_about_a_field_that_the_CRM_lacks_names_rule_field_and_mend()
    {
        var failure = BusinessRules.Compile([Rule("deal", "shoesize > 1")], Deal, Now).Failure;

        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Drifted);
        failure.Field.ShouldBe("shoesize");
        failure.Message.ShouldBe(
            "The rule \"sample\" looks at \"shoesize\", which deal does not have in this CRM; mend require under policy.rules or create the field.");
    }

    [Theory]
    [InlineData("amount >")]
    [InlineData("stage > open")]
    [InlineData("stage is Nowhere")]
    [InlineData("")]
    public void A_rule_that_cannot_be_read_is_refused_by_name(string require)
    {
        var failure = BusinessRules.Compile([Rule("deal", require)], Deal, Now).Failure;

        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldStartWith("The rule \"sample\" cannot be judged on deal; mend require under policy.rules: ");
    }

    private static RuleOptions Rule(string type, string require) => new() { Name = "sample", Type = type, Require = require, Message = "It is so." };

    private static BusinessRules Compiled(params IReadOnlyList<RuleOptions> rules) =>
        BusinessRules.Compile(rules.Count > 0 ? rules : [ScoreNeedsRationale, NoPastClose, WonHasAmount], Deal, Now)
            .TryGet(out var compiled, out var failure) ? compiled : throw new InvalidOperationException(failure.Message);

    private static Failure? Check(string[] changed, params (string Field, FieldValue Value)[] after) => Check([], changed, after);

    private static Failure? Check(IReadOnlyList<RuleOptions> rules, string[] changed, params (string Field, FieldValue Value)[] after) =>
        Compiled(rules).Check(changed, name => after.FirstOrDefault(each => each.Field == name).Value);
}
