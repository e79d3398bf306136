using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Searching;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Arms and disarms faults.</summary>
/// <remarks>
/// A body names a kind: status (with "status"), cut-after-commit, cut-body, reset, slow, html-502, wrong-content-type, locked (423),
/// migration (477), burst, daily, secondly (429), short-page, empty-page (searches). It may name an "operation" such as
/// "POST /crm/objects/*/batch/update" (an asterisk stands for anything), a "count", a "skip" of matching requests that pass first, a
/// "probability" with its own "seed", a "delayMs", a "retryAfter" in seconds.
/// </remarks>
internal sealed class FaultControl(Faults<FaultKind> faults, PageGaps gaps)
{
    private static readonly Dictionary<string, FaultKind> Kinds = new()
    {
        ["status"] = FaultKind.Status,
        ["cut-after-commit"] = FaultKind.CutAfterCommit,
        ["cut-body"] = FaultKind.CutBody,
        ["reset"] = FaultKind.Reset,
        ["slow"] = FaultKind.Slow,
        ["html-502"] = FaultKind.Html502,
        ["wrong-content-type"] = FaultKind.WrongContentType,
        ["locked"] = FaultKind.Locked,
        ["migration"] = FaultKind.Migration,
        ["burst"] = FaultKind.Burst,
        ["daily"] = FaultKind.Daily,
        ["secondly"] = FaultKind.Secondly,
    };

    public Reply Add(JsonElement body)
    {
        var name = body.TextOf("kind") ?? "";
        if (name is "short-page" or "empty-page")
        {
            var pages = body.NumberOf("count", 1);
            gaps.Add(name == "short-page" ? pages : 0, name == "empty-page" ? pages : 0);
            return Read();
        }

        if (!Kinds.TryGetValue(name, out var kind))
        {
            return ControlRoutes.Problem(400, $"There is no fault \"{name}\"; choose {string.Join(", ", Kinds.Keys)}, short-page or empty-page.");
        }

        var probability = body.MemberOf("probability");
        faults.Add(id => new Fault<FaultKind>
        {
            Id = id,
            Kind = kind,
            Operation = Pattern(body.TextOf("operation")),
            Status = body.NumberOf("status", 500),
            Delay = TimeSpan.FromMilliseconds(body.NumberOf("delayMs", kind == FaultKind.Slow ? 2_000 : 0)),
            RetryAfter = body.NumberOf("retryAfter", -1) is var seconds and >= 0 ? seconds : kind == FaultKind.Migration ? 60 : null,
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
        gaps.Clear();
        return Reply.NoContent;
    }

    private static Regex? Pattern(string? operation) => string.IsNullOrEmpty(operation) ? null
        : new Regex(Regex.Escape(operation).Replace(@"\*", ".*", StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
