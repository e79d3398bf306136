using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Tests.Declaration;

/// <summary>Errors by section 10 of contracts/salesforce.md, in the spellings that live organisations use.</summary>
public sealed class SalesforceErrorsTests
{
    [Theory]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", FailureKind.QuotaExhausted)]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", FailureKind.RateLimited)]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.", FailureKind.RateLimited)]
    [InlineData(401, "INVALID_SESSION_ID", "Session expired or invalid", FailureKind.Unauthenticated)]
    [InlineData(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", FailureKind.Unavailable)]
    [InlineData(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: UNABLE_TO_LOCK_ROW, unable to obtain", FailureKind.Unavailable)]
    [InlineData(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: null pointer", FailureKind.Invalid)]
    [InlineData(400, "INVALID_FIELD", "\nSELECT X\n ^\nERROR at Row:1:Column:8\nNo such column 'X' on entity 'Contact'.", FailureKind.Drifted)]
    [InlineData(400, "INVALID_FIELD", "field 'Description' can not be filtered in a query call", FailureKind.Invalid)]
    [InlineData(400, "INVALID_TYPE", "sObject type 'X' is not supported.", FailureKind.NotFound)]
    [InlineData(400, "INVALID_QUERY_LOCATOR", "invalid query locator", FailureKind.Conflict)]
    [InlineData(400, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: Name.", FailureKind.Forbidden)]
    [InlineData(404, "ENTITY_IS_DELETED", "entity is deleted", FailureKind.NotFound)]
    [InlineData(404, "NOT_FOUND", "The requested resource does not exist", FailureKind.NotFound)]
    [InlineData(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Our own rule", FailureKind.Invalid)]
    [InlineData(412, "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE", "Entity has been modified", FailureKind.Conflict)]
    [InlineData(400, "TXN_SECURITY_NO_ACCESS", "The operation you requested was blocked by a security policy", FailureKind.Forbidden)]
    [InlineData(403, "TXN_SECURITY_NO_ACCESS", "The operation you requested was blocked by a security policy", FailureKind.Forbidden)]
    [InlineData(400, "TXN_SECURITY_METERING_ERROR", "metering", FailureKind.Forbidden)]
    [InlineData(400, "TXN_SECURITY_OF_A_LATER_RELEASE", "blocked", FailureKind.Forbidden)]
    [InlineData(503, "SERVER_UNAVAILABLE", "down", FailureKind.Unavailable)]
    [InlineData(400, "SOMETHING_NEW", "never seen", FailureKind.Invalid)]
    [InlineData(500, "SOMETHING_NEW", "never seen", FailureKind.Unavailable)]
    public void A_code_has_its_meaning_whatever_the_status(int status, string code, string message, FailureKind expected) =>
        Kind(status, $$"""[{"message":{{System.Text.Json.JsonSerializer.Serialize(message)}},"errorCode":"{{code}}"}]""").ShouldBe(expected);

    [Theory]
    [InlineData(420, "")]
    [InlineData(406, "")]
    [InlineData(502, "<html><body>Bad Gateway</body></html>")]
    [InlineData(503, "")]
    public void An_edge_without_words_passes_by_itself(int status, string body) => Kind(status, body).ShouldBe(FailureKind.Unavailable);

    [Fact]
    public void An_edge_without_a_route_is_tried_again_twice_at_the_most() =>
        SalesforceErrors.Rules.First(rule => rule.Statuses.Contains(420)).MostRepeats.ShouldBe(2);

    [Fact]
    public void A_retired_version_and_several_records_of_one_key_are_told_apart_by_status()
    {
        Kind(410, "").ShouldBe(FailureKind.Unsupported);
        Kind(300, """["/services/data/v66.0/sobjects/Contact/003dM00001wBXYDQA4"]""").ShouldBe(FailureKind.Conflict);
        Kind(414, "").ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void Of_several_errors_the_worst_is_acted_on() =>
        Kind(400, """[{"message":"m","errorCode":"STRING_TOO_LONG"},{"message":"m","errorCode":"UNABLE_TO_LOCK_ROW"}]""").ShouldBe(FailureKind.Unavailable);

    [Theory]
    [InlineData("duplicateResut")]
    [InlineData("duplicateResult")]
    public void A_duplicate_rule_names_the_record_in_both_spellings(string key)
    {
        var body = $$$"""
            [{"{{{key}}}":{"allowSave":true,"duplicateRule":"Standard","matchResults":[{"entityType":"Contact","matchRecords":[{"matchConfidence":100.0,"record":{"attributes":{},"Id":"003dM00001wBXYDQA4"}}]}]},
              "errorCode":"DUPLICATES_DETECTED","message":"Use one of these records?"}]
            """;

        var error = Read(400, body);

        error.ExistingId.ShouldBe("003dM00001wBXYDQA4");
        Kind(400, body).ShouldBe(FailureKind.Duplicate);
    }

    [Fact]
    public void A_taken_key_names_the_record_that_has_it() =>
        Read(400, """[{"message":"duplicate value found: Liaison_Key__c duplicates value on record with id: 003dM00001wBXYD","errorCode":"DUPLICATE_VALUE","fields":[]}]""")
            .ExistingId.ShouldBe("003dM00001wBXYDQA4");

    [Fact]
    public void Items_of_collections_spell_their_code_otherwise()
    {
        using var errors = System.Text.Json.JsonDocument.Parse("""[{"statusCode":"REQUIRED_FIELD_MISSING","message":"Required fields are missing: [LastName]","fields":["LastName"]}]""");

        var failure = SalesforceErrors.OfItem(ErrorReader.Read(errors.RootElement));

        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Field.ShouldBe("LastName");
    }

    [Fact]
    public void A_record_that_is_named_in_a_field_and_is_not_there_is_another_thing_than_one_that_is_to_change()
    {
        Item("""[{"statusCode":"INVALID_CROSS_REFERENCE_KEY","message":"invalid cross reference id","fields":[]}]""").ShouldBe(FailureKind.NotFound);
        Item("""[{"statusCode":"INVALID_CROSS_REFERENCE_KEY","message":"invalid cross reference id","fields":["AccountId"]}]""").ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void Foreign_text_reaches_no_sentence()
    {
        var error = Read(400, """[{"message":"x","errorCode":"<script>","fields":["a b","Name"]}]""");

        error.Category.ShouldBe("");
        error.Fields.Select(field => field.Field).ShouldBe(["Name"]);
    }

    private static FailureKind Item(string errors)
    {
        using var document = System.Text.Json.JsonDocument.Parse(errors);
        return SalesforceErrors.OfItem(ErrorReader.Read(document.RootElement)).Kind;
    }

    private static CrmError Read(int status, string body) => ErrorReader.Read(status, Encoding.UTF8.GetBytes(body));

    private static FailureKind Kind(int status, string body) => SalesforceErrors.Of(Read(status, body), status, changesRecords: false).Kind;
}
