using Liaison.Model;

namespace Liaison.Salesforce.Wire;

/// <summary>The fields that every row is asked for beside the wanted ones: they tell who it is and whether it has changed.</summary>
internal static class SystemFields
{
    internal const string Id = "Id";
    internal const string Created = "CreatedDate";
    internal const string Updated = "LastModifiedDate";

    // Moves with every change, those of the system too, which the change date leaves out.
    internal const string Stamp = "SystemModstamp";

    internal static IReadOnlyList<string> All { get; } = [Id, Created, Updated, Stamp];
}

/// <summary>A row of an answer, with those of its fields that were asked for.</summary>
/// <param name="Values">The values by field name; a field of a parent by its path, as <c>Account.Name</c>.</param>
internal sealed record SalesforceRow(string Id, Dictionary<string, NativeValue> Values)
{
    /// <summary>Hands the record out with the wanted fields only; one that the answer left out is missing, not null.</summary>
    /// <param name="host">Where the organisation is, for the address at which a person opens the record.</param>
    internal NativeRecord ToRecord(RecordType type, IReadOnlyList<string> wanted, Uri host)
    {
        var values = new Dictionary<string, NativeValue>(wanted.Count, StringComparer.Ordinal);
        foreach (var name in wanted)
        {
            values[name] = Values.GetValueOrDefault(name, NativeValue.Missing);
        }

        return new(
            type, Id, values, TimeOf(SystemFields.Created), TimeOf(SystemFields.Updated), Values.GetValueOrDefault(SystemFields.Stamp).Raw, new Uri(host, $"/{Id}"));
    }

    /// <summary>Gets one of the row's times.</summary>
    internal DateTimeOffset? TimeOf(string field) => SalesforceTime.Parse(Values.GetValueOrDefault(field).Raw);
}

/// <summary>One page of an answer to a query.</summary>
/// <param name="Total">How many rows the statement gives in all.</param>
/// <param name="Next">The path under which Salesforce keeps the rest, as it came; <see langword="null"/> on the last.</param>
internal sealed record RowPage(IReadOnlyList<SalesforceRow> Rows, long? Total, string? Next);
