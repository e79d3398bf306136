using System.Text.Json;
using Liaison.Failures;

namespace Liaison.Server.Rest.Problems;

/// <summary>How a kind of failure is told over HTTP.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Title">The same few words for every failure of the kind.</param>
internal readonly record struct ProblemKind(int Status, string Title)
{
    /// <summary>Gives the answer of a kind; one without an answer does not compile. The reasons stand in docs/decisions/0010.</summary>
    public static ProblemKind Of(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => new(400, "The request is wrong in itself"),
        FailureKind.Denied => new(403, "Not within the caller's rights here"),
        FailureKind.NeedsApproval => new(409, "A person has to decide first"),
        FailureKind.Unauthenticated => new(502, "The CRM does not accept the connection's credential"),
        FailureKind.Forbidden => new(403, "The CRM refuses the user"),
        FailureKind.NotFound => new(404, "There is no such thing for this caller"),
        FailureKind.Conflict => new(409, "Something changed meanwhile"),
        FailureKind.Duplicate => new(409, "It is there already"),
        FailureKind.RateLimited => new(429, "Too many requests for now"),
        FailureKind.QuotaExhausted => new(429, "The day's allowance is spent"),
        FailureKind.Unavailable => new(503, "A service behind Liaison did not take the request"),
        FailureKind.Ambiguous => new(504, "The CRM's answer was lost"),
        FailureKind.Drifted => new(424, "The CRM's schema has changed"),
        FailureKind.Unsupported => new(501, "The connector cannot do this"),
    };

    /// <summary>Gives the stable name of a kind, for programs to branch on.</summary>
    public static string TypeOf(FailureKind kind) => $"urn:liaison:failure:{JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())}";
}
