using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Control;
using Liaison.Emulators.Salesforce.Http;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>The refusals that come before any work, by limit or by fault.</summary>
internal static class Refusals
{
    private const string Limit = "REQUEST_LIMIT_EXCEEDED";
    private static readonly Reply DailyLimit = Reply.Refuse(403, Limit, "TotalRequests Limit exceeded.");
    private static readonly Reply LongLimit = Reply.Refuse(403, Limit, "ConcurrentPerOrgLongTxn Limit exceeded.");

    public static Reply Daily() => DailyLimit;

    public static Reply Concurrency() => LongLimit;

    /// <summary>Tells whether a request was refused for a limit; the platform says it with 403 and never with 429 (contract section 9).</summary>
    public static bool IsThrottling(Reply reply) => reply == DailyLimit || reply == LongLimit;

    /// <summary>Gives what a fault answers before any work; <see langword="null"/> where the work is to be done first.</summary>
    public static Reply? Of(Fault<FaultKind> fault) => fault.Kind switch
    {
        FaultKind.Status => Reply.Refuse(fault.Status, fault.Code ?? (fault.Status >= 500 ? "UNKNOWN_EXCEPTION" : "INVALID_OPERATION"), fault.Message ?? $"An injected fault answered with {fault.Status}."),
        FaultKind.Expired => Admission.Expired(),
        FaultKind.NotForRest => Reply.Refuse(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
        FaultKind.Daily => Daily(),
        FaultKind.Concurrency => Concurrency(),
        FaultKind.NoRoute => new Reply(420),
        FaultKind.Empty406 => new Reply(406),
        FaultKind.Html502 => Html(502, "Bad Gateway"),
        FaultKind.Unavailable => Reply.Refuse(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable. Try again later."),
        FaultKind.Locked => Reply.Refuse(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", []),
        FaultKind.Reset => new Reply(0),
        FaultKind.CutAfterCommit or FaultKind.CutBody or FaultKind.Slow => null,
    };

    private static Reply Html(int status, string title) => new(status)
    {
        ContentType = "text/html; charset=utf-8",
        Content = async (stream, cancellationToken) => await stream.WriteAsync(
            System.Text.Encoding.UTF8.GetBytes($"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n"), cancellationToken),
    };
}
