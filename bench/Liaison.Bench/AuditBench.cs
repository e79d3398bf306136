using Liaison.Audit;
using Liaison.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Bench;

/// <summary>Claim: ≥ 20,000 audit entries a second are appended, ≥ 500,000 verified.</summary>
internal static class AuditBench
{
    private const int Entries = 102_400;
    private const int Batch = 100;
    private const int Callers = 256;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchFolder folder)
    {
        using var bare = new BareTable(folder.OpenBare(), textLength: 500);
        var single = await Figure.MeasureAsync("baseline: bare insert, synced one by one", 2000, () => Task.Run(() => bare.Insert(2000, batch: 1)));
        using var second = new BenchFolder();
        using var other = new BareTable(second.OpenBare(), textLength: 500);
        var batched = await Figure.MeasureAsync("baseline: bare insert, synced by 100", Entries, () => Task.Run(() => other.Insert(Entries, batch: Batch)));

        await using var database = await folder.OpenAsync();
        var store = new SqliteAuditStore(database);
        var alone = await Figure.MeasureAsync("append one by one, one caller", 2000, () => AppendAsync(store, 0, 2000, batch: 1));
        var appended = await Figure.MeasureAsync("append by 100, one caller", Entries, () => AppendAsync(store, 0, Entries, batch: Batch), target: 20_000);
        var keys = new AuditKeyFolder(Path.Combine(Path.GetDirectoryName(database.Path)!, "keys"));
        using var key = keys.OpenSigningKey();
        await using var signer = new AuditSigner(store, key, keys, TimeProvider.System, NullLogger<AuditSigner>.Instance);
        var signed = await Figure.MeasureAsync(
            "append by 100, one caller, a checkpoint every 1,000", Entries, () => AppendAsync(store, 3 * Entries, Entries, batch: Batch, signer), target: 20_000);
        var concurrent = await Figure.MeasureAsync(
            "append one by one, 256 callers at once",
            Entries,
            () => CallAsync(store),
            target: 20_000);

        var count = (int)(await AuditVerification.WalkAsync(store, CancellationToken.None)).Entries;
        var read = await Figure.MeasureAsync("read without verifying", count, () => ReadAsync(store));
        using var trusted = keys.ReadPublicKeys();
        var verified = await Figure.MeasureAsync(
            "verify, checkpoints included",
            count,
            () => AuditVerification.VerifyAsync(store, trusted, keys.ReadHead(), CancellationToken.None),
            target: 500_000);
        return [single, batched, alone, appended, signed, concurrent, read, verified];
    }

    private static async Task AppendAsync(SqliteAuditStore store, int first, int count, int batch, AuditSigner? signer = null)
    {
        for (var number = first; number < first + count; number += batch)
        {
            await store.AppendAsync([.. Enumerable.Range(number, batch).Select(Subjects.Entry)], CancellationToken.None);
            signer?.Count(batch);
        }
    }

    // Each caller opens and closes one request after the other; traces are numbered as they begin, as the engine's ids are.
    private static Task CallAsync(SqliteAuditStore store)
    {
        var last = Entries;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var request = 0; request < Entries / Callers / 2; request++)
            {
                await AppendAsync(store, Interlocked.Add(ref last, 2), 2, batch: 1);
            }
        })));
    }

    private static async Task ReadAsync(SqliteAuditStore store)
    {
        await foreach (var row in store.ReadAsync(new AuditQuery(Limit: int.MaxValue), CancellationToken.None))
        {
            GC.KeepAlive(row);
        }
    }
}
