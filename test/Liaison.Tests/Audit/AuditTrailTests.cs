using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Audit;

public sealed class AuditTrailTests
{
    private static readonly AuditedValue Raised = new("101", "lead_status", "NEW", "OPEN");

    private readonly InMemoryAuditStore store = new();
    private readonly ManualTime time = new();
    private readonly EphemeralDataProtectionProvider protection = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_says_why_and_what_it_was_answered_with()
    {
        var trail = Trail(AuditValuesMode.None);
        var trace = await trail.OpenAsync(Trace("t1") with { Reason = "Ticket 7" }, Token);

        await trail.CloseAsync(trace, failure: null, new AuditClosing { PacketHash = "p", CorrelationId = "c", Records = ["7"], Summary = "1 Applied" }, Token);

        var (opened, closed) = await PairAsync();
        opened.Reason.ShouldBe("Ticket 7");
        closed.ShouldSatisfyAllConditions(
            entry => entry.Reason.ShouldBe("Ticket 7"),
            entry => entry.PacketHash.ShouldBe("p"),
            entry => entry.CorrelationId.ShouldBe("c"),
            entry => entry.Records.ShouldBe(["7"]),
            entry => entry.Outcome.ShouldBe("ok: 1 Applied"));
    }

    [Fact]
    public async Task Values_are_dropped_where_none_are_to_be_kept()
    {
        await CloseWithValuesAsync(AuditValuesMode.None);

        (await PairAsync()).Closed.Values.ShouldBeNull();
    }

    [Fact]
    public async Task Values_are_kept_encrypted_where_changes_are_to_be_kept()
    {
        await CloseWithValuesAsync(AuditValuesMode.Changes);

        (await PairAsync()).Closed.Values.ShouldNotBeNull().ShouldNotContain("NEW");
    }

    [Fact]
    public async Task Whoever_looks_at_values_is_recorded_before_they_are_shown()
    {
        var trail = await CloseWithValuesAsync(AuditValuesMode.Changes);
        var reveal = new RevealValues(trail, Values(AuditValuesMode.None), new IdSource(time));
        var entries = await EntriesAsync();

        var shown = (await reveal.RevealAsync(EngineWorld.Ada, entries, Token)).Found();

        shown.Select(each => each.Count).ShouldBe([0, 1]);
        shown[1].ShouldBe([Raised]);
        (await EntriesAsync()).Skip(2).Select(entry => (entry.Action, entry.Phase, entry.Caller.Subject.Id, entry.Records[0])).ShouldBe(
            [("audit.reveal", AuditPhase.Opened, "ada@acme.test", "101"), ("audit.reveal", AuditPhase.Closed, "ada@acme.test", "101")]);
    }

    [Fact]
    public async Task Values_that_do_not_open_are_refused_and_the_attempt_is_recorded()
    {
        var trail = await CloseWithValuesAsync(AuditValuesMode.Changes);
        var stranger = new AuditValues(new EphemeralDataProtectionProvider(), AuditValuesMode.None);

        var refused = (await new RevealValues(trail, stranger, new IdSource(time)).RevealAsync(EngineWorld.Ada, await EntriesAsync(), Token)).Refused();

        refused.Kind.ShouldBe(FailureKind.Unauthenticated);
        (await EntriesAsync())[^1].Outcome.ShouldNotBeNull().ShouldStartWith("Unauthenticated: ");
    }

    [Fact]
    public async Task Looking_where_there_is_nothing_to_see_leaves_no_entry()
    {
        var trail = await CloseWithValuesAsync(AuditValuesMode.None);

        await new RevealValues(trail, Values(AuditValuesMode.None), new IdSource(time)).RevealAsync(EngineWorld.Ada, await EntriesAsync(), Token);

        (await EntriesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_of_earlier_processes_without_an_outcome_are_told_at_the_start()
    {
        var earlier = Trail(AuditValuesMode.None);
        await earlier.OpenAsync(Trace("died"), Token);
        await earlier.CloseAsync(await earlier.OpenAsync(Trace("ended"), Token), failure: null, new AuditClosing(), Token);
        time.Advance(TimeSpan.FromMinutes(10));
        await earlier.OpenAsync(Trace("young"), Token);

        (await Trail(AuditValuesMode.None).TellUnclosedAsync(Token)).ShouldBe(["died"]);
    }

    [Fact]
    public async Task Requests_of_this_process_are_not_told_however_long_they_take()
    {
        var trail = Trail(AuditValuesMode.None);
        await trail.OpenAsync(Trace("slow"), Token);
        time.Advance(TimeSpan.FromHours(1));

        (await trail.TellUnclosedAsync(Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Denied: The policy opens nothing.", true)]
    [InlineData("Forbidden: The CRM refuses.", true)]
    [InlineData("ok: 2 Applied, 1 Denied", true)]
    [InlineData("ok: 3 Forbidden", true)]
    [InlineData("ok", false)]
    [InlineData("ok: 2 Applied", false)]
    [InlineData("Invalid: A value that is Denied.", false)]
    [InlineData(null, false)]
    public void An_entry_knows_whether_rights_refused(string? outcome, bool denial) =>
        Trace("t").Entry(AuditPhase.Closed, time.GetUtcNow(), outcome).TellsDenial().ShouldBe(denial);

    private async Task<AuditTrail> CloseWithValuesAsync(AuditValuesMode mode)
    {
        var trail = Trail(mode);
        await trail.CloseAsync(await trail.OpenAsync(Trace("t1"), Token), failure: null, new AuditClosing { Values = [Raised] }, Token);
        return trail;
    }

    private AuditTrail Trail(AuditValuesMode mode) =>
        new(store, time, NullLogger<AuditTrail>.Instance, signer: null, Values(mode));

    private AuditValues Values(AuditValuesMode mode) => new(protection, mode);

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        await store.ReadAsync(new AuditQuery(), Token).Select(AuditChain.Open).ToListAsync(Token);

    private async Task<Pair> PairAsync()
    {
        var entries = await EntriesAsync();
        return new Pair(entries[0], entries[1]);
    }

    private static AuditTrace Trace(string id) => new(
        id, EngineWorld.Pipeline, EngineWorld.Demo, CrmEnvironment.Sandbox, "changes.submit", RecordType.Contact, ["101"], ["lead_status"]);

    private sealed record Pair(AuditEntry Opened, AuditEntry Closed);
}
