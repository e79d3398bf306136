using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every audit store must do: one whole chain, whoever appends, and nothing told as stored that is not.</summary>
[ConformanceSuite(typeof(IAuditStore))]
public abstract class AuditStoreConformance
{
    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IAuditStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<IAuditStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task An_empty_audit_is_a_whole_chain_of_nothing()
    {
        var store = await OpenAsync(clock);

        (await AuditVerification.WalkAsync(store, Token)).ShouldBe(new AuditVerification(0, FirstBroken: null));
        (await store.FindUnclosedAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Appending_nothing_adds_nothing()
    {
        var store = await OpenAsync(clock);

        await store.AppendAsync([], Token);

        (await ReadAsync(store, new AuditQuery())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_survive_a_kill_in_their_order_and_the_chain_goes_on()
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync([Sample.Opened("t1"), Sample.Opened("t2")], Token);

        var reopened = await ReopenAsync(clock);
        await reopened.AppendAsync([Sample.Closed("t2")], Token);

        var rows = await ReadAsync(reopened, new AuditQuery());
        rows.Select(row => row.Sequence).ShouldBe([1, 2, 3]);
        rows.Select(row => AuditChain.Open(row)).Select(entry => (entry.TraceId, entry.Phase)).ShouldBe(
            [("t1", AuditPhase.Opened), ("t2", AuditPhase.Opened), ("t2", AuditPhase.Closed)]);
        rows[0].PreviousHash.ShouldBe(AuditChain.Genesis);
        (await AuditVerification.WalkAsync(reopened, Token)).ShouldBe(new AuditVerification(3, FirstBroken: null));
    }

    [Fact]
    public async Task An_entry_comes_back_whole()
    {
        var store = await OpenAsync(clock);
        var entry = Sample.Closed("t1", "run-1", "101", "102") with { PacketHash = "abc", CorrelationId = "c-9", Reason = "Ticket 7", Values = "c2VhbGVk", Outcome = "Forbidden: Zoë's team may not — ask 雪." };

        await store.AppendAsync([entry], Token);

        var row = (await ReadAsync(await ReopenAsync(clock), new AuditQuery())).ShouldHaveSingleItem();
        row.Canonical.ToArray().ShouldBe(AuditChain.Write(entry));
        AuditChain.Open(row).Outcome.ShouldBe(entry.Outcome);
    }

    [Fact]
    public async Task The_chain_stays_whole_when_two_processes_append_at_once()
    {
        IAuditStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => AppendAsync(processes[worker % 2], worker), Token)));

        (await AuditVerification.WalkAsync(processes[0], Token)).ShouldBe(new AuditVerification(16 * 3 * 25, FirstBroken: null));
        (await AuditVerification.WalkAsync(await ReopenAsync(clock), Token)).Entries.ShouldBe(16 * 3 * 25);
    }

    [Fact]
    public async Task Entries_of_one_append_stand_together()
    {
        IAuditStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => AppendAsync(processes[worker % 2], worker), Token)));

        var traces = (await ReadAsync(processes[0], new AuditQuery(Limit: int.MaxValue))).Select(row => AuditChain.Open(row).TraceId).ToList();
        traces.Chunk(3).ShouldAllBe(chunk => chunk.Distinct().Count() == 1);
    }

    [Fact]
    public async Task Entries_are_found_by_record_run_and_trace()
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync(
            [
                Sample.Opened("t1", "run-1", "101", "102"),
                Sample.Opened("t2", "run-2", "102"),
                Sample.Opened("t3", null, "1010"),
                Sample.Closed("t1", "run-1", "101", "101"),
            ],
            Token);

        (await SequencesAsync(store, new AuditQuery(RecordId: "101"))).ShouldBe([1, 4]);
        (await SequencesAsync(store, new AuditQuery(RecordId: "102"))).ShouldBe([1, 2]);
        (await SequencesAsync(store, new AuditQuery(RunId: "run-1"))).ShouldBe([1, 4]);
        (await SequencesAsync(store, new AuditQuery(TraceId: "t2"))).ShouldBe([2]);
        (await SequencesAsync(store, new AuditQuery(RecordId: "102", RunId: "run-1"))).ShouldBe([1]);
        (await SequencesAsync(store, new AuditQuery(TraceId: "t9"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 100, 100, 1)]
    [InlineData(0, 2500, 2500, 1)]
    [InlineData(2400, 1000, 100, 2401)]
    [InlineData(2500, 10, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    public async Task Reading_begins_behind_a_sequence_and_ends_at_the_limit(long after, int limit, int rows, long first)
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync([.. Enumerable.Range(0, 2500).Select(number => Sample.Opened($"t{number}"))], Token);

        var read = await SequencesAsync(store, new AuditQuery(After: after, Limit: limit));

        read.Count.ShouldBe(rows);
        read.FirstOrDefault().ShouldBe(first);
        read.ShouldBeInOrder();
    }

    [Fact]
    public async Task What_was_opened_and_never_closed_is_told_oldest_first()
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync([Sample.Opened("tz"), Sample.Opened("tb"), Sample.Opened("ta"), Sample.Closed("tb")], Token);
        await store.AppendAsync([Sample.Opened("tc")], Token);

        var reopened = await ReopenAsync(clock);

        (await reopened.FindUnclosedAsync(10, Token)).ShouldBe(["tz", "ta", "tc"]);
        (await reopened.FindUnclosedAsync(2, Token)).ShouldBe(["tz", "ta"]);
        await reopened.AppendAsync([Sample.Closed("tz"), Sample.Closed("ta"), Sample.Closed("tc")], Token);
        (await reopened.FindUnclosedAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_are_found_by_who_what_where_when_and_whether_they_were_denied()
    {
        var store = await OpenAsync(clock);
        var other = Sample.Caller() with { Subject = new Subject(SubjectKind.User, "bob@example.com"), Actor = new Actor("cli") };
        await store.AppendAsync(
            [
                Sample.Opened("t1"),
                Sample.Closed("t1") with { At = Sample.Start.AddSeconds(1), Outcome = "Denied: The policy opens nothing." },
                Sample.Opened("t2") with { At = Sample.Start.AddSeconds(2), Caller = other, Action = "changes.submit" },
                Sample.Closed("t2") with { At = Sample.Start.AddSeconds(3), Caller = other, Action = "changes.submit", Outcome = "ok: 2 Applied, 1 Denied" },
                Sample.Opened("t3") with { At = Sample.Start.AddSeconds(4), Connection = new ConnectionName("elsewhere") },
                Sample.Closed("t3") with { At = Sample.Start.AddSeconds(5).AddMilliseconds(1), Connection = new ConnectionName("elsewhere"), Outcome = "Forbidden: The CRM refuses." },
                Sample.Opened("t4") with { At = Sample.Start.AddSeconds(6), Reason = "Was it Denied: no" },
            ],
            Token);

        (await SequencesAsync(store, new AuditQuery { Subject = "bob@example.com" })).ShouldBe([3, 4]);
        (await SequencesAsync(store, new AuditQuery { Actor = "qualify" })).ShouldBe([1, 2, 5, 6, 7]);
        (await SequencesAsync(store, new AuditQuery { Action = "changes.submit" })).ShouldBe([3, 4]);
        (await SequencesAsync(store, new AuditQuery { Connection = new ConnectionName("elsewhere") })).ShouldBe([5, 6]);
        (await SequencesAsync(store, new AuditQuery { Since = Sample.Start.AddSeconds(2), Until = Sample.Start.AddSeconds(4) })).ShouldBe([3, 4]);
        (await SequencesAsync(store, new AuditQuery { Since = Sample.Start.AddSeconds(5).AddMilliseconds(1) })).ShouldBe([6, 7]);
        (await SequencesAsync(store, new AuditQuery { DenialsOnly = true })).ShouldBe([2, 4, 6]);
        (await SequencesAsync(store, new AuditQuery { DenialsOnly = true, Subject = "bob@example.com", Until = Sample.Start.AddDays(1) })).ShouldBe([4]);
        (await SequencesAsync(store, new AuditQuery { Subject = "nobody" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_newest_come_first_where_asked_for_and_the_limit_keeps_them()
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync([.. Enumerable.Range(0, 2500).Select(number => Sample.Opened($"t{number}"))], Token);

        var newest = new AuditQuery(Limit: 2100) { NewestFirst = true };

        (await SequencesAsync(store, newest)).ShouldBe(Enumerable.Range(0, 2100).Select(number => 2500L - number));
        (await SequencesAsync(store, newest with { Limit = 2, Before = 40 })).ShouldBe([39, 38]);
        (await SequencesAsync(store, new AuditQuery(After: 5, Limit: 10) { Before = 8 })).ShouldBe([6, 7]);
    }

    [Theory]
    [InlineData(0, 10, 1, 10)]
    [InlineData(10, 2000, 11, 2010)]
    [InlineData(2490, 100, 2491, 2500)]
    public async Task A_piece_of_the_chain_is_walked_by_itself(long after, int most, long first, long last)
    {
        var store = await OpenAsync(clock);
        await store.AppendAsync([.. Enumerable.Range(0, 2500).Select(number => Sample.Opened($"t{number}"))], Token);
        var rows = await ReadAsync(store, new AuditQuery(Limit: int.MaxValue));

        var segment = await store.WalkAsync(after, most, Token);

        segment.ShouldBe(new AuditSegment(first, rows[(int)first - 1].PreviousHash, last, rows[(int)last - 1].Hash, Whole: true));
        (await store.WalkAsync(2500, 10, Token)).ShouldBe(AuditSegment.Nothing);
    }

    [Fact]
    public async Task Checkpoints_survive_a_kill_in_their_order()
    {
        var store = await OpenAsync(clock);
        var first = Checkpoint(3, last: null);
        var second = Checkpoint(7, first);

        (await store.FindLastCheckpointAsync(Token)).ShouldBeNull();
        (await store.AddCheckpointAsync(first, Token)).ShouldBeTrue();
        (await store.AddCheckpointAsync(second, Token)).ShouldBeTrue();

        var reopened = await ReopenAsync(clock);
        (await reopened.FindLastCheckpointAsync(Token)).ShouldBe(second);
        (await reopened.ReadCheckpointsAsync(0, Token).ToListAsync(Token)).ShouldBe([first, second]);
        (await reopened.ReadCheckpointsAsync(4, Token).ToListAsync(Token)).ShouldBe([second]);
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_follow_the_newest_is_not_stored()
    {
        IAuditStore[] processes = [await OpenAsync(clock), await OpenAsync(clock)];
        var first = Checkpoint(3, last: null);
        await processes[0].AddCheckpointAsync(first, Token);

        (await processes[1].AddCheckpointAsync(Checkpoint(5, last: null), Token)).ShouldBeFalse();
        (await processes[1].AddCheckpointAsync(Checkpoint(3, first), Token)).ShouldBeFalse();
        (await processes[1].AddCheckpointAsync(Checkpoint(5, first), Token)).ShouldBeTrue();
        (await processes[0].ReadCheckpointsAsync(0, Token).CountAsync(Token)).ShouldBe(2);
    }

    private static AuditCheckpoint Checkpoint(long sequence, AuditCheckpoint? last) => new(
        sequence, new string('a', 64), Sample.Start.AddMilliseconds(sequence), "0123456789abcdef", last?.Hash ?? AuditChain.Genesis, $"c2lnbmVk{sequence}==");

    private static async Task AppendAsync(IAuditStore store, int worker)
    {
        for (var number = 0; number < 25; number++)
        {
            var trace = $"t{worker}-{number}";
            await store.AppendAsync([Sample.Opened(trace), Sample.Opened(trace), Sample.Closed(trace)], Token);
        }
    }

    private static async Task<List<long>> SequencesAsync(IAuditStore store, AuditQuery query) =>
        [.. (await ReadAsync(store, query)).Select(row => row.Sequence)];

    private static async Task<List<AuditRow>> ReadAsync(IAuditStore store, AuditQuery query)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in store.ReadAsync(query, Token))
        {
            rows.Add(row);
        }

        return rows;
    }
}
