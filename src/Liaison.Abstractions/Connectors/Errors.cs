using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>What a connector reads out of an error body: only what is free of record values.</summary>
/// <param name="Category">The CRM's machine word, as in <c>VALIDATION_ERROR</c> or <c>TEN_SECONDLY_ROLLING</c>; empty where the body has none.</param>
public sealed record CrmError(string Category)
{
    /// <summary>Gets the CRM's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the native field names and rule codes that the CRM complains of.</summary>
    public IReadOnlyList<CrmFieldError> Fields { get; init; } = [];

    /// <summary>Gets the scopes of which one would suffice.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Gets the id of the record that stands already.</summary>
    public string? ExistingId { get; init; }
}

/// <summary>A field that a CRM refused and its code for the reason, as in <c>INVALID_OPTION</c>.</summary>
public sealed record CrmFieldError(string Field, string Code);

/// <summary>One row of a connector's error map.</summary>
/// <param name="Statuses">The HTTP statuses; empty fits every one.</param>
/// <param name="Category">The category that the body must name; <see langword="null"/> fits every one.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Sentence">What was refused and what would mend it: one sentence, without values of the answer.</param>
public sealed record ErrorRule(IReadOnlyList<int> Statuses, string? Category, FailureKind Kind, string Sentence)
{
    /// <summary>Gets the least time to wait before trying again, where the answer names none.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Gets a value indicating whether the CRM may have carried out the call before it answered so; a write is then <see cref="FailureKind.Ambiguous"/>.</summary>
    public bool MayHaveCommitted { get; init; }

    /// <summary>Gets a value indicating whether a new access token could mend it; it counts for <see cref="FailureKind.Unauthenticated"/> only.</summary>
    /// <value>The default is <see langword="true"/>: the engine renews the token once and repeats the call once.</value>
    public bool RenewalMayHelp { get; init; } = true;

    /// <summary>Gets how often a call that met it is sent again at the most.</summary>
    /// <value>The default is <see langword="null"/>: as often as any other; more often than that it never is.</value>
    public int? MostRepeats { get; init; }

    /// <summary>Gets the limit that was hit, so that its budget is stopped for <see cref="Wait"/>.</summary>
    public LimitKind? Exhausted { get; init; }
}
