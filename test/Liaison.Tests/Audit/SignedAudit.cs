using System.Text;
using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Audit;

/// <summary>An audit with its keys in a folder of their own, signed every so many entries.</summary>
internal sealed class SignedAudit : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("liaison-audit-").FullName;
    private int traces;

    public SignedAudit()
    {
        Folder = new AuditKeyFolder(Root);
        Key = Folder.OpenSigningKey();
        Signer = SignerOf(Store, Key);
    }

    /// <summary>Gets the folder of the keys.</summary>
    public string Root => Path.Combine(root, "keys");

    public ManualTime Time { get; } = new();

    public InMemoryAuditStore Store { get; } = new();

    public AuditKeyFolder Folder { get; }

    public AuditSigningKey Key { get; private set; }

    public AuditSigner Signer { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public AuditSigner SignerOf(IAuditStore store, AuditSigningKey key, int interval = int.MaxValue) =>
        new(store, key, Folder, Time, NullLogger<AuditSigner>.Instance, interval);

    public AuditEntry Entry(string outcome = "ok") => new(
        $"trc-{++traces}", AuditPhase.Closed, Time.GetUtcNow(), EngineWorld.Pipeline, EngineWorld.Demo,
        CrmEnvironment.Sandbox, "records.read", RecordType.Contact, ["101"], ["email"], outcome);

    public async Task AppendAsync(int entries, int signedEvery = int.MaxValue)
    {
        for (var number = 1; number <= entries; number++)
        {
            await Store.AppendAsync([Entry()], Token);
            if (number % signedEvery == 0)
            {
                await Signer.SignAsync(Token);
            }
        }
    }

    /// <summary>Takes another signing key into use, as an operator does who replaces the file.</summary>
    public async Task RotateAsync()
    {
        await Signer.DisposeAsync();
        Key.Dispose();
        File.Delete(Path.Combine(Root, "audit-signing.pem"));
        Key = Folder.OpenSigningKey();
        Signer = SignerOf(Store, Key);
    }

    public async Task<AuditVerification> VerifyAsync(IAuditStore? store = null)
    {
        using var keys = Folder.ReadPublicKeys();
        return await AuditVerification.VerifyAsync(store ?? Store, keys, Folder.ReadHead(), Token);
    }

    public async Task<List<string>> ExportAsync(long from = 1, long? until = null)
    {
        using var stream = new MemoryStream();
        await new AuditExport(Store, Signer, Key, Folder, Time).WriteAsync(stream, "house", from, until, Token);
        return [.. Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n')];
    }

    /// <summary>Verifies lines as a file that an auditor was given.</summary>
    /// <param name="trusted">The keys that the auditor kept; <see langword="null"/> for an auditor who kept none.</param>
    public static async Task<AuditExportVerification> VerifyAsync(IEnumerable<string> lines, string? trusted = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        using var keys = trusted is null ? null : AuditPublicKeys.FromPem(trusted);
        return (await AuditExportVerification.VerifyAsync(stream, keys, Token)).Found();
    }

    public static async Task<AuditFault?> FaultAsync(IEnumerable<string> lines, string? trusted = null) =>
        (await VerifyAsync(lines, trusted)).Found.Fault;

    public async ValueTask DisposeAsync()
    {
        await Signer.DisposeAsync();
        Key.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
