using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>The query resources: /query, /queryAll, and what goes on from a locator.</summary>
/// <remarks>To run and to write a page both read records: the host holds its lock over the two.</remarks>
internal sealed class QueryResource(SoqlCursors cursors)
{
    /// <summary>Runs a statement and gives its first page.</summary>
    /// <param name="withDeleted">Whether it was asked of /queryAll.</param>
    public SoqlFault? Query(QueryCall call, string text, bool withDeleted, out Action<Utf8JsonWriter> page)
    {
        page = null!;
        if (SoqlEngine.Run(text, call.Schema, withDeleted, out var result, call.Levels) is { } fault)
        {
            return fault;
        }

        var size = PageSize.Of(result, call.BatchSize);
        page = json => Writer(json, call, size).Write(result, from: 0);
        return null;
    }

    /// <summary>Goes on from a locator; the page size stays that of the first page.</summary>
    public SoqlFault? More(QueryCall call, string locator, out Action<Utf8JsonWriter> page)
    {
        page = null!;
        if (cursors.Find(locator, call.UserId, call.Schema.Locale.Now) is not { } found)
        {
            return new SoqlFault("INVALID_QUERY_LOCATOR", "invalid query locator");
        }

        page = json => Writer(json, call, found.Cursor.PageSize).Write(found.Cursor.Result, found.At);
        return null;
    }

    private AnswerWriter Writer(Utf8JsonWriter json, QueryCall call, int size) =>
        new(json, call.Root, size, (rest, at) => cursors.Open(rest, at, call.UserId, size, call.Schema.Locale.Now));
}

/// <summary>Who asks a query resource, and how.</summary>
/// <param name="Root">The path of the version that was asked: /services/data/v66.0.</param>
/// <param name="BatchSize">The batchSize of Sforce-Query-Options; <see langword="null"/> where there was none.</param>
internal sealed record QueryCall(ISoqlSchema Schema, string UserId, string Root, int? BatchSize = null)
{
    /// <summary>Gets how many levels of sub-queries a statement may have in the version that was asked.</summary>
    public int Levels { get; init; } = RestRules.MostLevels;

    /// <summary>Reads the page size out of a Sforce-Query-Options header: batchSize=500.</summary>
    public static int? BatchSizeOf(string? header)
    {
        foreach (var option in (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', StringSplitOptions.TrimEntries);
            if (parts is [var name, var value] && name.Equals("batchSize", StringComparison.OrdinalIgnoreCase) && int.TryParse(value, out var size))
            {
                return size;
            }
        }

        return null;
    }
}
