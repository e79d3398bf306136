using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>The drawing in the documents is what the engine moves by.</summary>
public sealed class StateDrawingTests
{
    [Fact]
    public void The_drawing_is_made_from_the_table_of_moves()
    {
        var page = File.ReadAllText(RepositoryFile.Find("docs", "concepts", "change-sets.md")).ReplaceLineEndings("\n");

        page.ShouldContain(Drawing(), Case.Sensitive);
    }

    [Fact]
    public void Every_state_is_reached_and_every_end_is_an_end()
    {
        var reached = ChangeStates.Steps.Select(step => step.To).Append(ChangeState.Proposed);

        Enum.GetValues<ChangeState>().ShouldBe(reached.Distinct(), ignoreOrder: true);
        Ends().ShouldBe([ChangeState.Refused, ChangeState.Rejected, ChangeState.Expired, ChangeState.Conflicted, ChangeState.Undone]);
    }

    private static string Drawing() => string.Join(
        '\n',
        [
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> Proposed",
            .. ChangeStates.Steps.Select(step => $"    {step.From} --> {step.To}: {step.When.Replace(":", " -", StringComparison.Ordinal)}"),
            .. Ends().Select(state => $"    {state} --> [*]"),
            "```",
        ]);

    private static IEnumerable<ChangeState> Ends() =>
        Enum.GetValues<ChangeState>().Where(state => ChangeStates.Steps.All(step => step.From != state));
}
