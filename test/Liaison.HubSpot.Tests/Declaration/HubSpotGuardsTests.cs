using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Schema;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Declaration;

/// <summary>What AI does not write unless an administrator opens it (R74).</summary>
public sealed class HubSpotGuardsTests
{
    [Theory]
    [InlineData("hs_analytics_source", FieldGuard.Origin)]
    [InlineData("hs_analytics_source_data_1", FieldGuard.Origin)]
    [InlineData("hs_analytics_first_url", FieldGuard.Origin)]
    [InlineData("hs_latest_source", FieldGuard.Origin)]
    [InlineData("hs_object_source_label", FieldGuard.Origin)]
    [InlineData("leadsource", FieldGuard.Origin)]
    [InlineData("lead_source", FieldGuard.Origin)]
    [InlineData("source", FieldGuard.Origin)]
    [InlineData("utm_campaign", FieldGuard.Origin)]
    [InlineData("last_utm_source", FieldGuard.Origin)]
    [InlineData("hubspot_owner_id", FieldGuard.Owner)]
    [InlineData("hubspot_team_id", FieldGuard.Owner)]
    [InlineData("hs_all_team_ids", FieldGuard.Owner)]
    [InlineData("hs_shared_user_ids", FieldGuard.Owner)]
    [InlineData("account_owner", FieldGuard.Owner)]
    [InlineData("hs_email_optout", FieldGuard.Consent)]
    [InlineData("hs_email_optout_4711", FieldGuard.Consent)]
    [InlineData("hs_marketable_status", FieldGuard.Consent)]
    [InlineData("gdpr_consent_given", FieldGuard.Consent)]
    [InlineData("Newsletter_Opt_In", FieldGuard.Consent)]
    [InlineData("do_not_call", FieldGuard.Consent)]
    [InlineData("hs_legal_basis", FieldGuard.Legal)]
    [InlineData("our_legal_basis", FieldGuard.Legal)]
    [InlineData("gdpr_checked_on", FieldGuard.Legal)]
    [InlineData("deal_currency_code", FieldGuard.Financial)]
    [InlineData("annualrevenue", FieldGuard.Financial)]
    [InlineData("estimated_revenue", FieldGuard.Financial)]
    [InlineData("iban", FieldGuard.Financial)]
    public void A_name_tells_why(string native, FieldGuard expected) => GuardOf(native).ShouldBe(expected);

    [Theory]
    [InlineData("jobtitle")]
    [InlineData("hs_lead_status")]
    [InlineData("hs_analytics_num_page_views")]
    [InlineData("ai_source_pipeline")]
    [InlineData("ai_qualification_score")]
    [InlineData("resource_plan")]
    [InlineData("adoption_index")]
    [InlineData("subscription_name")]
    [InlineData("ownership_type")]
    [InlineData("concurrency_needs")]
    public void Other_names_tell_nothing(string native) => GuardOf(native).ShouldBe(FieldGuard.None);

    [Fact]
    public void Every_sum_of_money_is_financial() =>
        Map(RecordType.Deal, new("plan_value", "Plan", "number", "number") { NumberDisplayHint = "currency" }).Guard.ShouldBe(FieldGuard.Financial);

    [Fact]
    public void Every_reference_to_an_owner_is_the_owners() =>
        Map(RecordType.Contact, new("second_chair", "Second", "enumeration", "select") { ExternalOptions = true, ReferencedObjectType = "OWNER" })
            .Guard.ShouldBe(FieldGuard.Owner);

    [Fact]
    public void A_reference_to_a_record_is_nobodys() =>
        Map(RecordType.Contact, new("employer", "Employer", "enumeration", "select") { ExternalOptions = true, ReferencedObjectType = "COMPANY" })
            .Guard.ShouldBe(FieldGuard.None);

    [Fact]
    public void The_canonical_fields_of_every_type_are_guarded()
    {
        var guarded = new Dictionary<string, FieldGuard>
        {
            [FieldNames.Source] = FieldGuard.Origin,
            [FieldNames.Owner] = FieldGuard.Owner,
            [FieldNames.OptedOut] = FieldGuard.Consent,
            [FieldNames.Amount] = FieldGuard.Financial,
            [FieldNames.AnnualRevenue] = FieldGuard.Financial,
        };

        foreach (var type in HubSpotRecordTypes.All)
        {
            foreach (var (name, native) in type.FieldNames)
            {
                Map(type.Type, new(native, native, "string", "text")).Guard
                    .ShouldBe(guarded.GetValueOrDefault(name), $"{type.Type}.{name}");
            }
        }
    }

    [Fact]
    public void A_new_activity_needs_its_time_and_a_ticket_its_stage()
    {
        Map(RecordType.Task, new("hs_timestamp", "Due date", "datetime", "date")).ShouldSatisfyAllConditions(
            field => field.Name.ShouldBe(FieldNames.DueAt), field => field.Required.ShouldBeTrue());
        Map(RecordType.Note, new("hs_timestamp", "Activity date", "datetime", "date")).ShouldSatisfyAllConditions(
            field => field.Name.ShouldBe(FieldNames.OccurredAt), field => field.Required.ShouldBeTrue());
        Map(RecordType.Ticket, new("hs_pipeline_stage", "Status", "enumeration", "select")).Required.ShouldBeTrue();
        Map(RecordType.Lead, new("hs_pipeline_stage", "Stage", "enumeration", "select")).Required.ShouldBeFalse();
    }

    private static FieldGuard GuardOf(string native) => Map(RecordType.Contact, new(native, native, "string", "text")).Guard;

    private static FieldDefinition Map(RecordType type, PropertyDocument property) =>
        PropertyMapping.Map(HubSpotRecordTypes.Of(type), [property]).Values.Single();
}
