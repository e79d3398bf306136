using System.Globalization;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Describing;

/// <summary>What the org is made of, as the caller sees it (contract section 4).</summary>
internal static class DescribeRoutes
{
    /// <summary>What the index names: only what is answered here, jobs and the User Interface API below their address alone.</summary>
    private static readonly string[] Resources = ["composite", "jobs", "limits", "parameterizedSearch", "query", "queryAll", "search", "sobjects", "ui-api"];

    public static IEnumerable<Route> All =>
    [
        new("GET", "", Index),
        new("GET", "sobjects", Global),
        new("GET", "sobjects/{type}/describe", Describe),
    ];

    /// <summary>Answers the requests whose answers all share the stamp of the org's definitions: 304 for who has it already.</summary>
    public static Reply Stamped(Call call, Action<System.Text.Json.Utf8JsonWriter> body)
    {
        var changed = Moments.ToSeconds(call.Org.MetadataChangedAt);
        var tag = $"\"{(uint)(changed.ToUnixTimeSeconds() * 2_654_435_761):x8}\"";
        var known = call.Header("If-None-Match") is { } given ? given.Replace("--gzip", "", StringComparison.Ordinal) == tag
            : call.Header("If-Modified-Since") is { } since && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && changed <= moment;
        return (known ? new Reply(304) : Reply.Ok(body)).With("ETag", tag).With("Last-Modified", Moments.Header(changed));
    }

    private static Reply Index(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        foreach (var resource in Resources)
        {
            json.WriteString(resource, $"{call.Request.Root}/{resource}");
        }

        json.WriteString("identity", $"{call.Request.Origin}/id/{call.Org.Id}/{call.User.Id}");
        json.WriteEndObject();
    });

    private static Reply Global(Call call) => Stamped(call, json =>
    {
        json.WriteStartObject();
        json.WriteString("encoding", "UTF-8");
        json.WriteNumber("maxBatchSize", 200);
        json.WriteStartArray("sobjects");
        foreach (var seen in call.Schema.Objects)
        {
            ObjectJson.WriteShort(json, seen, call.Request.Root);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Reply Describe(Call call) => call.Schema.Find(call["type"]) is { } seen
        ? Stamped(call, json => ObjectJson.WriteWhole(json, seen, call.Request.Root, call.Request.Origin))
        : Reply.NotFound();
}
