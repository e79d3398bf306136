using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Work;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison dead-letter</c>: items that failed for good, with their reasons.</summary>
internal static class DeadLetterCommands
{
    private static readonly Option<string?> RunId = new("--run") { Description = "Only items of this run; the default looks through the newest runs." };

    public static Command Create() => Verb.Group(
        "dead-letter",
        "Look at items that failed for good.",
        Verb.Of("list", "List dead items with their reasons.", [RunId], ListAsync));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var work = invocation.Installation.Work;
        var runs = invocation.Parsed.GetValue(RunId) is { } id
            ? [.. new[] { await work.FindRunAsync(id, cancellationToken) }.OfType<Run>()]
            : await work.ListRunsAsync(50, cancellationToken);
        var views = new List<DeadLetterView>();
        foreach (var run in runs)
        {
            await foreach (var item in work.ListItemsAsync(run.Id, ItemState.Dead, cancellationToken))
            {
                views.Add(new DeadLetterView(
                    run.Id, item.Sequence, item.Record.ToString(), item.State, item.Attempts, item.FailureKind, item.Failure, item.UpdatedAt));
            }
        }

        return invocation.Printer.Show<IReadOnlyList<DeadLetterView>>(views, CliJson.Default.IReadOnlyListDeadLetterView, console => console.Write(Printer.TableOf(
            ["run", "item", "record", "attempts", "kind", "reason"],
            views.Select(view => new[]
            {
                view.RunId, RunText.Number(view.Sequence), view.Record, RunText.Number(view.Attempts), view.FailureKind ?? "", view.Failure ?? "",
            }))));
    }
}
