using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

public sealed class UndoChangesTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    public UndoChangesTests() => world.Members.Add(new MemberOptions { Subject = "ada@acme.test", Roles = ["operator"] });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Caller Operator => EngineWorld.Ada;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Two_changes_of_one_run_to_one_record_are_undone_newest_first()
    {
        var id = world.AddContact(("ai_score", "7"), ("ai_rationale", "First."));
        await world.SubmitAsync(await world.ScoreAsync(id, 50, "one"));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.SubmitAsync(await world.ScoreAsync(id, 60, "two"));
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var outcomes = await UndoAsync();

        outcomes.ShouldAllBe(outcome => outcome.Restored);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("7");
        world.Crm.ValueOf(RecordType.Contact, id, "ai_rationale").ShouldBe("First.");
    }

    [Fact]
    public async Task What_travelled_as_one_is_undone_to_what_stood_before_either()
    {
        var id = world.AddContact(("ai_score", "7"), ("ai_rationale", "First."));
        await world.SubmitAsync(await world.ScoreAsync(id, 40, "one"), await world.ScoreAsync(id, 60, "two"));
        world.Time.Advance(TimeSpan.FromSeconds(1));

        await UndoAsync();

        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("7");
        world.Crm.ValueOf(RecordType.Contact, id, "ai_rationale").ShouldBe("First.");
    }

    [Fact]
    public async Task What_a_stopped_agent_did_can_be_undone()
    {
        var id = world.AddContact(("ai_score", "7"));
        await world.SubmitAsync(await world.ScoreAsync(id, 50));
        await world.Get<AgentGateway>().StopAsync(Operator, KillSwitch.Everyone, "A bad model.", Token);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var outcomes = await UndoAsync();

        outcomes.ShouldHaveSingleItem().Restored.ShouldBeTrue(outcomes[0].Why);
        world.Crm.ValueOf(RecordType.Contact, id, "ai_score").ShouldBe("7");
    }

    private async Task<IReadOnlyList<UndoOutcome>> UndoAsync() =>
        (await world.Get<ChangeGateway>().UndoRunAsync(Operator, "run-1", "A bad model.", cancellationToken: Token)).Found();
}
