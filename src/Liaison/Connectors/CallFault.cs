using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>Why an attempt failed, and what the channel is to do about it.</summary>
/// <param name="Exhausted">The limit that was hit; <see langword="null"/> where the map names none.</param>
/// <param name="WaitIsNamed">Whether the answer itself named the wait, which then goes before the backoff; else it is the least.</param>
internal sealed record CallFault(Failure Failure, LimitKind? Exhausted = null, bool WaitIsNamed = false)
{
    /// <summary>Gets a value indicating whether the call was refused before it was sent, so that sending it again is not for the channel to try.</summary>
    public bool Final { get; init; }

    /// <summary>Gets how often the call is sent again at the most; <see langword="null"/> where it is as often as any other.</summary>
    public int? MostRepeats { get; init; }

    /// <summary>Gets a value indicating whether a new access token could mend it; some refusals would loop for ever (contracts/salesforce.md 1.10).</summary>
    public bool RenewalMayHelp { get; init; }

    /// <summary>Gets a value indicating whether the same call may simply be sent again: the CRM did not take it.</summary>
    public bool Repeatable => !Final && Failure.Kind.Remedy == Remedy.Moments;

    /// <summary>Tells how long to wait before the call is sent again.</summary>
    public TimeSpan WaitBeforeRepeat(TimeSpan backoff) =>
        Failure.RetryAfter is { } wait && (WaitIsNamed || wait > backoff) ? wait : backoff;
}
