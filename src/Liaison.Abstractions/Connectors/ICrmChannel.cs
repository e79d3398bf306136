using System.Collections.Frozen;
using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>The way to a CRM for one credential: throttled, authorized, retried where harmless, mapped to failures, logged.</summary>
public interface ICrmChannel
{
    /// <summary>Sends one call and gives its answer once the CRM has taken it.</summary>
    /// <returns>
    /// The answer of every success status; anything else as a failure by the connector's error map. A write whose outcome is
    /// unknown (cut connection, time-out, a gateway's 5xx) gives <see cref="FailureKind.Ambiguous"/> and is not sent again.
    /// </returns>
    Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken);
}

/// <summary>One HTTP call to a CRM, as the connector builds it.</summary>
/// <param name="Operation">What kind of call it is: decides which limits it spends and whether it may be repeated.</param>
/// <param name="Name">A stable name for logs and metrics, as in <c>contacts.batch-update</c>; no ids in it.</param>
/// <param name="Path">The path and query below the host, beginning with a slash.</param>
public sealed record CrmCall(CrmOperation Operation, string Name, HttpMethod Method, string Path)
{
    /// <summary>Gets the body as UTF-8.</summary>
    /// <value>The default is empty: no body.</value>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets the content type of the body.</summary>
    /// <value>The default is <c>application/json</c>.</value>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Gets the name of the one JSON property in which the channel sends the credential's secret as the body.</summary>
    /// <value>The default is <see langword="null"/>: the secret travels in the Authorization header only.</value>
    /// <remarks>
    /// For calls that ask a CRM about the credential itself (HubSpot: <c>tokenKey</c>), so that the connector never sees it.
    /// <see cref="Body"/> is then empty, and the body that the channel makes reaches no log.
    /// </remarks>
    public string? SecretProperty { get; init; }

    /// <summary>Gets the body where it is too large to be held whole.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Body"/> is sent. It reaches no log.</value>
    public StreamedBody? Streamed { get; init; }

    /// <summary>Gets what reads the body of an answer that the CRM took, as it comes, where it is too large to be held whole.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="CrmAnswer.Body"/> is the body. Else that is empty, and the body reaches no log.</value>
    /// <remarks>Called from the beginning again where the answer was cut off and the call is repeated.</remarks>
    public Func<Stream, CancellationToken, Task>? ReadAnswer { get; init; }

    /// <summary>Gets how many records the call is about, for metrics and the call log.</summary>
    public int RecordCount { get; init; } = 1;

    /// <summary>Gets the request headers that the CRM wants beside those of HTTP, as Salesforce's <c>Sforce-Call-Options</c>.</summary>
    /// <value>The default is empty. No secret travels in them, and the channel alone sets the Authorization header.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Gets the names of the answer's headers that the connector reads, as Salesforce's <c>Sforce-Locator</c>.</summary>
    /// <value>The default is empty: what headers tell of limits and correlation is declared in the descriptor and read by the engine.</value>
    public IReadOnlyList<string> AnswerHeaders { get; init; } = [];
}

/// <summary>A body that is written as it is sent, and never lies in memory whole.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WriteAsync">Writes it; the same bytes however often the call is sent.</param>
public sealed record StreamedBody(long Length, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>A CRM's answer to a call that it took.</summary>
/// <param name="Body">The whole body; it belongs to the receiver.</param>
/// <param name="CorrelationId">The CRM's id of the request, where it gives one.</param>
public sealed record CrmAnswer(int Status, ReadOnlyMemory<byte> Body, string? CorrelationId)
{
    /// <summary>Gets those of the asked headers that the answer has, by the name asked for.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;
}
