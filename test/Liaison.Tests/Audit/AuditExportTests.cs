using Liaison.Audit;
using Liaison.Failures;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Audit;

public sealed class AuditExportTests : IAsyncLifetime
{
    private readonly SignedAudit audit = new();

    public async ValueTask InitializeAsync() => await audit.AppendAsync(50, signedEvery: 20);

    public ValueTask DisposeAsync() => audit.DisposeAsync();

    [Theory]
    [InlineData(1, 50, 3)]
    [InlineData(15, 45, 2)]
    [InlineData(21, 39, 0)]
    [InlineData(50, 50, 1)]
    public async Task A_part_proves_itself_from_the_hash_before_its_first_entry(long from, long until, int checkpoints)
    {
        var verified = await SignedAudit.VerifyAsync(await audit.ExportAsync(from, until), audit.Key.PublicPem);

        verified.Found.ShouldBe(new AuditVerification(until - from + 1, null) { Checkpoints = checkpoints });
        verified.First.ShouldBe(from);
    }

    [Fact]
    public async Task A_part_that_lost_its_first_entry_is_found()
    {
        var lines = await audit.ExportAsync(15, 45);
        lines.RemoveAt(1);

        (await SignedAudit.FaultAsync(lines)).ShouldBe(new AuditFault(AuditFaultKind.Cut, 15, 0));
    }

    [Fact]
    public async Task An_export_signs_what_was_not_signed_yet()
    {
        await audit.ExportAsync();

        (await audit.VerifyAsync()).ShouldBe(new AuditVerification(50, null) { Checkpoints = 3 });
    }

    [Fact]
    public async Task An_empty_audit_has_an_export_too()
    {
        await using var empty = new SignedAudit();

        (await SignedAudit.VerifyAsync(await empty.ExportAsync())).Found.ShouldBe(new AuditVerification(0, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\n")]
    [InlineData("{\"liaisonAudit\":1}\n")]
    [InlineData("{\"liaisonAudit\":9,\"installation\":\"\",\"exportedAt\":\"2026-03-02T09:00:00Z\",\"from\":1,\"previousHash\":\"\",\"publicKeys\":\"\"}\n")]
    public async Task What_is_no_export_is_refused_in_one_sentence(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

        var refused = (await AuditExportVerification.VerifyAsync(stream, null, TestContext.Current.CancellationToken)).Refused();

        refused.Kind.ShouldBe(FailureKind.Invalid);
        refused.Message.ShouldContain("export");
    }
}
