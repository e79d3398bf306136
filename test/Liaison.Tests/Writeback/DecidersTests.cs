using Liaison.Failures;
using Liaison.Identity;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Who counts as a person, what a person is shown, and what must not reach their eyes.</summary>
public sealed class DecidersTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_actor_that_nobody_has_named_a_door_decides_on_nothing()
    {
        var proposed = await world.ProposeAsync(GovernedWorld.Update(world.Engine.AddContact(("lead_status", "NEW")), "lead_status", "OPEN"));

        var refused = (await world.Engine.ChangeGateway.ApproveAsync(GovernedWorld.Bea with { Actor = new Actor("new-tool") }, new Decision(proposed.Id), Token)).Refused();

        refused.DeniedBy.ShouldBe(DeniedBy.Agent);
        (await world.StateOfAsync(proposed)).ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_reason_that_acts_or_deceives_is_refused()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var update = GovernedWorld.Update(id, "lead_status", "OPEN");

        foreach (var reason in new[] { "=HYPERLINK(\"http://x.test\")", "<script>go()</script>", "Ask \u202Eann", "{{contact.email}}" })
        {
            var refused = (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, update with { Reason = reason }, Token)).Refused();

            refused.Kind.ShouldBe(FailureKind.Invalid);
            refused.Field.ShouldBe("reason");
        }
    }

    [Fact]
    public async Task What_stood_in_a_field_is_shown_to_its_proposer_only_while_they_may_read_it()
    {
        var id = world.Engine.AddContact(("lead_status", "NEW"));
        var proposed = await world.ProposeAsync(GovernedWorld.Update(id, "lead_status", "OPEN"));
        world.Engine.Grants[^1].None = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["lead_status"] };

        var shown = (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Assistant, proposed.Id, Token)).Found().Change;
        var listed = (await world.Engine.ChangeGateway.ListAsync(GovernedWorld.Assistant, new ChangeQuery(), Token)).Found().Single();
        var overseen = (await world.Engine.ChangeGateway.ShowAsync(GovernedWorld.Bea, proposed.Id, Token)).Found().Change;

        proposed.Content.ShouldContain("NEW");
        shown.Content.ShouldNotContain("NEW");
        shown.Content.ShouldContain("OPEN");
        listed.Content.ShouldNotContain("NEW");
        overseen.Content.ShouldContain("NEW");
    }
}
