namespace Liaison.Failures;

/// <summary>An expected refusal, in words that may be shown to a person or a model.</summary>
/// <param name="Kind">What the caller can branch on.</param>
/// <param name="Message">What was refused and what would mend it, in one sentence without secrets or record values.</param>
/// <param name="RetryAfter">When trying again can help; <see langword="null"/> when it cannot or nobody knows.</param>
public sealed record Failure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Gets the field that the refusal is about, in the caller's own spelling.</summary>
    /// <value>The default is <see langword="null"/>: the refusal is about no single field.</value>
    public string? Field { get; init; }

    /// <summary>Gets which of the four sides of the effective right refused.</summary>
    /// <value>The default is <see langword="null"/>: the refusal is not one of rights.</value>
    public DeniedBy? DeniedBy { get; init; }

    /// <summary>Gets the CRM's own correlation id, for a support case with the vendor.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the OAuth scopes whose lack made the CRM refuse; any one of them suffices.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Gets the id of the record that already stands where a new one was to be made.</summary>
    public string? ExistingId { get; init; }

    /// <summary>Gets a value indicating whether calls of runs to these endpoints were held back when it was met: the CRM answers nobody, which says nothing of the request (R117).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HeldBack { get; init; }

    /// <summary>Gets every attempt of the call that failed, oldest first.</summary>
    /// <value>The default is none: no call was made, or whoever made it keeps no count.</value>
    public IReadOnlyList<FailedAttempt> Attempts { get; init; } = [];
}

/// <summary>One attempt that failed.</summary>
/// <param name="CorrelationId">The CRM's own id of the attempt; <see langword="null"/> where it gave none.</param>
public sealed record FailedAttempt(DateTimeOffset At, FailureKind Kind, string? CorrelationId);

/// <summary>The sides whose intersection is the effective right; each refusal names one.</summary>
public enum DeniedBy
{
    /// <summary>The CRM gives the subject no such right.</summary>
    CrmUser,

    /// <summary>The policy for the caller's role, record type or field.</summary>
    Policy,

    /// <summary>The purpose that the caller stated does not cover this.</summary>
    Purpose,

    /// <summary>The grant of the acting agent does not cover this.</summary>
    Agent,

    /// <summary>No sandbox was seen to take the write, and nobody has overridden that.</summary>
    Promotion,
}
