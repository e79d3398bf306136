using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Soql;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Searching;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Queries and searches, as the caller sees the org (contract section 6).</summary>
internal sealed class QueryRoutes(TimeSpan searchLag, IdSource ids)
{
    private readonly QueryResource _queries = new(new SoqlCursors());
    private readonly SearchResource _searches = new(searchLag);

    public IEnumerable<Route> All =>
    [
        new("GET", "query", call => Query(call, withDeleted: false)),
        new("GET", "queryAll", call => Query(call, withDeleted: true)),
        new("GET", "query/{locator}", More),
        new("GET", "queryAll/{locator}", More),
        new("GET", "search", Search),
        new("GET", "parameterizedSearch", call => Parameterized(call, ParameterizedSearch.Read(call.Request.ValuesOf))),
        new("POST", "parameterizedSearch", call => Parameterized(call, ParameterizedSearch.Read(call.Body))),
    ];

    private Reply Query(Call call, bool withDeleted) => call.Query("explain") is { Length: > 0 } explained
        ? Answer(QueryPlan.Explain(Of(call), explained, out var plan), plan)
        : call.Query("q") is not { Length: > 0 } text
        ? Reply.Refuse(400, "MALFORMED_QUERY", "A query string has to be specified")
        : Answer(_queries.Query(Of(call), text, withDeleted, out var page), page);

    private Reply More(Call call) => Answer(_queries.More(Of(call), call["locator"], out var page), page);

    private Reply Search(Call call) => call.Query("q") is not { Length: > 0 } text
        ? Reply.Refuse(400, "MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces.")
        : Found(_searches.Find(Of(call), text, out var answer), answer);

    private Reply Parameterized(Call call, SearchRequest request) => Found(_searches.Run(Of(call), request, out var answer), answer);

    /// <summary>Answers a search, which carries an id of its own beside the request's, as recorded.</summary>
    private Reply Found(SoqlFault? fault, Action<Utf8JsonWriter> answer) =>
        fault is null ? Answer(fault, answer).With("queryid", $"-{ids.Token(13)}") : Answer(fault, answer);

    private static QueryCall Of(Call call) =>
        new(call.Schema, call.User.Id, call.Request.Root, QueryCall.BatchSizeOf(call.Header("Sforce-Query-Options"))) { Levels = RestRules.LevelsOf(call.Version) };

    private static Reply Answer(SoqlFault? fault, Action<Utf8JsonWriter> answer) =>
        fault is null ? Reply.Ok(answer) : Reply.Refuse(400, fault.ErrorCode, fault.Message);
}
