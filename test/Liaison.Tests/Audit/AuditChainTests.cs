using System.Security.Cryptography;
using System.Text;
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

        AuditChain.Follows(Edited(row, "101", "102"), 1, AuditChain.Genesis).ShouldBeFalse();
        AuditChain.Follows(row with { Sequence = 2 }, 2, AuditChain.Genesis).ShouldBeFalse();
        AuditChain.Follows(row with { Hash = AuditChain.Genesis }, 1, AuditChain.Genesis).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    public async Task A_walk_names_the_first_row_that_was_tampered_with(int index, long broken)
    {
        var rows = Chain(6);
        rows[index] = Edited(rows[index], "ok", "no");

        var found = await AuditVerification.WalkAsync(new AuditRowsStore(rows), TestContext.Current.CancellationToken);

        found.FirstBroken.ShouldBe(broken);
    }

    [Fact]
    public async Task A_row_that_was_cut_out_or_moved_breaks_the_chain()
    {
        var cut = Chain(6);
        cut.RemoveAt(2);
        var moved = Chain(6);
        (moved[2], moved[3]) = (moved[3], moved[2]);

        (await AuditVerification.WalkAsync(new AuditRowsStore(cut), TestContext.Current.CancellationToken)).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 3, 0));
        (await AuditVerification.WalkAsync(new AuditRowsStore(moved), TestContext.Current.CancellationToken)).Fault.ShouldBe(new AuditFault(AuditFaultKind.OutOfOrder, 3, 0));
        (await AuditVerification.WalkAsync(new AuditRowsStore(Chain(6)), TestContext.Current.CancellationToken)).ShouldBe(new AuditVerification(6, null));
    }

    [Fact]
    public void Both_ways_to_hash_an_entry_agree()
    {
        var walk = new AuditSegmentWalk();

        foreach (var row in Chain(40))
        {
            walk.Step(row.Sequence, row.Canonical.Span, Encoding.ASCII.GetBytes(row.PreviousHash), Encoding.ASCII.GetBytes(row.Hash)).ShouldBeTrue();
        }

        walk.Segment.ShouldBe(new AuditSegment(1, AuditChain.Genesis, 40, Chain(40)[^1].Hash, Whole: true));
    }

    [Fact]
    public void An_entry_that_was_sealed_before_there_were_reasons_still_has_its_hash()
    {
        const string Written = """{"traceId":"trc-1","phase":"Closed","at":"2026-03-02T09:00:00+00:00","caller":{"subject":{"kind":"Principal","id":"qualification"},"actor":{"id":"qualify"},"purpose":{"name":"qualification"},"runId":"run-1"},"connection":{"value":"demo"},"environment":"Sandbox","action":"records.read","type":{"name":"contact"},"records":["101"],"fields":["email"],"outcome":"ok"}""";

        var row = AuditChain.Seal(Entry("trc-1", "ok"), 1, AuditChain.Genesis);

        Encoding.UTF8.GetString(row.Canonical.Span).ShouldBe(Written);
        row.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{AuditChain.Genesis}\n1\n{Written}"))));
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

    private static AuditRow Edited(AuditRow row, string from, string to) => row with
    {
        Canonical = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.Canonical.Span).Replace(from, to, StringComparison.Ordinal)),
    };
}
