using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Server.Rest.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Liaison.Server.Rest.Authentication;

/// <summary>Turns callers away: recorded, as a problem, and no more often than the address may try.</summary>
internal sealed class Turnstile(Admission admission, RefusalLimiter limiter)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    /// <param name="action">What the audit calls it: <c>key.refused</c> or <c>token.refused</c>.</param>
    /// <param name="id">The id of the key, where it is known.</param>
    public async Task<AuthenticateResult> RefuseAsync(HttpContext context, string action, string? id, Failure failure)
    {
        if (limiter.IsOneTooMany(context.Connection.RemoteIpAddress))
        {
            return Proof.Refuse(context, Problem.TooMany("Too many credentials from this address were refused; mend the credential and wait.", Wait));
        }

        await admission.TurnAwayAsync(action, id, failure, context.RequestAborted);
        return Proof.Refuse(context, failure.Kind == FailureKind.Unauthenticated ? Problem.Unproven(failure.Message) : Problem.Of(failure));
    }
}
