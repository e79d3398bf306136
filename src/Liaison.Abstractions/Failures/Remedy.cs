namespace Liaison.Failures;

/// <summary>What mends a failure; retries, rests, parked items and schedules all go by it.</summary>
public enum Remedy
{
    /// <summary>A better request; the same one fails again.</summary>
    AnotherRequest,

    /// <summary>Moments: the same request may be sent again after a wait.</summary>
    Moments,

    /// <summary>The beginning of the next allowance.</summary>
    NextAllowance,

    /// <summary>A look at what became of the request.</summary>
    Looking,

    /// <summary>A person who signs in, grants, approves, or changes a schema or a version.</summary>
    Person,
}

/// <summary>Says of each kind of failure what mends it.</summary>
public static class Remedies
{
    extension(FailureKind kind)
    {
        /// <summary>Gets what mends a failure of this kind.</summary>
        public Remedy Remedy => kind switch
        {
            FailureKind.Invalid or FailureKind.NotFound or FailureKind.Conflict or FailureKind.Duplicate => Remedy.AnotherRequest,
            FailureKind.RateLimited or FailureKind.Unavailable => Remedy.Moments,
            FailureKind.QuotaExhausted => Remedy.NextAllowance,
            FailureKind.Ambiguous => Remedy.Looking,
            FailureKind.Denied or FailureKind.NeedsApproval or FailureKind.Unauthenticated
                or FailureKind.Forbidden or FailureKind.Drifted or FailureKind.Unsupported => Remedy.Person,
        };
    }
}
