using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>What a run could not do: kept, told, replayed while it is still wanted, or discarded with a reason.</summary>
public sealed class DeadLetterTests : IAsyncDisposable
{
    private readonly LeadWorld leads = new(count: 20, refused: 7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EngineWorld World => leads.Engine;

    private ReplayDeadLetters Replay => World.Get<ReplayDeadLetters>();

    private DeadLetterGateway Letters => World.Get<DeadLetterGateway>();

    public ValueTask DisposeAsync() => leads.DisposeAsync();

    [Fact]
    public async Task A_letter_holds_operation_fields_attempts_pipeline_record_run_and_correlation()
    {
        var run = await leads.RunAsync();

        var letter = (await Letters.ListAsync(LeadWorld.Olga, new DeadLetterQuery(), Token)).Found().ShouldHaveSingleItem();

        (letter.RunId, letter.Pipeline, letter.Record.Id, letter.FailureKind, letter.Failure)
            .ShouldBe((run.Id, "qualify", leads.Refused, FailureKind.Invalid, "A value is wrong."));
        (letter.Operation.Operation, letter.Operation.CorrelationId, letter.Operation.Values).ShouldBe(("changes.submit", "corr-9", null));
        letter.Operation.Fields.ShouldBe(["ai_score", "ai_rationale"]);
        letter.Operation.ChangeId.ShouldNotBeNull();
        letter.Operation.Attempts.ShouldHaveSingleItem().Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public async Task The_first_dead_item_of_a_run_raises_an_alert_that_names_the_run()
    {
        var run = await leads.RunAsync();

        var alert = World.Alerts.Raised.ShouldHaveSingleItem();
        (alert.Kind, alert.Connection, alert.RunId, alert.Pipeline).ShouldBe((AlertKind.DeadLetters, EngineWorld.Demo, run.Id, "qualify"));
        alert.Message.ShouldContain($"liaison dead-letter list --run {run.Id}");
    }

    [Fact]
    public async Task A_replay_writes_once_and_its_success_is_the_end_of_item_and_letter()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        World.Time.Advance(TimeSpan.FromMinutes(5));

        var replayed = (await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item).ShouldBe((DeadLetterState.Replayed, ItemState.Done));
        World.WritesOf(leads.Refused).ShouldBe(1);
        var counts = await World.Work.CountAsync(run.Id, Token);
        (counts.In, counts.Done, counts.Dead).ShouldBe((20, 20, 0));
        (await World.Work.FindRunAsync(run.Id, Token))!.State.ShouldBe(RunState.Finished);
        (await Letters.ListAsync(LeadWorld.Olga, new DeadLetterQuery(), Token)).Found().ShouldBeEmpty();
        (await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
        World.WritesOf(leads.Refused).ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_is_judged_by_the_record_as_it_stands_now()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        World.Crm.Change(RecordType.Contact, leads.Refused, "job_title", "Clerk");

        await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token);

        World.Crm.Writes.Last(write => write.Id == leads.Refused).Values["mem_ai_score"].ShouldBe("0");
    }

    [Fact]
    public async Task A_replay_that_fails_again_leaves_the_letter_with_both_attempts()
    {
        var run = await leads.RunAsync();
        leads.Refusal = new Failure(FailureKind.QuotaExhausted, "The day is spent.");

        var replayed = (await Replay.ReplayAsync(LeadWorld.Olga, new DeadLetterQuery(), Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item, replayed.Told).ShouldBe((DeadLetterState.Waiting, ItemState.Dead, "The day is spent."));
        var letter = (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found();
        letter.Operation.Attempts.Select(attempt => attempt.Kind).ShouldBe([FailureKind.Invalid, FailureKind.QuotaExhausted]);
        (await World.Work.CountAsync(run.Id, Token)).Dead.ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_of_a_record_that_a_newer_run_scored_is_skipped_and_says_so()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        World.Time.Advance(TimeSpan.FromMinutes(5));
        var newer = await leads.RunAsync();
        var written = World.WritesOf(leads.Refused);

        var replayed = (await Replay.ReplayAsync(LeadWorld.Olga, new DeadLetterQuery(RunId: run.Id), Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item).ShouldBe((DeadLetterState.Superseded, ItemState.Skipped));
        replayed.Told.ShouldContain(newer.Id);
        World.WritesOf(leads.Refused).ShouldBe(written);
        var counts = await World.Work.CountAsync(run.Id, Token);
        (counts.In, counts.Done, counts.Skipped, counts.Dead).ShouldBe((20, 19, 1, 0));
    }

    [Fact]
    public async Task A_replay_without_the_right_to_write_touches_nothing()
    {
        var run = await leads.RunAsync();
        leads.Refusal = null;
        World.Get<PolicyInForce>().Replace(new PolicyOptions { Members = World.Members });

        var replayed = (await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        replayed.State.ShouldBe(DeadLetterState.Waiting);
        World.WritesOf(leads.Refused).ShouldBe(0);
        (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found().State.ShouldBe(DeadLetterState.Waiting);
    }

    [Fact]
    public async Task A_record_that_is_gone_ends_its_letter_as_gone()
    {
        var run = await leads.RunAsync();
        World.Crm.Remove(RecordType.Contact, leads.Refused);

        (await Replay.ReplayAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem().Item.ShouldBe(ItemState.Gone);

        (await World.Work.CountAsync(run.Id, Token)).Gone.ShouldBe(1);
    }

    [Fact]
    public async Task A_discard_takes_a_reason_that_is_kept_and_recorded()
    {
        var run = await leads.RunAsync();

        (await Letters.DiscardAsync(LeadWorld.Olga, $"{run.Id}/8", new DeadLetterQuery(), "Nobody needs it.", Token)).Found().ShouldBe(1);

        var letter = (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Found();
        (letter.State, letter.ClosedBy, letter.Note).ShouldBe((DeadLetterState.Discarded, "olga@acme.test", "Nobody needs it."));
        var recorded = await leads.ClosedAsync("dead-letters.discard");
        recorded.Reason.ShouldBe("Nobody needs it.");
        recorded.Outcome.ShouldNotBeNull().ShouldContain("1 discarded");
        (await Letters.DiscardAsync(LeadWorld.Olga, $"{run.Id}/8", new DeadLetterQuery(), "Again.", Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
    }

    [Fact]
    public async Task Who_is_no_operator_neither_replays_nor_discards_nor_looks()
    {
        var run = await leads.RunAsync();

        (await Replay.ReplayAsync(EngineWorld.Ada, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.DiscardAsync(EngineWorld.Ada, $"{run.Id}/8", new DeadLetterQuery(), "No.", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.ListAsync(EngineWorld.Ada, new DeadLetterQuery(), Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.RevealAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
    }

    [Fact]
    public async Task What_is_older_than_the_retention_expires_and_that_it_did_is_recorded()
    {
        var run = await leads.RunAsync();
        await Letters.DiscardAsync(LeadWorld.Olga, $"{run.Id}/8", new DeadLetterQuery(), "Nobody needs it.", Token);
        World.Time.Advance(TimeSpan.FromDays(31));

        (await Letters.ExpireAsync(TimeSpan.FromDays(30), Token)).ShouldBe(1);

        (await Letters.ShowAsync(LeadWorld.Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
        (await leads.ClosedAsync("dead-letters.expire")).Outcome.ShouldNotBeNull().ShouldContain("1 expired");
    }

    [Theory]
    [InlineData(FailureKind.Forbidden, AlertKind.Forbidden)]
    [InlineData(FailureKind.Unauthenticated, AlertKind.NeedsAuthorization)]
    [InlineData(FailureKind.Unsupported, AlertKind.VersionRetired)]
    [InlineData(FailureKind.QuotaExhausted, AlertKind.RunParked)]
    [InlineData(FailureKind.Drifted, AlertKind.RunParked)]
    public async Task What_stops_a_run_raises_its_kind_of_alert(FailureKind kind, AlertKind alert)
    {
        leads.Refusal = new Failure(kind, "It stops here.") { MissingScopes = kind == FailureKind.Forbidden ? ["contacts.write"] : [] };

        var run = await leads.RunAsync();

        run.State.ShouldBe(RunState.Parked);
        var raised = World.Alerts.Raised.ShouldHaveSingleItem();
        (raised.Kind, raised.RunId, raised.Since).ShouldBe((alert, run.Id, World.Time.GetUtcNow()));
        raised.Message.ShouldContain("It stops here.");
        raised.MissingScopes.ShouldBe(leads.Refusal.MissingScopes);
        run.Reason!.Contains("contacts.write", StringComparison.Ordinal).ShouldBe(kind == FailureKind.Forbidden);
    }
}
