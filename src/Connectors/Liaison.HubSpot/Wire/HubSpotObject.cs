using System.Text.Json;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Wire;

/// <summary>A record as it stood in an answer, with those of its properties that were asked for.</summary>
internal sealed record HubSpotObject(
    string Id,
    string? TraceId,
    Dictionary<string, NativeValue> Properties,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    Uri? Url,
    bool Archived,
    bool? IsNew = null)
{
    /// <summary>Hands the record out with the wanted fields only; one that the answer left out is missing, not null.</summary>
    internal NativeRecord ToRecord(RecordType type, IReadOnlyList<string> wanted)
    {
        var values = Properties;
        if (values.Count != wanted.Count || !wanted.All(values.ContainsKey))
        {
            values = new(wanted.Count, StringComparer.Ordinal);
            foreach (var name in wanted)
            {
                values[name] = Properties.GetValueOrDefault(name, NativeValue.Missing);
            }
        }

        // HubSpot has no ETag: the update time is what tells that a record has changed (contracts/hubspot.md 0.8).
        return new(type, Id, values, CreatedAt, UpdatedAt, UpdatedAt?.ToString("O"), Url, Archived);
    }
}

/// <summary>One entry of <c>errors</c> in an answer and the inputs that it names.</summary>
internal sealed record BatchError(
    CrmError Error, string SubCategory, IReadOnlyList<string> Ids, IReadOnlyList<string> TraceIds, IReadOnlyList<string> ExistingIds)
{
    internal static BatchError Read(JsonElement error)
    {
        var context = error.Member("context");

        return new(
            ErrorReader.Read(207, error),
            error.Text("subCategory") ?? "",
            [.. context.Texts("ids").Concat(context.Texts("id"))],
            [.. context.Texts("objectWriteTraceId")],
            [.. context.Texts("existingId")]);
    }
}

/// <summary>What search, batch read, batch update and batch create answer, whatever their status.</summary>
/// <param name="ErrorCount">The errors that HubSpot counted, of which it may list fewer.</param>
internal sealed record ObjectsAnswer(
    IReadOnlyList<HubSpotObject> Results, IReadOnlyList<BatchError> Errors, int ErrorCount, long? Total, string? After);
