using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Arms and disarms faults.</summary>
/// <remarks>
/// A body names a kind: status (with "status", "code", "message"), cut-after-commit, cut-body, reset, slow (with "delayMs"; from 20,000, or with
/// "long":true, it counts as long-running), expired (401), not-for-rest (401), daily, concurrency (403), no-route (420), empty-406, html-502,
/// unavailable (503), locked (400 UNABLE_TO_LOCK_ROW). It may name an "operation" such as "GET /query/*" (an asterisk stands for anything),
/// a "count", a "skip" of matching requests that pass first, a "probability" with its own "seed".
/// </remarks>
internal sealed class FaultControl(Faults<FaultKind> faults)
{
    private const int LongRunning = 20_000;

    private static readonly Dictionary<string, FaultKind> Kinds = new(StringComparer.Ordinal)
    {
        ["status"] = FaultKind.Status,
        ["cut-after-commit"] = FaultKind.CutAfterCommit,
        ["cut-body"] = FaultKind.CutBody,
        ["reset"] = FaultKind.Reset,
        ["slow"] = FaultKind.Slow,
        ["expired"] = FaultKind.Expired,
        ["not-for-rest"] = FaultKind.NotForRest,
        ["daily"] = FaultKind.Daily,
        ["concurrency"] = FaultKind.Concurrency,
        ["no-route"] = FaultKind.NoRoute,
        ["empty-406"] = FaultKind.Empty406,
        ["html-502"] = FaultKind.Html502,
        ["unavailable"] = FaultKind.Unavailable,
        ["locked"] = FaultKind.Locked,
    };

    public Reply Add(JsonElement body)
    {
        if (!Kinds.TryGetValue(body.TextOf("kind") ?? "", out var kind))
        {
            return ControlJson.Problem(400, $"There is no fault \"{body.TextOf("kind")}\"; choose {string.Join(", ", Kinds.Keys)}.");
        }

        var delay = body.NumberOf("delayMs", kind == FaultKind.Slow ? LongRunning : 0);
        var probability = body.MemberOf("probability");
        faults.Add(id => new Fault<FaultKind>
        {
            Id = id,
            Kind = kind,
            Operation = Pattern(body.TextOf("operation")),
            Status = body.NumberOf("status", 500),
            Code = body.TextOf("code"),
            Message = body.TextOf("message"),
            Delay = TimeSpan.FromMilliseconds(delay),
            Long = body.FlagOf("long", delay >= LongRunning),
            Probability = probability.ValueKind == JsonValueKind.Number ? probability.GetDouble() : 1,
            Remaining = body.NumberOf("count", -1) is var count and >= 0 ? count : null,
            Skip = body.NumberOf("skip", 0),
            Chances = new IdSource(body.NumberOf("seed", 1)),
        });
        return Read();
    }

    public Reply Read() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var fault in faults.Armed())
        {
            json.WriteStartObject();
            json.WriteNumber("id", fault.Id);
            json.WriteString("kind", Kinds.First(known => known.Value == fault.Kind).Key);
            if (fault.Remaining is { } left)
            {
                json.WriteNumber("remaining", left);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public Reply Clear()
    {
        faults.Clear();
        return Reply.NoContent;
    }

    private static Regex? Pattern(string? operation) => string.IsNullOrEmpty(operation) ? null
        : new Regex(Regex.Escape(operation).Replace(@"\*", ".*", StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
