using System.Security.Cryptography;
using Liaison.Audit;

namespace Liaison.Tests.Audit;

public sealed class AuditSignerTests : IAsyncDisposable
{
    private readonly SignedAudit audit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => audit.DisposeAsync();

    [Fact]
    public async Task Nothing_is_signed_where_nothing_was_written()
    {
        (await audit.Signer.SignAsync(Token)).ShouldBeNull();

        audit.Folder.ReadHead().ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_covers_all_that_was_written_and_is_noted_outside_the_store()
    {
        await audit.AppendAsync(3);

        var checkpoint = await audit.Signer.SignAsync(Token);

        checkpoint.ShouldNotBeNull().Sequence.ShouldBe(3);
        checkpoint.KeyId.ShouldBe(audit.Key.Id);
        audit.Folder.ReadHead().ShouldBe(checkpoint);
        (await audit.Signer.SignAsync(Token)).ShouldBe(checkpoint);
        (await audit.VerifyAsync()).ShouldBe(new AuditVerification(3, null) { Checkpoints = 1 });
    }

    [Fact]
    public async Task Entries_behind_the_last_checkpoint_are_not_yet_signed_and_not_broken()
    {
        await audit.AppendAsync(25, signedEvery: 10);

        (await audit.VerifyAsync()).ShouldBe(new AuditVerification(25, null) { Checkpoints = 2, NotYetSigned = 5 });
    }

    [Fact]
    public async Task So_many_entries_call_for_a_checkpoint_and_the_end_of_the_process_for_another()
    {
        var signer = audit.SignerOf(audit.Store, audit.Key, interval: 10);
        for (var number = 0; number < 24; number++)
        {
            await audit.AppendAsync(1);
            signer.Count(1);
        }

        await SignedAsync();
        await audit.AppendAsync(1);
        signer.Count(1);
        await signer.DisposeAsync();

        (await audit.Store.FindLastCheckpointAsync(Token)).ShouldNotBeNull().Sequence.ShouldBe(25);
        (await audit.Store.ReadCheckpointsAsync(0, Token).CountAsync(Token)).ShouldBeGreaterThanOrEqualTo(2);
        (await audit.VerifyAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_wrote_nothing_signs_nothing_at_its_end()
    {
        await audit.AppendAsync(3);

        await audit.SignerOf(audit.Store, audit.Key).DisposeAsync();

        (await audit.Store.FindLastCheckpointAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_an_old_key_signed_stays_verifiable()
    {
        await audit.AppendAsync(5, signedEvery: 5);
        var old = audit.Key.Id;
        await audit.RotateAsync();
        await audit.AppendAsync(5, signedEvery: 5);

        audit.Key.Id.ShouldNotBe(old);
        (await audit.VerifyAsync()).ShouldBe(new AuditVerification(10, null) { Checkpoints = 2 });
        (await SignedAudit.FaultAsync(await audit.ExportAsync(), audit.Key.PublicPem)).ShouldBe(new AuditFault(AuditFaultKind.UnknownKey, 5, 0));
    }

    [Fact]
    public async Task Signers_side_by_side_make_one_chain_of_checkpoints()
    {
        var other = audit.SignerOf(audit.Store, audit.Key);
        for (var round = 0; round < 20; round++)
        {
            await audit.AppendAsync(1);
            await Task.WhenAll(Task.Run(() => audit.Signer.SignAsync(Token), Token), Task.Run(() => other.SignAsync(Token), Token));
        }

        await other.DisposeAsync();
        (await audit.VerifyAsync()).ShouldBe(new AuditVerification(20, null) { Checkpoints = 20 });
    }

    [Fact]
    public async Task The_head_is_not_written_over_when_the_store_lost_what_it_vouches_for()
    {
        await audit.AppendAsync(10, signedEvery: 10);
        var head = audit.Folder.ReadHead();
        await using var fresh = new SignedAudit();
        fresh.Time.Advance(TimeSpan.FromSeconds(1));
        await fresh.AppendAsync(20);

        await using var signer = audit.SignerOf(fresh.Store, audit.Key);
        await signer.SignAsync(Token);

        audit.Folder.ReadHead().ShouldBe(head);
        (await audit.VerifyAsync(fresh.Store)).Fault.ShouldBe(new AuditFault(AuditFaultKind.Rewritten, 10, 20));
    }

    [Fact]
    public void The_key_is_made_once_and_for_its_owner_only()
    {
        using var again = audit.Folder.OpenSigningKey();

        again.Id.ShouldBe(audit.Key.Id);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(audit.Root, "audit-signing.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_key_that_cannot_sign_is_refused_without_repeating_it()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        foreach (var pem in new[] { "secret-text", audit.Key.PublicPem, other.ExportPkcs8PrivateKeyPem() })
        {
            Should.Throw<CryptographicException>(() => AuditSigningKey.FromPem(pem)).Message.ShouldBe("The audit's signing key is no private ECDSA key on P-256 in PEM.");
        }
    }

    [Fact]
    public void A_head_that_cannot_be_read_is_told()
    {
        File.WriteAllText(Path.Combine(audit.Root, "audit-head.json"), "{");

        Should.Throw<IOException>(audit.Folder.ReadHead).Message.ShouldContain("audit-head.json");
    }

    // The signer works on a thread of its own; a hang is ended by the test run.
    private async Task SignedAsync()
    {
        while (await audit.Store.FindLastCheckpointAsync(Token) is null)
        {
            await Task.Yield();
        }
    }
}
