using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Salesforce.Records;

/// <summary>Tells the outcomes of a batch, or the one failure of all of it.</summary>
internal static class WriteOutcomes
{
    // What concerns every item alike and none in particular: the engine stops, waits or looks instead of asking for each.
    private static readonly FailureKind[] OfAll =
    [
        FailureKind.Unauthenticated, FailureKind.Forbidden, FailureKind.RateLimited, FailureKind.QuotaExhausted, FailureKind.Unavailable,
        FailureKind.Ambiguous, FailureKind.Drifted, FailureKind.Unsupported,
    ];

    /// <summary>Gives one failure where all failed alike, and else the outcomes.</summary>
    internal static Result<IReadOnlyList<WriteOutcome>> Of(IReadOnlyList<WriteOutcome> outcomes) =>
        outcomes is [{ Failure: { } first, Id: var id }, ..]
        && (OfAll.Contains(first.Kind) || IsUnknownType(first))
        && outcomes.All(outcome => outcome.Failure?.Kind == first.Kind && outcome.Failure.Message == first.Message)
            ? first
            : Result<IReadOnlyList<WriteOutcome>>.Of(outcomes);

    private static bool IsUnknownType(Failure failure) => failure == UnknownType;

    private static Failure UnknownType { get; } = Declaration.SalesforceErrors.Of(new CrmError("INVALID_TYPE"), 400, changesRecords: true);
}
