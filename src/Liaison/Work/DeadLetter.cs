using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Work;

/// <summary>Where a dead letter stands.</summary>
public enum DeadLetterState
{
    /// <summary>Waits for somebody to replay or discard it.</summary>
    Waiting,

    /// <summary>In the hands of a replay; one whose process died is taken up by the next replay once its lease has ended.</summary>
    Replaying,

    /// <summary>A replay succeeded; the item has the end that it came to.</summary>
    Replayed,

    /// <summary>A newer run of the same pipeline succeeded with the record, so that there is nothing to replay (R143).</summary>
    Superseded,

    /// <summary>A person decided that it need not be done, with a reason (R145).</summary>
    Discarded,
}

/// <summary>What a worker knows of an item that failed for good, beside the reason.</summary>
/// <param name="Operation">What was being done, as the audit names it, as in <c>changes.submit</c>.</param>
/// <param name="ChangeId">The change set that carries the intent; <see langword="null"/> where it did not come so far.</param>
/// <param name="Fields">The names of the fields that were to be written.</param>
/// <param name="Values">The values that were to be written, encrypted; <see langword="null"/> where the audit keeps none, and after the retention.</param>
/// <param name="CorrelationId">The CRM's own id of the call that failed last.</param>
/// <param name="Attempts">Every attempt that failed, oldest first.</param>
public sealed record FailedOperation(
    string Operation,
    string? ChangeId,
    IReadOnlyList<string> Fields,
    string? Values,
    string? CorrelationId,
    IReadOnlyList<FailedAttempt> Attempts)
{
    private const int MostAttempts = 50;

    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WorkJson.Default.FailedOperation);

    /// <summary>Reads the stored form.</summary>
    public static FailedOperation FromJson(string json) =>
        JsonSerializer.Deserialize(json, WorkJson.Default.FailedOperation) ?? throw new JsonException("A dead letter without content.");

    /// <summary>Gives the letter of an item that died again: what failed last, with the attempts of both.</summary>
    public FailedOperation After(FailedOperation earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return this with { Attempts = [.. earlier.Attempts.Concat(Attempts).TakeLast(MostAttempts)] };
    }
}

/// <summary>An item that failed for good, with all that it takes to understand and replay it (R140).</summary>
/// <param name="Pipeline">The pipeline of its run.</param>
/// <param name="FailureKind">The kind of what failed last.</param>
/// <param name="Failure">What failed last, in one sentence.</param>
/// <param name="Note">Why it is closed, in one sentence; <see langword="null"/> while it is open.</param>
/// <param name="ClosedBy">Who closed it: a subject's id, or the engine's own name; <see langword="null"/> while it is open.</param>
/// <param name="CreatedAt">When the item died first.</param>
/// <param name="UpdatedAt">When it died last or was closed.</param>
public sealed record DeadLetter(
    string RunId,
    long Sequence,
    string Pipeline,
    RecordRef Record,
    DeadLetterState State,
    FailureKind FailureKind,
    string Failure,
    FailedOperation Operation,
    string? Note,
    string? ClosedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the id: the run's with the item's place in it, as in <c>run-01jd…/17</c>.</summary>
    public string Id => FormattableString.Invariant($"{RunId}/{Sequence}");

    /// <summary>Gets the replay that is to be made later.</summary>
    /// <value>The default is <see langword="null"/>: somebody decides.</value>
    public PlannedReplay? Planned { get; init; }
}

/// <summary>A replay that is to be made later (R142).</summary>
/// <param name="At">When, by the store's clock.</param>
/// <param name="By">Who asked for it; their role and key are judged again when it is made.</param>
public sealed record PlannedReplay(DateTimeOffset At, Caller By)
{
    /// <summary>Gives the stored form of who asked.</summary>
    public string ByJson() => JsonSerializer.Serialize(By, WorkJson.Default.Caller);

    /// <summary>Reads the stored form; <see langword="null"/> where nothing is planned.</summary>
    public static PlannedReplay? Of(DateTimeOffset? at, string? by) => at is { } moment && by is not null
        ? new PlannedReplay(moment, JsonSerializer.Deserialize(by, WorkJson.Default.Caller) ?? throw new JsonException("A planned replay by nobody."))
        : null;
}

/// <summary>Which dead letters are wanted, oldest first.</summary>
/// <param name="State">Only these; <see langword="null"/> lists all.</param>
/// <param name="RunId">Only those of this run.</param>
public sealed record DeadLetterQuery(DeadLetterState? State = DeadLetterState.Waiting, string? RunId = null, int Limit = 50)
{
    /// <summary>Gets the pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Gets the connection.</summary>
    public ConnectionName? Connection { get; init; }

    /// <summary>Gets the kind of what failed last.</summary>
    public FailureKind? FailureKind { get; init; }

    /// <summary>Gets the CRM's id of the record.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the letter behind which the list goes on, for the next page.</summary>
    public DeadLetter? After { get; init; }
}

/// <summary>How a letter is closed without its work being done.</summary>
/// <param name="State"><see cref="DeadLetterState.Superseded"/> or <see cref="DeadLetterState.Discarded"/>.</param>
/// <param name="By">Who closes it: a subject's id, or the engine's own name.</param>
/// <param name="Note">Why, in one sentence.</param>
public sealed record DeadLetterClosing(DeadLetter Letter, DeadLetterState State, string By, string Note);

/// <summary>A success that came after a letter: the run that had it, and when.</summary>
public sealed record NewerSuccess(string RunId, DateTimeOffset At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailedOperation))]
[JsonSerializable(typeof(Caller))]
internal sealed partial class WorkJson : JsonSerializerContext;
