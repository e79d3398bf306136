using Liaison.Failures;
using Liaison.Server.Rest.Problems;
using Microsoft.AspNetCore.Http;

namespace Liaison.Server.Rest.Authentication;

/// <summary>The caller's own id of what a request is a part of; audit and call log keep it (R148).</summary>
internal static class Correlation
{
    /// <summary>The header that carries it; without it, the trace id of the W3C header <c>traceparent</c> stands in.</summary>
    public const string Header = "Liaison-Correlation-Id";

    private const int Longest = 128;

    // 00-(trace id)-(span id)-(flags)
    private const int TraceStart = 3;
    private const int TraceLength = 32;
    private const int ParentLength = 55;

    public static IResult Refusal { get; } = Problem.Of(new Failure(
        FailureKind.Invalid, $"The header {Header} has up to {Longest} letters, digits, dots, colons, hyphens and underscores."));

    public static bool IsUsable(HttpRequest request) => request.Headers[Header] is [] or [{ Length: > 0 and <= Longest }] && request.Headers[Header].All(IsWord);

    public static string? Of(HttpRequest request) =>
        request.Headers[Header] is [{ } named] ? named
        : request.Headers.TraceParent is [{ Length: ParentLength } parent] && parent[TraceStart - 1] == '-' && parent.Substring(TraceStart, TraceLength).All(char.IsAsciiHexDigitLower)
            ? parent.Substring(TraceStart, TraceLength)
            : null;

    private static bool IsWord(string? text) => text is not null && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or ':' or '-' or '_');
}
