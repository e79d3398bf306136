using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Writing;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Refuses records that stand more than once in one call.</summary>
/// <remarks>
/// The contract has no recording of it. The guide of update() says that the first twelve repeats of ids in a call are written and those behind them marked;
/// rows of an upsert that share a key are refused all, whether the record is there or not, in the words of many public reports.
/// </remarks>
internal static class Repeats
{
    private const int MostOfIds = 12;

    /// <summary>Refuses nothing, since new records have no name yet.</summary>
    public static WriteOutcome?[] None(IReadOnlyList<RowInput> inputs) => new WriteOutcome?[inputs.Count];

    /// <summary>Refuses what names a record again once twelve such repeats were taken; the last one that was taken stays.</summary>
    public static WriteOutcome?[] OfIds(IReadOnlyList<RowInput> inputs)
    {
        var (seen, repeats) = (new HashSet<string>(StringComparer.Ordinal), 0);
        return
        [
            .. inputs.Select(input => SalesforceId.TryParse(input.Id ?? "", out var id) && !seen.Add(id) && ++repeats > MostOfIds
                ? WriteOutcome.Fail("DUPLICATE_VALUE", $"Maximum number of duplicate updates in one batch ({MostOfIds} allowed). Attempt to update Id more than once in this Api call: {id[..SalesforceId.Short]}")
                : null),
        ];
    }

    /// <summary>Refuses all that share a key with another.</summary>
    public static WriteOutcome?[] OfKeys(IReadOnlyList<RowInput> inputs, string key)
    {
        string[] values = [.. inputs.Select(input => input.Values.FirstOrDefault(value => string.Equals(value.Key, key, StringComparison.OrdinalIgnoreCase)).Value?.ToString()?.Trim() ?? "")];
        var counts = values.CountBy(value => value, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. values.Select(value => value.Length > 0 && counts[value] > 1
                ? WriteOutcome.Fail("DUPLICATE_VALUE", $"Duplicate external id specified: {value}", key)
                : null),
        ];
    }
}
