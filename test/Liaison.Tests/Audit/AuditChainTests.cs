using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Tests.Gateway;

namespace Liaison.Tests.Audit;

public sealed class AuditChainTests
{
    [Fact]
    public void A_row_reads_back_as_the_entry_that_was_sealed()
    {
        var row = AuditChain.Seal(Entry("trc-1", "ok"), 1, AuditChain.Genesis);

        var entry = AuditChain.Open(row);

        entry.TraceId.ShouldBe("trc-1");
        entry.Caller.ShouldBe(EngineWorld.Pipeline);
        entry.Records.ShouldBe(["101"]);
        AuditChain.Follows(row, 1, AuditChain.Genesis).ShouldBeTrue();
    }

    [Fact]
    public void An_edited_row_no_longer_follows()
    {
        var row = AuditChain.Seal(Entry("trc-1", "ok"), 1, AuditChain.Genesis);

        AuditChain.Follows(row with { Canonical = row.Canonical.Replace("101", "102", StringComparison.Ordinal) }, 1, AuditChain.Genesis).ShouldBeFalse();
        AuditChain.Follows(row with { Sequence = 2 }, 2, AuditChain.Genesis).ShouldBeFalse();
        AuditChain.Follows(row with { Hash = AuditChain.Genesis }, 1, AuditChain.Genesis).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    public async Task A_walk_names_the_first_row_that_was_tampered_with(int index, long broken)
    {
        var rows = Chain(6);
        rows[index] = rows[index] with { Canonical = rows[index].Canonical.Replace("ok", "no", StringComparison.Ordinal) };

        var found = await AuditVerification.WalkAsync(new Rows(rows), TestContext.Current.CancellationToken);

        found.FirstBroken.ShouldBe(broken);
    }

    [Fact]
    public async Task A_row_that_was_cut_out_or_moved_breaks_the_chain()
    {
        var cut = Chain(6);
        cut.RemoveAt(2);
        var moved = Chain(6);
        (moved[2], moved[3]) = (moved[3], moved[2]);

        (await AuditVerification.WalkAsync(new Rows(cut), TestContext.Current.CancellationToken)).FirstBroken.ShouldBe(4);
        (await AuditVerification.WalkAsync(new Rows(moved), TestContext.Current.CancellationToken)).FirstBroken.ShouldBe(4);
        (await AuditVerification.WalkAsync(new Rows(Chain(6)), TestContext.Current.CancellationToken)).ShouldBe(new AuditVerification(6, null));
    }

    private static List<AuditRow> Chain(int length)
    {
        var rows = new List<AuditRow>();
        for (var number = 1; number <= length; number++)
        {
            rows.Add(AuditChain.Seal(Entry($"trc-{number}", "ok"), number, rows.Count == 0 ? AuditChain.Genesis : rows[^1].Hash));
        }

        return rows;
    }

    private static AuditEntry Entry(string trace, string outcome) => new(
        trace, AuditPhase.Closed, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), EngineWorld.Pipeline, EngineWorld.Demo,
        CrmEnvironment.Sandbox, "records.read", RecordType.Contact, ["101"], ["email"], outcome);

    private sealed class Rows(IReadOnlyList<AuditRow> rows) : IAuditStore
    {
        public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<AuditRow> ReadAsync(AuditQuery query, CancellationToken cancellationToken) => rows.ToAsyncEnumerable();

        public Task<IReadOnlyList<string>> FindUnclosedAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
