using System.Text.Json;

namespace Liaison.Emulators.Hosting;

/// <summary>What a fault is where the body that arms it leaves it out.</summary>
/// <param name="DelayMilliseconds">How late the answer comes.</param>
/// <param name="RetryAfter">The seconds of the header; <see langword="null"/> for none.</param>
/// <param name="LongFrom">From which delay on, in milliseconds, the call counts as one that runs long; <see langword="null"/> for never.</param>
internal readonly record struct FaultDefaults(int DelayMilliseconds = 0, int? RetryAfter = null, int? LongFrom = null);

/// <summary>Arms faults by the bodies of the control routes, and lists them.</summary>
/// <remarks>
/// A body names a kind; it may name an "operation" such as "POST /crm/objects/*/batch/update" (an asterisk stands for anything), a
/// "count", a "skip" of matching requests that pass first, a "probability" with its own "seed", a "delayMs", a "retryAfter" in seconds,
/// and for plain errors "status", "code" and "message".
/// </remarks>
internal sealed class FaultDesk<TKind>(Faults<TKind> faults, IReadOnlyDictionary<string, TKind> kinds)
    where TKind : struct, Enum
{
    public string Names => string.Join(", ", kinds.Keys);

    /// <summary>Arms what a body asks for; <see langword="false"/> where it names no known kind.</summary>
    public bool TryArm(JsonElement body, Func<TKind, FaultDefaults> defaults)
    {
        if (!kinds.TryGetValue(body.TextOf("kind") ?? "", out var kind))
        {
            return false;
        }

        var otherwise = defaults(kind);
        var delay = body.NumberOf("delayMs", otherwise.DelayMilliseconds);
        var probability = body.MemberOf("probability");
        faults.Add(id => new Fault<TKind>
        {
            Id = id,
            Kind = kind,
            Operation = Wildcard.Of(body.TextOf("operation")),
            Status = body.NumberOf("status", 500),
            Code = body.TextOf("code"),
            Message = body.TextOf("message"),
            Delay = TimeSpan.FromMilliseconds(delay),
            Long = body.FlagOf("long", delay >= otherwise.LongFrom),
            RetryAfter = body.NumberOf("retryAfter", -1) is var seconds and >= 0 ? seconds : otherwise.RetryAfter,
            Probability = probability.ValueKind == JsonValueKind.Number ? probability.GetDouble() : 1,
            Remaining = body.NumberOf("count", -1) is var count and >= 0 ? count : null,
            Skip = body.NumberOf("skip", 0),
            Chances = new IdSource(body.NumberOf("seed", 1)),
        });
        return true;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var fault in faults.Armed())
        {
            json.WriteStartObject();
            json.WriteNumber("id", fault.Id);
            json.WriteString("kind", kinds.First(known => known.Value.Equals(fault.Kind)).Key);
            if (fault.Remaining is { } left)
            {
                json.WriteNumber("remaining", left);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
