using System.Globalization;
using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Tells people what stops a run and that some of it failed for good.</summary>
internal sealed class RunAlerts(IAlertSink alerts, LiaisonGateway gateway)
{
    // The CRM's midnight and ours need not fall into one second.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    // What has been tried again and again already gets a rest before the whole run is tried again.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <summary>Tells after how long a run that met the failure may go on by itself: a day's allowance comes back (R124), and so does a host that was out of order.</summary>
    public static TimeSpan? ResumesAfter(Failure failure) => failure.Kind.Remedy switch
    {
        Remedy.NextAllowance => failure.RetryAfter + Margin,
        Remedy.Moments => (failure.RetryAfter ?? TimeSpan.Zero) + Rest,
        Remedy.AnotherRequest or Remedy.Looking or Remedy.Person => null,
    };

    /// <summary>Raises the alert of a run that stopped by itself.</summary>
    /// <param name="since">When it met the failure first.</param>
    /// <returns>Why the run stands, in words that name the missing scope and since when.</returns>
    public async Task<string> ParkedAsync(Run run, Failure failure, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var before = RunParameters.FromJson(run.Parameters).Scopes;
        var after = failure.Kind == FailureKind.Forbidden ? await ScopesNowAsync(run, cancellationToken) : [];

        // What the credential had and has no more is the cause; what the CRM names is only what would mend this one call.
        IReadOnlyList<string> missing = after.Count > 0 && before.Except(after, StringComparer.Ordinal).ToList() is { Count: > 0 } taken
            ? taken
            : failure.MissingScopes;
        var reason = missing.Count == 0
            ? ResumesAfter(failure) is { } pause ? $"{failure.Message} It goes on by itself at {Moment(since + pause)} while a node serves." : failure.Message
            : $"{failure.Message} Missing since {Moment(since)}: {string.Join(", ", missing)}.";
        await alerts.RaiseAsync(
            new Alert(
                KindOf(failure.Kind),
                run.Connection,
                missing is [var scope, ..] ? scope : failure.Kind.ToString(),
                $"Run {run.Id} of {run.Pipeline} stopped: {reason} liaison run show {run.Id} tells how it stands; liaison run resume {run.Id} goes on once it is mended.")
            {
                RunId = run.Id,
                Pipeline = run.Pipeline,
                Since = since,
                CorrelationId = failure.CorrelationId,
                MissingScopes = missing,
                ScopesBefore = before,
                ScopesAfter = after,
            },
            cancellationToken);
        return reason;
    }

    /// <summary>Raises the alert of a run with dead letters.</summary>
    public Task DiedAsync(Run run, string reason, CancellationToken cancellationToken) => alerts.RaiseAsync(
        new Alert(
            AlertKind.DeadLetters,
            run.Connection,
            run.Id,
            $"Items of run {run.Id} of {run.Pipeline} failed for good, the first of them so: {reason} liaison dead-letter list --run {run.Id} shows them.")
        {
            RunId = run.Id,
            Pipeline = run.Pipeline,
        },
        cancellationToken);

    /// <summary>Raises the alert of a run that goes on without records that are closed to its credential (R120).</summary>
    public Task KeptOutAsync(Run run, Failure failure, CancellationToken cancellationToken) => alerts.RaiseAsync(
        new Alert(
            AlertKind.Forbidden,
            run.Connection,
            run.Id,
            $"Run {run.Id} of {run.Pipeline} may not write some records and goes on with the others: {failure.Message} They wait; liaison run resume {run.Id} goes on with them once the right is given.")
        {
            RunId = run.Id,
            Pipeline = run.Pipeline,
            CorrelationId = failure.CorrelationId,
        },
        cancellationToken);

    private static AlertKind KindOf(FailureKind kind) => kind switch
    {
        FailureKind.Forbidden => AlertKind.Forbidden,
        FailureKind.Unauthenticated => AlertKind.NeedsAuthorization,
        FailureKind.Unsupported => AlertKind.VersionRetired,
        _ => AlertKind.RunParked,
    };

    private async Task<IReadOnlyList<string>> ScopesNowAsync(Run run, CancellationToken cancellationToken) =>
        (await gateway.ScopesAsync(run.Caller, run.Connection, [], cancellationToken)).TryGet(out var scopes, out _) ? scopes : [];

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
