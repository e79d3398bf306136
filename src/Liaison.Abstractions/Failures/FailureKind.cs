namespace Liaison.Failures;

/// <summary>The one error vocabulary: every CRM's answers are mapped to it and every entry point maps it outward.</summary>
/// <remarks>A new kind breaks the build at each entry point that does not map it, which is the aim.</remarks>
public enum FailureKind
{
    /// <summary>The request is wrong in itself; it is never retried.</summary>
    Invalid,

    /// <summary>Policy, purpose or the agent's grant refused; see <see cref="Failure.DeniedBy"/>.</summary>
    Denied,

    /// <summary>The action waits for a person who may approve it.</summary>
    NeedsApproval,

    /// <summary>The CRM does not accept the credential; the connection needs re-authorization.</summary>
    Unauthenticated,

    /// <summary>The CRM accepts the credential and refuses the user or lacks a scope; never retried.</summary>
    Forbidden,

    /// <summary>No such connection, record type, field or record for this caller: forbidden and unknown are told alike.</summary>
    NotFound,

    /// <summary>The record changed since it was read, or the request contradicts an earlier one with the same key.</summary>
    Conflict,

    /// <summary>The record to be created is there already; see <see cref="Failure.ExistingId"/>.</summary>
    Duplicate,

    /// <summary>A short-window limit was hit; waiting helps.</summary>
    RateLimited,

    /// <summary>A daily allowance is spent; work parks until it resets.</summary>
    QuotaExhausted,

    /// <summary>The CRM did not take the request (5xx, refused connection, locked record); trying again is safe.</summary>
    Unavailable,

    /// <summary>The request was sent and the answer lost: the outcome is found by looking, never by sending again.</summary>
    Ambiguous,

    /// <summary>The CRM's schema no longer fits what the request needs.</summary>
    Drifted,

    /// <summary>The CRM does not speak the pinned API version, or the connector cannot do this.</summary>
    Unsupported,
}
