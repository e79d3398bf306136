using Liaison.Cli.Output;
using Liaison.Gateway.Documents;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>Writes connections for people.</summary>
internal static class ConnectText
{
    public static void WriteList(IAnsiConsole console, IReadOnlyList<ConnectionView> views)
    {
        console.Write(Printer.TableOf(
            ["name", "crm", "environment", "writes", "state", "since", "last success", "left of the day", "host"],
            views.Select(view => new[]
            {
                view.Name, $"{view.Crm} {view.ApiVersion}", view.Environment, view.WritesOpen ? "open" : "closed", view.Health.State.ToString(),
                Moment(view.Health.Since), Moment(view.Health.LastSuccess), DayOf(view.Health), view.BaseUrl.Authority,
            })));
        foreach (var health in views.Select(view => view.Health).Where(health => health.State is not (Connectors.ConnectionCondition.Ok or Connectors.ConnectionCondition.Untried)))
        {
            console.WriteLine($"{health.Name}: {TerminalText.Safe(health.Told)}");
        }

        foreach (var (health, ending) in views.SelectMany(view => view.Health.Endings, (view, ending) => (view.Health, ending)))
        {
            console.WriteLine($"{health.Name}: {ending.Told}");
        }
    }

    public static void WriteTest(IAnsiConsole console, ConnectionTestView view)
    {
        var health = view.Connection.Health;
        console.Write(Printer.TableOf(
            ["what", "found"],
            [
                ["account", view.AccountId], ["environment", view.Connection.Environment], ["credential", view.CredentialKind],
                ["reach", view.Reach], ["time zone", view.TimeZone ?? "not told"],
                ["scopes", view.Scopes is null ? "not told" : string.Join(" ", view.Scopes)],
                ["state", $"{health.State}{(health.Since is { } since ? $" since {RunText.Moment(since)}" : "")}: {health.Told}"],
                ["token renewed", Moment(health.Credentials.Max(credential => credential.RenewedAt))],
                ["last failure", health.LastFailure is { } failed ? $"{RunText.Moment(failed)}: {health.LastFailureTold}" : "none that is kept"],
                ["left of the day", DayOf(health)],
                .. health.Endings.Select(ending => new[] { "announced", ending.Told }),
            ]));
        foreach (var need in view.Missing)
        {
            console.WriteLine($"Missing for \"{need.Feature}\": one of {string.Join(", ", need.AnyOf)}");
        }
    }

    /// <summary>Says what is left of a day's calls, and when they end at the pace so far.</summary>
    public static string DayOf(ConnectionStateDocument health) => health.Budgets.FirstOrDefault(budget => budget.ResetsAt is not null) is { } day
        ? $"{RunText.Number(day.Left)} of {RunText.Number(day.Permitted)}{(day.ExhaustedAt is { } end ? $", spent at {RunText.Moment(end)} at this pace" : "")}"
        : "no daily limit";

    private static string Moment(DateTimeOffset? moment) => moment is { } at ? RunText.Moment(at) : "";
}
