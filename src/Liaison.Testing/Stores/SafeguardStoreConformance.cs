using Liaison.Model;
using Liaison.Policy;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every safeguard store must do: a stop and a promotion are seen by every process and outlive them all.</summary>
[ConformanceSuite(typeof(ISafeguardStore))]
public abstract class SafeguardStoreConformance
{
    private static readonly StoppedAgent Stop = new("qualify", "ann@example.com", "It writes nonsense.", Sample.Start);

    private static readonly Promotion Promoted = new(
        Sample.Connection, new PromotedWrite(RecordType.Contact, "ai_score", "ai_score"), "ann@example.com", Sample.Start)
    {
        Sandbox = new ConnectionName("sandbox"),
        ChangeId = "chg-1",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<ISafeguardStore> OpenAsync();

    [Fact]
    public async Task A_stop_is_seen_by_every_process()
    {
        var one = await OpenAsync();
        var other = await OpenAsync();

        await one.StopAsync(Stop, Token);

        (await other.ListStoppedAsync(Token)).ShouldBe([Stop]);
    }

    [Fact]
    public async Task The_first_stop_stands()
    {
        var store = await OpenAsync();

        await store.StopAsync(Stop, Token);
        await store.StopAsync(Stop with { By = "liaison", Reason = "Another." }, Token);

        (await store.ListStoppedAsync(Token)).ShouldBe([Stop]);
    }

    [Fact]
    public async Task A_released_agent_is_stopped_no_more_and_the_others_still_are()
    {
        var store = await OpenAsync();
        await store.StopAsync(Stop, Token);
        await store.StopAsync(Stop with { Actor = "*" }, Token);

        (await store.ReleaseAsync("qualify", Token)).ShouldBeTrue();
        (await store.ReleaseAsync("qualify", Token)).ShouldBeFalse();

        (await store.ListStoppedAsync(Token)).ShouldHaveSingleItem().Actor.ShouldBe("*");
    }

    [Fact]
    public async Task A_run_has_the_volume_that_the_first_approver_gave_it()
    {
        var store = await OpenAsync();
        await store.ApproveVolumeAsync("run-1", "ann@example.com", Sample.Start, Token);
        await store.ApproveVolumeAsync("run-1", "bob@example.com", Sample.Start, Token);

        (await store.FindVolumeApprovalAsync("run-1", Token)).ShouldBe("ann@example.com");
        (await store.FindVolumeApprovalAsync("run-2", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_promotion_is_seen_by_every_process_with_its_ground()
    {
        var one = await OpenAsync();
        var other = await OpenAsync();
        var overridden = Promoted with { Write = Promoted.Write with { Name = "ai_playbook", NativeName = PromotedWrite.Anywhere }, Sandbox = null, ChangeId = null, Reason = "No sandbox." };

        await one.PromoteAsync([Promoted, overridden], Token);

        (await other.ListPromotionsAsync(Token)).ShouldBe([overridden, Promoted]);
    }

    [Fact]
    public async Task Of_two_grounds_of_one_write_the_newer_stands_and_another_place_of_it_stands_beside()
    {
        var store = await OpenAsync();
        var newer = Promoted with { By = "bob@example.com", At = Sample.Start.AddDays(1), ChangeId = "chg-2" };
        var elsewhere = Promoted with { Write = Promoted.Write with { NativeName = "score__c" } };

        await store.PromoteAsync([Promoted], Token);
        await store.PromoteAsync([newer, elsewhere], Token);

        (await store.ListPromotionsAsync(Token)).ShouldBe([newer, elsewhere]);
    }

    [Fact]
    public async Task A_write_is_withdrawn_on_its_connection_wherever_it_is_kept_and_no_other()
    {
        var store = await OpenAsync();
        var elsewhere = Promoted with { Write = Promoted.Write with { NativeName = "score__c" } };
        var other = Promoted with { Connection = new ConnectionName("other") };
        var task = Promoted with { Write = PromotedWrite.Of(RecordType.Contact, ChangeKind.CreateTask) };
        await store.PromoteAsync([Promoted, elsewhere, other, task], Token);

        (await store.WithdrawPromotionsAsync(Promoted.Connection, [Promoted.Write], Token)).ShouldBe(2);
        (await store.WithdrawPromotionsAsync(Promoted.Connection, [Promoted.Write], Token)).ShouldBe(0);

        (await store.ListPromotionsAsync(Token)).ShouldBe([task, other], ignoreOrder: true);
    }
}
