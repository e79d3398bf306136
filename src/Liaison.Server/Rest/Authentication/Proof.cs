using System.Security.Claims;
using Liaison.Identity;
using Liaison.Server.Rest.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Liaison.Server.Rest.Authentication;

/// <summary>The identity of a request that has proven who asks.</summary>
internal sealed class ProvenIdentity(Caller caller, string scheme) : ClaimsIdentity(scheme)
{
    public Caller Caller => caller;
}

/// <summary>What the handlers share: where a credential stands, and how its outcome is told to what comes after them.</summary>
internal static class Proof
{
    private const string Bearer = "Bearer ";

    // Identity providers send a few kilobytes; what is longer is nobody's credential.
    private const int LongestCredential = 16 * 1024;

    /// <summary>Gives the bearer credential of a request; <see langword="null"/> where it carries none.</summary>
    public static string? CredentialOf(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } header]
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && header.Length <= LongestCredential
            ? header[Bearer.Length..].Trim()
            : null;

    /// <summary>Gives the purpose that a request states; <see langword="null"/> where it states none.</summary>
    public static Purpose? StatedPurpose(HttpRequest request) =>
        request.Headers["Liaison-Purpose"] is [{ Length: > 0 } name] ? new Purpose(name) : null;

    /// <summary>Gives who asks; only requests that are proven come as far as this is called.</summary>
    public static Caller CallerOf(HttpContext context) =>
        context.User.Identity is ProvenIdentity proven ? proven.Caller : throw new InvalidOperationException("A route was reached by somebody unproven.");

    public static AuthenticateResult Succeed(HttpContext context, Caller caller, string scheme)
    {
        var joined = caller with { CorrelationId = Correlation.Of(context.Request) };
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ProvenIdentity(joined, scheme)), scheme));
    }

    /// <summary>Fails, and keeps how the challenge is to answer.</summary>
    public static AuthenticateResult Refuse(HttpContext context, Problem problem)
    {
        context.Features.Set(new Refusal(problem));
        return AuthenticateResult.Fail(problem.Title);
    }

    public static Task ChallengeAsync(HttpContext context) =>
        (context.Features.Get<Refusal>()?.Problem ?? Problem.Unproven("This takes a credential: Authorization: Bearer with an API key or an access token.")).ExecuteAsync(context);

    private sealed record Refusal(Problem Problem);
}
