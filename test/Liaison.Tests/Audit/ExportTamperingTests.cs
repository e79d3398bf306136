using FsCheck;
using FsCheck.Fluent;
using Liaison.Audit;

namespace Liaison.Tests.Audit;

/// <summary>An export in the hands of somebody who has not the key: nothing that is done to it stays unseen.</summary>
public sealed class ExportTamperingTests : IAsyncLifetime
{
    private const int Entries = 60;
    private const int SignedEvery = 20;

    private readonly SignedAudit audit = new();
    private List<string> lines = [];

    public async ValueTask InitializeAsync()
    {
        await audit.AppendAsync(Entries, SignedEvery);
        lines = await audit.ExportAsync();
    }

    public ValueTask DisposeAsync() => audit.DisposeAsync();

    [Fact]
    public async Task An_export_proves_itself_without_the_installation()
    {
        var verified = await SignedAudit.VerifyAsync(lines, audit.Key.PublicPem);

        verified.Found.ShouldBe(new AuditVerification(Entries, null) { Checkpoints = 3 });
        verified.OwnKeys.ShouldBeFalse();
        verified.KeyIds.ShouldBe([audit.Key.Id]);
        verified.Installation.ShouldBe("house");
        lines.Count.ShouldBe(1 + Entries + 3 + 1);
    }

    [Fact]
    public async Task Each_entry_stands_in_it_in_the_bytes_that_were_hashed()
    {
        var row = await audit.Store.ReadAsync(new AuditQuery(After: 6, Limit: 1), TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);

        lines[7].ShouldEndWith($"\"entry\":{System.Text.Encoding.UTF8.GetString(row.Canonical.Span)}}}");
    }

    [Fact]
    public async Task An_edit_is_named() => (await SignedAudit.FaultAsync(Forger.Edit(lines, 33))).ShouldBe(new AuditFault(AuditFaultKind.Edited, 33, 20));

    [Fact]
    public async Task A_cut_is_named() => (await SignedAudit.FaultAsync(Forger.Cut(lines, 33))).ShouldBe(new AuditFault(AuditFaultKind.Cut, 33, 20));

    [Fact]
    public async Task An_insertion_is_named() =>
        (await SignedAudit.FaultAsync(Forger.Insert(lines, 33))).ShouldBe(new AuditFault(AuditFaultKind.Inserted, 33, 20));

    [Fact]
    public async Task A_copy_of_an_entry_is_an_insertion()
    {
        var forged = lines.ToList();
        forged.Insert(Forger.LineOf(lines, 33), lines[Forger.LineOf(lines, 32)]);

        (await SignedAudit.FaultAsync(forged)).ShouldBe(new AuditFault(AuditFaultKind.Inserted, 33, 20));
    }

    [Fact]
    public async Task Another_order_is_named() =>
        (await SignedAudit.FaultAsync(Forger.Swap(lines, 33, 35))).ShouldBe(new AuditFault(AuditFaultKind.OutOfOrder, 33, 20));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_truncated_end_is_named(int cut) =>
        (await SignedAudit.FaultAsync(lines[..^cut])).ShouldNotBeNull().ShouldSatisfyAllConditions(
            fault => fault.Kind.ShouldBe(AuditFaultKind.Truncated),
            fault => fault.Sequence.ShouldBe(cut < 3 ? Entries + 1 : Entries + 3 - cut));

    [Fact]
    public async Task A_truncated_end_under_the_true_seal_is_named() =>
        (await SignedAudit.FaultAsync([.. lines[..^5], lines[^1]])).ShouldBe(new AuditFault(AuditFaultKind.Truncated, 58, 40));

    [Fact]
    public async Task An_end_that_is_cut_in_the_midst_of_a_line_is_named() =>
        (await SignedAudit.FaultAsync([.. lines[..40], lines[40][..50]])).ShouldNotBeNull().Kind.ShouldBe(AuditFaultKind.Unreadable);

    [Fact]
    public async Task What_stands_behind_the_seal_was_inserted() =>
        (await SignedAudit.FaultAsync([.. lines, lines[^3]])).ShouldBe(new AuditFault(AuditFaultKind.Inserted, 61, 60));

    [Fact]
    public async Task Whoever_recomputes_all_hashes_is_found_by_the_signature() =>
        (await SignedAudit.FaultAsync(Forger.Rewrite(lines, 33))).ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 40, 20));

    [Fact]
    public async Task Whoever_recomputes_and_takes_the_checkpoints_away_is_found_by_the_seal()
    {
        var forged = Forger.Rewrite(lines, 33);
        forged.RemoveAll(line => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal));

        (await SignedAudit.FaultAsync(forged)).ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 60, 0));
    }

    [Fact]
    public async Task A_checkpoint_that_was_taken_away_is_missed()
    {
        var forged = lines.ToList();
        forged.RemoveAt(Forger.LineOf(lines, 40) + 1);

        (await SignedAudit.FaultAsync(forged)).ShouldBe(new AuditFault(AuditFaultKind.SignatureMissing, 60, 20));
    }

    [Fact]
    public async Task A_copy_of_a_checkpoint_is_an_insertion()
    {
        var forged = lines.ToList();
        var at = Forger.LineOf(lines, 40) + 1;
        forged.Insert(at, lines[at]);

        (await SignedAudit.FaultAsync(forged)).ShouldBe(new AuditFault(AuditFaultKind.Inserted, 40, 40));
    }

    [Fact]
    public async Task A_changed_signature_is_wrong()
    {
        var at = Forger.LineOf(lines, 40) + 1;

        (await SignedAudit.FaultAsync(Forger.With(lines, at, line => line.Replace("\"sequence\":40", "\"sequence\":39", StringComparison.Ordinal))))
            .ShouldBe(new AuditFault(AuditFaultKind.SignatureWrong, 39, 20));
    }

    [Fact]
    public async Task A_changed_header_is_found_by_the_seal() =>
        (await SignedAudit.FaultAsync(Forger.With(lines, 0, line => line.Replace("house", "horse", StringComparison.Ordinal))))
            .ShouldBe(new AuditFault(AuditFaultKind.SignatureWrong, 60, 60));

    [Fact]
    public async Task An_export_that_was_signed_anew_with_another_key_is_found_by_who_kept_the_true_one()
    {
        await using var forger = new SignedAudit();
        await forger.AppendAsync(Entries, SignedEvery);
        var forged = await forger.ExportAsync();

        (await SignedAudit.FaultAsync(forged)).ShouldBeNull("nobody can tell from the file alone");
        (await SignedAudit.FaultAsync(forged, audit.Key.PublicPem)).ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, 20, 0));
    }

    [Fact]
    public async Task Swapped_keys_in_the_header_help_nobody()
    {
        using var other = AuditSigningKey.Create();
        var forged = Forger.With(lines, 0, line => line.Replace(Json(audit.Key.PublicPem), Json(other.PublicPem), StringComparison.Ordinal));

        (await SignedAudit.FaultAsync(forged)).ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, 20, 0));
        (await SignedAudit.FaultAsync(forged, audit.Key.PublicPem)).ShouldBe(new AuditFault(AuditFaultKind.SignatureWrong, 60, 60));
    }

    [Fact]
    public void Wherever_one_thing_is_done_it_is_named_there()
    {
        var places = from place in Gen.Choose(2, Entries - 1)
                     from deed in Gen.Choose(0, 4)
                     select KeyValuePair.Create(deed, place);

        Prop.ForAll(places.ToArbitrary(), each =>
        {
            var (deed, place) = each;
            var (forged, kind) = deed switch
            {
                0 => (Forger.Edit(lines, place), AuditFaultKind.Edited),
                1 => (Forger.Cut(lines, place), AuditFaultKind.Cut),
                2 => (Forger.Insert(lines, place), AuditFaultKind.Inserted),
                3 => (Forger.Swap(lines, place, place + 1), AuditFaultKind.OutOfOrder),
                _ => ([.. lines[..Forger.LineOf(lines, place)]], AuditFaultKind.Truncated),
            };
            var fault = SignedAudit.FaultAsync(forged).GetAwaiter().GetResult();
            return fault?.Kind == kind && fault.Sequence == place;
        }).QuickCheckThrowOnFailure();
    }

    private static string Json(string pem) => pem.Replace("\n", "\\n", StringComparison.Ordinal).Replace("+", "\\u002B", StringComparison.Ordinal);
}
