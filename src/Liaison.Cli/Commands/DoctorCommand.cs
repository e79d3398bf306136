using System.CommandLine;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Identity;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison doctor</c>: every check with its mend.</summary>
internal static class DoctorCommand
{
    public static Command Create() => Verb.Of("doctor", "Look at everything, and say what would mend what is not right; exit code 1 if a check fails.", [], RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings =
        [
            .. await new InstallationChecks(invocation.Installation).LookAsync(cancellationToken),
            .. await new ConnectionChecks(invocation.Installation, Callers.Operator(invocation, Purpose.Administration)).LookAsync(cancellationToken),
        ];
        invocation.Printer.Show(findings, CliJson.Default.IReadOnlyListFinding, console => console.Write(Printer.TableOf(
            ["check", "state", "found", "mend"],
            findings.Select(finding => new[] { finding.Check, finding.State.ToString().ToLowerInvariant(), finding.Found, finding.Mend ?? "" }))));
        return findings.Any(finding => finding.State == FindingState.Failed) ? ExitCode.Failed : ExitCode.Done;
    }
}
