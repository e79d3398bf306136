using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Storage.Tests.Sqlite;

/// <summary>The file in the hands of its owner, who drops the triggers first: whatever is done to it is found, and named.</summary>
public sealed class SqliteAuditTamperingTests : IAsyncLifetime
{
    private const int Entries = 60;

    private readonly SqliteFolder folder = new();
    private SqliteDatabase database = null!;
    private SqliteAuditStore store = null!;
    private AuditKeyFolder keys = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await folder.OpenAsync(TimeProvider.System);
        store = new SqliteAuditStore(database);
        keys = new AuditKeyFolder(Path.Combine(folder.Root, "keys"));
        for (var signed = 0; signed < 3; signed++)
        {
            await AppendAsync(signed * 20, 20);
            await SignAsync();
        }

        foreach (var trigger in new[] { "entries_stay", "entries_stand", "checkpoints_stay", "checkpoints_stand" })
        {
            await RunAsync($"DROP TRIGGER audit_{trigger}");
        }

        await RunAsync("DELETE FROM audit_records");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task Untouched_it_is_whole()
    {
        await AppendAsync(Entries, 5);

        (await VerifyAsync()).ShouldBe(new AuditVerification(Entries + 5, null) { Checkpoints = 3, NotYetSigned = 5 });
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(33, 20)]
    [InlineData(60, 40)]
    public async Task An_edit_is_named(int place, int vouchedFor)
    {
        await RunAsync($"UPDATE audit_entries SET canonical = replace(canonical, 'ok', 'no') WHERE sequence = {place}");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Edited, place, vouchedFor));
    }

    [Fact]
    public async Task An_edit_with_its_own_hash_recomputed_is_named()
    {
        await ResealAsync(33, 33);

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Edited, 33, 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_is_named_whether_the_rest_is_renumbered_or_not(bool renumbered)
    {
        await RunAsync("DELETE FROM audit_entries WHERE sequence IN (33, 34)");
        if (renumbered)
        {
            await RunAsync("UPDATE audit_entries SET sequence = -sequence WHERE sequence > 34");
            await RunAsync("UPDATE audit_entries SET sequence = -sequence - 2 WHERE sequence < 0");
        }

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Cut, 33, 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_insertion_is_named_whether_it_is_well_sealed_or_not(bool wellSealed)
    {
        await RunAsync("UPDATE audit_entries SET sequence = -sequence WHERE sequence >= 33");
        await RunAsync("UPDATE audit_entries SET sequence = -sequence + 1 WHERE sequence < 0");
        await RunAsync("INSERT INTO audit_entries (sequence, canonical, previous_hash, hash, trace_id) SELECT 33, replace(canonical, 'ok', 'no'), hash, hash, trace_id FROM audit_entries WHERE sequence = 32");
        if (wellSealed)
        {
            await ResealAsync(33, 33);
        }

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Inserted, 33, 20));
    }

    [Fact]
    public async Task Another_order_is_named()
    {
        await RunAsync("UPDATE audit_entries SET sequence = -1 WHERE sequence = 33");
        await RunAsync("UPDATE audit_entries SET sequence = 33 WHERE sequence = 35");
        await RunAsync("UPDATE audit_entries SET sequence = 35 WHERE sequence = -1");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.OutOfOrder, 33, 20));
    }

    [Fact]
    public async Task A_truncated_end_is_named_by_its_checkpoint()
    {
        await RunAsync("DELETE FROM audit_entries WHERE sequence > 52");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Truncated, 53, 40));
    }

    [Fact]
    public async Task An_end_that_was_truncated_with_its_checkpoints_is_named_by_the_head_outside_the_file()
    {
        await RunAsync("DELETE FROM audit_entries WHERE sequence > 40");
        await RunAsync("DELETE FROM audit_checkpoints WHERE sequence > 40");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Truncated, 41, 40));
    }

    [Fact]
    public async Task A_truncated_end_that_grew_over_and_was_signed_again_is_named()
    {
        await RunAsync("DELETE FROM audit_entries WHERE sequence > 40");
        await RunAsync("DELETE FROM audit_checkpoints WHERE sequence > 40");
        await AppendAsync(500, 30);
        await SignAsync();

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 60, 70));
    }

    [Fact]
    public async Task Whoever_recomputes_all_hashes_is_found_by_the_signature()
    {
        await ResealAsync(33, Entries);

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 40, 20));
        (await AuditVerification.WalkAsync(store, Token)).ShouldBe(new AuditVerification(Entries, null));
    }

    [Fact]
    public async Task Whoever_recomputes_all_hashes_and_takes_all_checkpoints_away_is_found_by_the_head()
    {
        await ResealAsync(33, Entries);
        await RunAsync("DELETE FROM audit_checkpoints");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 60, 0));
    }

    [Fact]
    public async Task Checkpoints_signed_with_another_key_are_not_trusted()
    {
        await RunAsync("DELETE FROM audit_checkpoints");
        using var trusted = keys.ReadPublicKeys();
        var other = new AuditKeyFolder(Path.Combine(folder.Root, "others"));
        await SignAsync(other);

        (await AuditVerification.VerifyAsync(store, trusted, keys.ReadHead(), Token)).Fault.ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, 60, 0));
    }

    [Fact]
    public async Task Checkpoints_that_were_taken_away_from_true_entries_are_missed()
    {
        await RunAsync("DELETE FROM audit_checkpoints WHERE sequence = 60");

        (await VerifyAsync()).Fault.ShouldBe(new AuditFault(AuditFaultKind.SignatureMissing, 60, 40));
    }

    private Task SignAsync() => SignAsync(keys);

    private async Task SignAsync(AuditKeyFolder with)
    {
        using var key = with.OpenSigningKey();
        await using var signer = new AuditSigner(store, key, with, TimeProvider.System, NullLogger<AuditSigner>.Instance);
        await signer.SignAsync(Token);
    }

    private async Task<AuditVerification> VerifyAsync()
    {
        using var trusted = keys.ReadPublicKeys();
        return await AuditVerification.VerifyAsync(store, trusted, keys.ReadHead(), Token);
    }

    private Task AppendAsync(int first, int count) => store.AppendAsync([.. Enumerable.Range(first, count).Select(Entry)], Token);

    /// <summary>Edits an entry and computes the hashes anew from there to another.</summary>
    private async Task ResealAsync(int from, int to)
    {
        await RunAsync($"UPDATE audit_entries SET canonical = replace(canonical, 'records.read', 'records.lead') WHERE sequence = {from}");
        var rows = await store.ReadAsync(new AuditQuery(After: from - 1, Limit: to - from + 1), Token).ToListAsync(Token);
        var previous = rows[0].PreviousHash;
        foreach (var row in rows)
        {
            var anew = AuditChain.Seal(row.Canonical, row.Sequence, previous);
            await RunAsync($"UPDATE audit_entries SET previous_hash = '{previous}', hash = '{anew.Hash}' WHERE sequence = {row.Sequence}");
            previous = anew.Hash;
        }
    }

    private Task<int> RunAsync(string sql) => database.WriteAsync(session => session.Statement(sql).Execute(), Token);

    private static AuditEntry Entry(int number) => new(
        $"trc-{number}", AuditPhase.Closed, DateTimeOffset.UnixEpoch.AddSeconds(number),
        new Caller(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification),
        new ConnectionName("demo"), CrmEnvironment.Sandbox, "records.read", RecordType.Contact, ["101"], ["email"], "ok");
}
