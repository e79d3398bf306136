using Liaison.Failures;
using Liaison.Safety.Tests.Installed;
using Liaison.Safety.Tests.Obedience;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Making;

/// <summary>Stages of HubSpot's pipelines, moved with a user's own token, which may read the stages of a pipeline and list none.</summary>
public sealed class StageMoveTests : IAsyncLifetime
{
    private HostileAccount account = null!;
    private Engine engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        account = await HostileAccount.StartAsync();
        await account.Crm.AddStampsAsync("deals", "dealinformation");
        engine = await account.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await account.DisposeAsync();
    }

    [Theory]
    [InlineData("Qualified To Buy", null, "default", "qualifiedtobuy")]
    [InlineData("Renewal due", "Renewals", "81200300", "151200301")]
    public async Task A_move_by_label_arrives_by_id_in_the_pipeline_that_was_meant(string stage, string? into, string pipeline, string id)
    {
        var waiting = (await engine.Changes.ProposeAsync(account.Person, Move(stage, into), Token)).Found().Stored.ShouldNotBeNull();
        (await engine.Changes.ApproveAsync(account.Manager, new Decision(waiting.Id), Token)).Found();

        var applied = (await engine.Changes.ApplyAsync(account.Person, waiting.Id, Token)).Found();

        applied.State.ShouldBe(ChangeState.Verified, applied.Note);
        (await account.Crm.SnapshotAsync("deals", "pipeline", "dealstage"))[account.OwnDeal.Id].ShouldBe($"\"{pipeline}\"\n\"{id}\"");
        ChangeContent.FromJson(waiting.Content).Warnings.ShouldContain(warning => warning.Contains($"stage {stage} (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_of_another_pipeline_never_reaches_the_CRM()
    {
        await account.Crm.ClearLedgerAsync();

        var refused = (await engine.Changes.ProposeAsync(account.Person, Move("Renewed", null), Token)).Failure.ShouldNotBeNull();

        refused.Kind.ShouldBe(FailureKind.Invalid);
        refused.Message.ShouldContain("Sales Pipeline has no such stage");
        (await account.Crm.WritesAsync("deals")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deal_that_a_person_moved_since_the_yes_stays_where_they_moved_it()
    {
        var waiting = (await engine.Changes.ProposeAsync(account.Person, Move("Closed Won", null), Token)).Found().Stored.ShouldNotBeNull();
        (await engine.Changes.ApproveAsync(account.Manager, new Decision(waiting.Id), Token)).Found();
        await account.Crm.EditAsync("deals", account.OwnDeal.Id, "dealstage", "contractsent");

        var applied = await engine.Changes.ApplyAsync(account.Person, waiting.Id, Token);

        applied.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Conflict);
        (await account.Crm.SnapshotAsync("deals", "dealstage"))[account.OwnDeal.Id].ShouldBe("\"contractsent\"");
    }

    private ChangeRequest Move(string stage, string? pipeline) =>
        new(new ChangeAction.MoveStage(account.OwnDeal, stage, pipeline), "They agreed on the phone.");
}
