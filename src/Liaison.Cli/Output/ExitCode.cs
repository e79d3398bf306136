using Liaison.Failures;

namespace Liaison.Cli.Output;

/// <summary>The exit codes of every verb, the same for people and machines.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Refused = 3;
    public const int NeedsApproval = 4;

    /// <summary>Gives the exit code of a failure; a kind without one does not compile.</summary>
    public static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => WrongUsage,
        FailureKind.Denied => Refused,
        FailureKind.NeedsApproval => NeedsApproval,
        FailureKind.Unauthenticated => Failed,
        FailureKind.Forbidden => Failed,
        FailureKind.NotFound => Failed,
        FailureKind.Conflict => Failed,
        FailureKind.Duplicate => Failed,
        FailureKind.RateLimited => Failed,
        FailureKind.QuotaExhausted => Failed,
        FailureKind.Unavailable => Failed,
        FailureKind.Ambiguous => Failed,
        FailureKind.Drifted => Failed,
        FailureKind.Unsupported => Failed,
    };
}
