using System.CommandLine;
using Liaison.Alerts;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison audit show --alerts</c>: what people were told of.</summary>
internal static class AuditAlerts
{
    public static Option<bool> Alerts { get; } = new("--alerts") { Description = "The alerts instead of the entries, newest first." };

    public static Option<AlertKind?> Kind { get; } = new("--kind") { Description = "With --alerts: only those of this kind, as in breakeropen." };

    /// <summary>Tells of options that go only with alerts, or only without them.</summary>
    public static Failure? Mixed(ParseResult parsed, params IReadOnlyList<Option> ofOthers)
    {
        var asked = parsed.GetValue(Alerts);
        IReadOnlyList<Option> wrong = asked ? ofOthers : [Kind];
        return wrong.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } named
            ? new Failure(FailureKind.Invalid, asked ? $"{named.Name} does not go with alerts; leave it or --alerts out." : $"{named.Name} is for alerts; add --alerts.")
            : null;
    }

    public static async Task<int> ShowAsync(Invocation invocation, AlertQuery query, CancellationToken cancellationToken)
    {
        var listed = await invocation.Installation.Operations.ListAlertsAsync(Callers.Of(invocation, Purpose.Administration), query, cancellationToken);
        if (!listed.TryGet(out var rows, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<AlertDocument> alerts = [.. rows.Select(AlertDocument.Of)];
        return invocation.Printer.Show(alerts, CliJson.Default.IReadOnlyListAlertDocument, console => console.Write(Printer.TableOf(
            ["raised", "kind", "connection", "cause", "run", "times", "what happened"],
            alerts.Select(alert => new[]
            {
                RunText.Moment(alert.RaisedAt), alert.Kind.ToString(), alert.Connection ?? "", alert.Cause, alert.Run ?? "", RunText.Number(alert.Count), alert.Message,
            }))));
    }
}
