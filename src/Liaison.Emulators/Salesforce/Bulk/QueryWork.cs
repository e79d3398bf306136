using System.Globalization;
using CsvHelper;
using Liaison.Emulators.Salesforce.Soql;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Runs the statement of a query job and writes what it found as CSV, a page at a time.</summary>
internal sealed class QueryWork(string text, BulkCaller caller, bool withDeleted) : IBulkWork
{
    private SoqlResult.Rows? _found;

    public int Processed => _found?.TotalSize ?? 0;

    public int Failed => 0;

    public bool IsDone => _found is not null;

    /// <summary>Judges a statement before its job is made: what REST takes, less what bulk does not (contract section 8).</summary>
    /// <param name="source">The object that it reads.</param>
    public static BulkFault? Check(string text, BulkCaller caller, out string source)
    {
        source = "";
        if (SoqlParser.ParseForRest(text, out var query) is { } malformed)
        {
            return Refuse(malformed);
        }

        var unsupported = query.Offset is not null ? "OFFSET"
            : GroupBinder.IsGrouped(query) || query.Select is [SelectItem.CountRows] ? "Aggregate functions and GROUP BY"
            : query.Select.Any(item => item is SelectItem.Children) ? "Sub-queries"
            : query.Select.Any(item => item is SelectItem.TypeOf) ? "TYPEOF"
            : null;
        if (unsupported is not null)
        {
            return new BulkFault(400, "API_ERROR", $"{unsupported} not supported in Bulk Query");
        }

        // Looked up now, so that a wrong name is refused at once; what is found is found again when the job's turn comes.
        if (SoqlEngine.Bind(text, caller.View(), out var plan, out source) is { } unknown)
        {
            return Refuse(unknown);
        }

        return Columns(plan, [], follow: null).Any(column => column.Type is SoqlType.Address or SoqlType.Location)
            ? new BulkFault(400, "API_ERROR", "Selecting compound data not supported in Bulk Query")
            : null;
    }

    public string? Advance(long rows)
    {
        if (_found is null)
        {
            SoqlFault? fault = null;
            SoqlResult result = null!;
            caller.Routes.Atomically(() => (fault = SoqlEngine.Run(text, caller.View(), withDeleted, out result)) is null);
            if (fault is not null)
            {
                return $"{fault.ErrorCode} : {fault.Message}";
            }

            _found = (SoqlResult.Rows)result;
        }

        return null;
    }

    /// <summary>Writes rows, and at the beginning of a page their header.</summary>
    public void Write(Stream into, CsvDialect dialect, int from, int count, bool header)
    {
        using var writer = dialect.Writer(into);
        List<CsvColumn> columns = [.. Columns(_found!.Plan, [], follow: null)];
        if (header)
        {
            writer.WriteRow(columns.Select(column => column.Header));
        }

        caller.Routes.Atomically(() =>
        {
            WriteRows(writer, columns, from, count);
            return true;
        });
    }

    public void Dispose()
    {
    }

    private void WriteRows(CsvWriter writer, List<CsvColumn> columns, int from, int count)
    {
        for (var at = from; at < from + count; at++)
        {
            var found = _found![at];
            writer.WriteRow(columns.Select(column => Text(column.Read(found), column.Type)));
        }
    }

    private static BulkFault Refuse(SoqlFault fault) => new(400, fault.ErrorCode, fault.Message);

    private static IEnumerable<CsvColumn> Columns(RowPlan plan, IReadOnlyList<string> path, Func<Found, Found?>? follow)
    {
        foreach (var entry in plan.Entries)
        {
            IReadOnlyList<string> name = [.. path, entry.Key];
            if (entry is PlanEntry.Parent { Plan: { } nested } parent)
            {
                Found? Step(Found found) => (follow is null ? found : follow(found)) is { } at ? parent.Hop.From(at.Row) : null;
                foreach (var column in Columns(nested, name, Step))
                {
                    yield return column;
                }
            }
            else if (entry is PlanEntry.Value value)
            {
                yield return new CsvColumn(
                    string.Join('.', name), found => follow is null ? value.Read(found) : follow(found) is { } at ? value.Read(at) : null, value.Type);
            }
        }
    }

    /// <summary>Cells have moments in Zulu time; empty and null are both an empty cell.</summary>
    private static string Text(object? value, SoqlType type) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        decimal number => type == SoqlType.Int ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture) : JavaNumber.Of(number),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private sealed record CsvColumn(string Header, Func<Found, object?> Read, SoqlType Type);
}
