using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>Why an attempt failed, and what the channel is to do about it.</summary>
/// <param name="Exhausted">The limit that was hit; <see langword="null"/> where the map names none.</param>
internal sealed record CallFault(Failure Failure, LimitKind? Exhausted = null)
{
    /// <summary>Gets a value indicating whether the same call may simply be sent again: the CRM did not take it.</summary>
    public bool Repeatable => Failure.Kind is FailureKind.RateLimited or FailureKind.Unavailable;
}
