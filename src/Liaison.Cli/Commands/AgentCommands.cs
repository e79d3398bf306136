using System.CommandLine;
using System.Globalization;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison agent</c>: the kill switch, and how agents fare.</summary>
internal static class AgentCommands
{
    private static readonly Argument<string> Name = new("agent") { Description = "The agent's name, as in qualify; * is every agent." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why, in a sentence.", Required = true };

    private static readonly Option<int> Days = new("--days") { Description = "How many days to look back.", DefaultValueFactory = _ => 30 };

    public static Command Create() => Verb.Group(
        "agent",
        "Stop agents, let them go on, and look at how they fare.",
        Verb.Of("list", "List the stopped agents.", [GlobalOptions.As], ListAsync),
        Verb.Of("report", "Tell how each agent has fared: what people accepted, what was refused, what was undone.", [Days, GlobalOptions.As], ReportAsync),
        Verb.Of("stop", "Stop an agent, in every process within a second.", [Name, Reason, GlobalOptions.As], StopAsync),
        Verb.Of("release", "Let an agent go on.", [Name, GlobalOptions.As], ReleaseAsync));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (!(await invocation.Installation.AgentGateway.ListStoppedAsync(CallerOf(invocation), cancellationToken)).TryGet(out var stopped, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<StoppedAgentView> views = [.. stopped.Select(stop => new StoppedAgentView(stop.Actor, stop.By, stop.Reason, stop.At))];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListStoppedAgentView, console => console.Write(Printer.TableOf(
            ["agent", "stopped by", "why", "at"], views.Select(view => new[] { view.Agent, view.By, view.Reason, RunText.Moment(view.At) }))));
    }

    private static async Task<int> ReportAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var days = invocation.Parsed.GetValue(Days);
        if (!(await invocation.Installation.AgentGateway.ReportAsync(CallerOf(invocation), days, cancellationToken)).TryGet(out var tiers, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        return invocation.Printer.Show(tiers, CliJson.Default.IReadOnlyListTierReport, console => console.Write(Printer.TableOf(
            ["agent", "tier", "proposed", "refused", "waiting", "accepted", "declined", "automatic", "in the CRM", "undone", "acceptance", "refusal", "undo"],
            tiers.Select(tier => new[]
            {
                tier.Agent, tier.Tier.ToString().ToLowerInvariant(), Number(tier.Proposed), Number(tier.Refused), Number(tier.Waiting), Number(tier.Accepted),
                Number(tier.Declined), Number(tier.Automatic), Number(tier.Stands), Number(tier.Undone), Percent(tier.AcceptanceRate), Percent(tier.RefusalRate), Percent(tier.UndoRate),
            }))));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} %") : "–";

    private static async Task<int> StopAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Parsed.GetRequiredValue(Name);
        return Tell(
            invocation,
            await invocation.Installation.AgentGateway.StopAsync(CallerOf(invocation), name, invocation.Parsed.GetRequiredValue(Reason), cancellationToken),
            name == KillSwitch.Everyone ? "Every agent is stopped." : $"The agent \"{name}\" is stopped.");
    }

    private static async Task<int> ReleaseAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Parsed.GetRequiredValue(Name);
        return Tell(invocation, await invocation.Installation.AgentGateway.ReleaseAsync(CallerOf(invocation), name, cancellationToken), $"\"{name}\" may go on.");
    }

    private static Caller CallerOf(Invocation invocation) => Callers.Of(invocation, Purpose.Administration);

    private static int Tell(Invocation invocation, Result<Done> result, string sentence)
    {
        if (result.Failure is { } failure)
        {
            return invocation.Printer.Fail(failure);
        }

        invocation.Printer.Say(sentence);
        return ExitCode.Done;
    }
}
