using Liaison.Failures;
using Liaison.Salesforce.Declaration;

namespace Liaison.Salesforce.Soql;

/// <summary>What a statement cannot do, in the sentences that the asker sees.</summary>
internal static class Refusals
{
    internal static Failure TooLong { get; } = new(
        FailureKind.Unsupported, $"The query is longer than the {SalesforceLimits.StatementLength} letters that Salesforce takes; split its lists or ask for fewer fields.");

    internal static Failure BadCursor { get; } = new(
        FailureKind.Invalid, "The cursor is not one of this query; begin again without a cursor.");

    internal static Failure Expired { get; } = new(
        FailureKind.Conflict, "Salesforce no longer keeps the rest of the query, and in this order it cannot be gone on with; begin again, or order by creation or change time.");

    internal static Failure PastTheOffset { get; } = new(
        FailureKind.Unsupported, "Salesforce gives at most 2,000 records in this order in pages so small; ask for pages of 200 or more, or order by creation or change time.");

    internal static Failure NotComparable(string field) => new(
        FailureKind.Invalid, "Salesforce cannot compare the field with such a value; use another comparison or value.") { Field = field };

    internal static Failure NoSuchField(string field) => new(
        FailureKind.Drifted, "Salesforce shows this user no field of that name.") { Field = SafeName(field) };

    private static string? SafeName(string field) =>
        field.Length <= 120 && field.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.') ? field : null;
}
