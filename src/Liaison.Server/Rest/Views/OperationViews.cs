using Liaison.Alerts;
using Liaison.Gateway.Documents;
using Liaison.Operations;

namespace Liaison.Server.Rest.Views;

/// <summary>Which calls are wanted, newest first; what is left out does not narrow.</summary>
/// <param name="Correlation">The trace, the caller's own id or the CRM's correlation id.</param>
/// <param name="Before">Only calls before this number, as the page before told in <c>next</c>.</param>
internal sealed record CallQuestion(
    string? Record,
    string? Run,
    string? Actor,
    string? Connection,
    string? Correlation,
    int? Status,
    bool? Failed,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    long? Before,
    int? Limit);

/// <summary>Calls to CRMs, newest first.</summary>
/// <param name="Next">What to ask for with <c>before</c> to read on; left out where nothing was found.</param>
internal sealed record CallListView(IReadOnlyList<CallDocument> Calls, long? Next);

/// <summary>How the connections stand.</summary>
internal sealed record ConnectionStateListView(IReadOnlyList<ConnectionStateDocument> Connections);

/// <summary>Which alerts are wanted, newest first; what is left out does not narrow.</summary>
internal sealed record AlertQuestion(AlertKind? Kind, string? Connection, string? Run, DateTimeOffset? Since, DateTimeOffset? Until, int? Limit);

/// <summary>Alerts, newest first.</summary>
internal sealed record AlertListView(IReadOnlyList<AlertDocument> Alerts);

/// <summary>Whether the process can work.</summary>
internal sealed record ReadyView(string Status, IReadOnlyList<ReadyCheckView> Checks)
{
    public static ReadyView Of(ReadyReport report) => new(
        NameOf(report.State), [.. report.Checks.Select(check => new ReadyCheckView(check.Name, NameOf(check.State), check.Told, check.Since))]);

    private static string NameOf(ReadyState state) => state.ToString().ToLowerInvariant();
}

/// <summary>One thing that was looked at.</summary>
internal sealed record ReadyCheckView(string Name, string Status, string Told, DateTimeOffset? Since);
