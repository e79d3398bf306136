using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
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
    private static readonly Caller Olga = new(new Subject(SubjectKind.User, "olga@acme.test"), new Actor("cli"), Purpose.Administration);

    private readonly EngineWorld world = new();
    private readonly List<string> contacts = [];
    private Failure? refusal = new(FailureKind.Invalid, "A value is wrong.") { CorrelationId = "corr-9" };

    public DeadLetterTests()
    {
        world.Members.Add(new MemberOptions { Subject = "olga@acme.test", Roles = ["operator"] });
        for (var number = 0; number < 20; number++)
        {
            contacts.Add(world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales")));
        }

        world.Connector.OnWrite = (writes, send) => refusal is { } failure && writes.Any(write => write.Id == contacts[7])
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(failure)
            : send();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReplayDeadLetters Replay => world.Get<ReplayDeadLetters>();

    private DeadLetterGateway Letters => world.Get<DeadLetterGateway>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_letter_holds_operation_fields_attempts_pipeline_record_run_and_correlation()
    {
        var run = await RunAsync();

        var letter = (await Letters.ListAsync(Olga, new DeadLetterQuery(), Token)).Found().ShouldHaveSingleItem();

        (letter.RunId, letter.Pipeline, letter.Record.Id, letter.FailureKind, letter.Failure)
            .ShouldBe((run.Id, "qualify", contacts[7], FailureKind.Invalid, "A value is wrong."));
        (letter.Operation.Operation, letter.Operation.CorrelationId, letter.Operation.Values).ShouldBe(("changes.submit", "corr-9", null));
        letter.Operation.Fields.ShouldBe(["ai_score", "ai_rationale"]);
        letter.Operation.ChangeId.ShouldNotBeNull();
        letter.Operation.Attempts.ShouldHaveSingleItem().Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public async Task The_first_dead_item_of_a_run_raises_an_alert_that_names_the_run()
    {
        var run = await RunAsync();

        var alert = world.Alerts.Raised.ShouldHaveSingleItem();
        (alert.Kind, alert.Connection, alert.RunId, alert.Pipeline).ShouldBe((AlertKind.DeadLetters, EngineWorld.Demo, run.Id, "qualify"));
        alert.Message.ShouldContain($"liaison dead-letter list --run {run.Id}");
    }

    [Fact]
    public async Task A_replay_writes_once_and_its_success_is_the_end_of_item_and_letter()
    {
        var run = await RunAsync();
        refusal = null;
        world.Time.Advance(TimeSpan.FromMinutes(5));

        var replayed = (await Replay.ReplayAsync(Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item).ShouldBe((DeadLetterState.Replayed, ItemState.Done));
        world.WritesOf(contacts[7]).ShouldBe(1);
        var counts = await world.Work.CountAsync(run.Id, Token);
        (counts.In, counts.Done, counts.Dead).ShouldBe((20, 20, 0));
        (await world.Work.FindRunAsync(run.Id, Token))!.State.ShouldBe(RunState.Finished);
        (await Letters.ListAsync(Olga, new DeadLetterQuery(), Token)).Found().ShouldBeEmpty();
        (await Replay.ReplayAsync(Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
        world.WritesOf(contacts[7]).ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_is_judged_by_the_record_as_it_stands_now()
    {
        var run = await RunAsync();
        refusal = null;
        world.Crm.Change(RecordType.Contact, contacts[7], "job_title", "Clerk");

        await Replay.ReplayAsync(Olga, $"{run.Id}/8", Token);

        world.Crm.Writes.Last(write => write.Id == contacts[7]).Values["mem_ai_score"].ShouldBe("0");
    }

    [Fact]
    public async Task A_replay_that_fails_again_leaves_the_letter_with_both_attempts()
    {
        var run = await RunAsync();
        refusal = new Failure(FailureKind.QuotaExhausted, "The day is spent.");

        var replayed = (await Replay.ReplayAsync(Olga, new DeadLetterQuery(), Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item, replayed.Told).ShouldBe((DeadLetterState.Waiting, ItemState.Dead, "The day is spent."));
        var letter = (await Letters.ShowAsync(Olga, $"{run.Id}/8", Token)).Found();
        letter.Operation.Attempts.Select(attempt => attempt.Kind).ShouldBe([FailureKind.Invalid, FailureKind.QuotaExhausted]);
        (await world.Work.CountAsync(run.Id, Token)).Dead.ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_of_a_record_that_a_newer_run_scored_is_skipped_and_says_so()
    {
        var run = await RunAsync();
        refusal = null;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var newer = await RunAsync();
        var written = world.WritesOf(contacts[7]);

        var replayed = (await Replay.ReplayAsync(Olga, new DeadLetterQuery(RunId: run.Id), Token)).Found().ShouldHaveSingleItem();

        (replayed.State, replayed.Item).ShouldBe((DeadLetterState.Superseded, ItemState.Skipped));
        replayed.Told.ShouldContain(newer.Id);
        world.WritesOf(contacts[7]).ShouldBe(written);
        var counts = await world.Work.CountAsync(run.Id, Token);
        (counts.In, counts.Done, counts.Skipped, counts.Dead).ShouldBe((20, 19, 1, 0));
    }

    [Fact]
    public async Task A_replay_without_the_right_to_write_touches_nothing()
    {
        var run = await RunAsync();
        refusal = null;
        world.Get<PolicyInForce>().Replace(new PolicyOptions { Members = world.Members });

        var replayed = (await Replay.ReplayAsync(Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem();

        replayed.State.ShouldBe(DeadLetterState.Waiting);
        world.WritesOf(contacts[7]).ShouldBe(0);
        (await Letters.ShowAsync(Olga, $"{run.Id}/8", Token)).Found().State.ShouldBe(DeadLetterState.Waiting);
    }

    [Fact]
    public async Task A_record_that_is_gone_ends_its_letter_as_gone()
    {
        var run = await RunAsync();
        world.Crm.Remove(RecordType.Contact, contacts[7]);

        (await Replay.ReplayAsync(Olga, $"{run.Id}/8", Token)).Found().ShouldHaveSingleItem().Item.ShouldBe(ItemState.Gone);

        (await world.Work.CountAsync(run.Id, Token)).Gone.ShouldBe(1);
    }

    [Fact]
    public async Task A_discard_takes_a_reason_that_is_kept_and_recorded()
    {
        var run = await RunAsync();

        (await Letters.DiscardAsync(Olga, $"{run.Id}/8", new DeadLetterQuery(), "Nobody needs it.", Token)).Found().ShouldBe(1);

        var letter = (await Letters.ShowAsync(Olga, $"{run.Id}/8", Token)).Found();
        (letter.State, letter.ClosedBy, letter.Note).ShouldBe((DeadLetterState.Discarded, "olga@acme.test", "Nobody needs it."));
        var recorded = await ClosedAsync("dead-letters.discard");
        recorded.Reason.ShouldBe("Nobody needs it.");
        recorded.Outcome.ShouldNotBeNull().ShouldContain("1 discarded");
        (await Letters.DiscardAsync(Olga, $"{run.Id}/8", new DeadLetterQuery(), "Again.", Token)).Refused().Kind.ShouldBe(FailureKind.Conflict);
    }

    [Fact]
    public async Task Who_is_no_operator_neither_replays_nor_discards_nor_looks()
    {
        var run = await RunAsync();

        (await Replay.ReplayAsync(EngineWorld.Ada, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.DiscardAsync(EngineWorld.Ada, $"{run.Id}/8", new DeadLetterQuery(), "No.", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.ListAsync(EngineWorld.Ada, new DeadLetterQuery(), Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
        (await Letters.RevealAsync(Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.Denied);
    }

    [Fact]
    public async Task What_is_older_than_the_retention_expires_and_that_it_did_is_recorded()
    {
        var run = await RunAsync();
        await Letters.DiscardAsync(Olga, $"{run.Id}/8", new DeadLetterQuery(), "Nobody needs it.", Token);
        world.Time.Advance(TimeSpan.FromDays(31));

        (await Letters.ExpireAsync(TimeSpan.FromDays(30), Token)).ShouldBe(1);

        (await Letters.ShowAsync(Olga, $"{run.Id}/8", Token)).Refused().Kind.ShouldBe(FailureKind.NotFound);
        (await ClosedAsync("dead-letters.expire")).Outcome.ShouldNotBeNull().ShouldContain("1 expired");
    }

    [Theory]
    [InlineData(FailureKind.Forbidden, AlertKind.Forbidden)]
    [InlineData(FailureKind.Unauthenticated, AlertKind.NeedsAuthorization)]
    [InlineData(FailureKind.Unsupported, AlertKind.VersionRetired)]
    [InlineData(FailureKind.QuotaExhausted, AlertKind.RunParked)]
    [InlineData(FailureKind.Drifted, AlertKind.RunParked)]
    public async Task What_stops_a_run_raises_its_kind_of_alert(FailureKind kind, AlertKind alert)
    {
        refusal = new Failure(kind, "It stops here.") { MissingScopes = kind == FailureKind.Forbidden ? ["contacts.write"] : [] };

        var run = await RunAsync();

        run.State.ShouldBe(RunState.Parked);
        var raised = world.Alerts.Raised.ShouldHaveSingleItem();
        (raised.Kind, raised.RunId, raised.Since).ShouldBe((alert, run.Id, world.Time.GetUtcNow()));
        raised.Message.ShouldContain("It stops here.");
        raised.MissingScopes.ShouldBe(refusal.MissingScopes);
        run.Reason!.Contains("contacts.write", StringComparison.Ordinal).ShouldBe(kind == FailureKind.Forbidden);
    }

    private async Task<AuditEntry> ClosedAsync(string action) =>
        (await world.AuditedAsync()).Single(entry => entry.Action == action && entry.Phase == AuditPhase.Closed);

    private async Task<Run> RunAsync()
    {
        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        return (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();
    }
}
