using Liaison.Context;
using Liaison.Model;

namespace Liaison.Pipelines;

/// <summary>Which fields of a contact a run of <c>qualify</c> reads: what it scores on, and what it may be about to write.</summary>
internal static class QualifyFields
{
    // The AI fields are read so that an unchanged value is not sent again; the raised field so that nobody is moved back.
    private static readonly string[] Written =
        [FieldNames.AiScore, FieldNames.AiRationale, FieldNames.AiPlaybook, FieldNames.AiUpdated, FieldNames.AiSource];

    public static IReadOnlyList<string> Contact(QualifyOptions options) =>
        [.. QualificationProfile.ContactFields
            .Concat(Written)
            .Concat(options.Raise is { } raise ? [raise.Field] : [])
            .Distinct(StringComparer.Ordinal)];
}
