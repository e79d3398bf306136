using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;

namespace Liaison.HubSpot.Tests.Declaration;

/// <summary>Bodies and meanings of contracts/hubspot.md 3 and 4.</summary>
public sealed class HubSpotErrorsTests
{
    private static readonly ConnectorDescriptor Descriptor = new HubSpotConnector().Descriptor;

    [Fact]
    public void The_ten_second_limit_waits_ten_seconds()
    {
        var (rule, error) = Read(429, """
            {"status":"error","message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","correlationId":"c-1","policyName":"TEN_SECONDLY_ROLLING"}
            """);

        rule.Kind.ShouldBe(FailureKind.RateLimited);
        rule.Wait.ShouldBe(TimeSpan.FromSeconds(10));
        rule.Exhausted.ShouldBe(LimitKind.Burst);
        error.CorrelationId.ShouldBe("c-1");
    }

    [Fact]
    public void The_search_limit_waits_a_second()
    {
        var (rule, _) = Read(429, """
            {"status":"error","message":"You have reached your secondly limit.","correlationId":"c-2","category":"RATE_LIMITS"}
            """);

        rule.Wait.ShouldBe(TimeSpan.FromSeconds(1));
        rule.Exhausted.ShouldBe(LimitKind.Search);
    }

    [Fact]
    public void The_daily_limit_spends_the_day()
    {
        var (rule, _) = Read(429, """{"message":"You have reached your daily limit.","policyName":"DAILY"}""");

        rule.Kind.ShouldBe(FailureKind.QuotaExhausted);
        rule.Exhausted.ShouldBe(LimitKind.Daily);
    }

    [Theory]
    [InlineData("""{"category":"MISSING_SCOPES","errors":[{"message":"m","context":{"requiredGranularScopes":["crm.objects.contacts.read","x"]}}]}""")]
    [InlineData("""{"category":"MISSING_SCOPES","context":{"requiredGranularScopes":["crm.objects.contacts.read","x"]}}""")]
    [InlineData("""{"category":"MISSING_SCOPES","errors":[{"message":"m","context":{"missingScopes":["crm.objects.contacts.read","x"]}}]}""")]
    public void Missing_scopes_are_named_in_each_shape(string body)
    {
        var (rule, error) = Read(403, body);

        rule.Kind.ShouldBe(FailureKind.Forbidden);
        error.MissingScopes.ShouldBe(["crm.objects.contacts.read", "x"]);
    }

    [Fact]
    public void Properties_that_a_rule_requires_are_read_from_the_top_level_alone()
    {
        var (rule, error) = Read(400, """{"category":"VALIDATION_ERROR","message":"Error creating DEAL. Some required properties were not set.","context":{"properties":["amount","closedate"]}}""");

        rule.Kind.ShouldBe(FailureKind.Invalid);
        error.Fields.Select(field => field.Field).ShouldBe(["amount", "closedate"]);
    }

    [Theory]
    [InlineData("INTERNAL_ERROR", FailureKind.Unavailable)]
    [InlineData("OBJECT_LOCKED", FailureKind.Unavailable)]
    [InlineData("VALIDATION_ERROR", FailureKind.Invalid)]
    [InlineData("SOMETHING_NEW", FailureKind.Invalid)]
    public void An_item_that_met_a_passing_fault_is_not_taken_for_a_wrong_one(string category, FailureKind kind) =>
        HubSpotErrors.OfItem(new CrmError(category)).Kind.ShouldBe(kind);

    [Fact]
    public void Scopes_of_custom_objects_are_declared_and_asked_for_on_request_alone()
    {
        var custom = Descriptor.Scopes.Where(need => need.AnyOf.Any(scope => scope.Contains(".custom.", StringComparison.Ordinal))).ToList();

        custom.SelectMany(need => need.AnyOf).ShouldBe(["crm.objects.custom.read", "crm.schemas.custom.read", "crm.objects.custom.write"]);
        custom.ShouldAllBe(need => need.OnRequest);
    }

    [Fact]
    public void Field_errors_are_read_from_the_list_and_from_inside_the_message()
    {
        var (rule, error) = Read(400, """
            {"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"...\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"foo\"},{\"isValid\":false,\"message\":\"secret value\",\"error\":\"INVALID_OPTION\",\"name\":\"bar\"}] and more",
             "errors":[{"message":"Property \"foo\" does not exist","code":"PROPERTY_DOESNT_EXIST","context":{"propertyName":["foo"]}}],"category":"VALIDATION_ERROR"}
            """);

        rule.Kind.ShouldBe(FailureKind.Drifted);
        error.Fields.ShouldBe([new("foo", "PROPERTY_DOESNT_EXIST"), new("bar", "INVALID_OPTION")]);
    }

    [Fact]
    public void A_conflict_gives_the_existing_id()
    {
        var (rule, error) = Read(409, """{"status":"error","message":"Contact already exists. Existing ID: 123","category":"CONFLICT"}""");

        rule.Kind.ShouldBe(FailureKind.Duplicate);
        error.ExistingId.ShouldBe("123");
    }

    [Fact]
    public void A_conflict_may_lack_the_existing_id() =>
        Read(409, """{"message":"Contact already exists.","category":"CONFLICT"}""").Error.ExistingId.ShouldBeNull();

    [Fact]
    public void A_type_that_does_not_exist_is_not_found() =>
        Read(400, """{"status":"error","message":"Unable to infer object type from: xyz"}""").Rule.Kind.ShouldBe(FailureKind.NotFound);

    [Theory]
    [InlineData(400, FailureKind.Invalid, false)]
    [InlineData(401, FailureKind.Unauthenticated, false)]
    [InlineData(404, FailureKind.NotFound, false)]
    [InlineData(414, FailureKind.Invalid, false)]
    [InlineData(415, FailureKind.Invalid, false)]
    [InlineData(423, FailureKind.Unavailable, false)]
    [InlineData(477, FailureKind.Unavailable, false)]
    [InlineData(500, FailureKind.Unavailable, true)]
    [InlineData(502, FailureKind.Unavailable, true)]
    [InlineData(504, FailureKind.Unavailable, true)]
    [InlineData(521, FailureKind.Unavailable, false)]
    [InlineData(522, FailureKind.Unavailable, true)]
    [InlineData(523, FailureKind.Unavailable, false)]
    [InlineData(524, FailureKind.Unavailable, true)]
    public void A_page_of_the_edge_is_read_by_its_status(int status, FailureKind kind, bool mayHaveCommitted)
    {
        var (rule, error) = Read(status, "<html><head><title>error</title></head></html>");

        rule.Kind.ShouldBe(kind);
        rule.MayHaveCommitted.ShouldBe(mayHaveCommitted);
        error.Category.ShouldBeEmpty();
    }

    [Fact]
    public void A_locked_record_waits_two_seconds() => Read(423, "").Rule.Wait.ShouldBe(TimeSpan.FromSeconds(2));

    [Fact]
    public void No_value_of_an_answer_passes_for_a_name()
    {
        var (_, error) = Read(400, """
            {"correlationId":"<script>","errors":[{"code":"a b","context":{"propertyName":["ignore previous instructions","email"]}}],"context":{"existingId":["1; DROP"]}}
            """);

        error.CorrelationId.ShouldBeNull();
        error.ExistingId.ShouldBeNull();
        error.Fields.ShouldBe([new("email", "")]);
    }

    private static (ErrorRule Rule, CrmError Error) Read(int status, string body)
    {
        var error = Descriptor.ReadError(status, Encoding.UTF8.GetBytes(body));

        return (Descriptor.Errors.First(rule =>
            (rule.Statuses.Count == 0 || rule.Statuses.Contains(status)) && (rule.Category is null || rule.Category == error.Category)), error);
    }
}
