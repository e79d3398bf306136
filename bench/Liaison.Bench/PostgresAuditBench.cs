using Liaison.Audit;
using Liaison.Storage.Postgres;

namespace Liaison.Bench;

/// <summary>Claim: ≥ 20,000 audit entries a second are appended to one chain on PostgreSQL, by one node or by several.</summary>
internal static class PostgresAuditBench
{
    private const int Entries = 102_400;
    private const int Batch = 100;
    private const int Callers = 256;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var server = await BenchServer.StartAsync();
        await using var bare = await BarePostgresTable.CreateAsync(server.ConnectionString("postgres"), textLength: 500);
        var batched = await Figure.MeasureAsync("baseline: bare insert, synced by 100", Entries, () => bare.InsertAsync(Entries, Batch));

        await using var database = await PostgresDatabase.OpenAsync(server.ConnectionString("postgres"), TimeProvider.System);
        await using var other = await PostgresDatabase.OpenAsync(server.ConnectionString("postgres"), TimeProvider.System);
        using var store = new PostgresAuditStore(database);
        using var second = new PostgresAuditStore(other);
        var alone = await Figure.MeasureAsync("append one by one, one caller", 2000, () => AppendAsync(store, 0, 2000, batch: 1));
        var appended = await Figure.MeasureAsync("append by 100, one caller", Entries, () => AppendAsync(store, 0, Entries, Batch), target: 20_000);
        var large = await Figure.MeasureAsync("append by 1,000, one caller", Entries, () => AppendAsync(store, Entries, Entries, Batch * 10), target: 20_000);
        var concurrent = await Figure.MeasureAsync("append one by one, 256 callers of one node", Entries, () => CallAsync([store], 2 * Entries), target: 20_000);
        var shared = await Figure.MeasureAsync("append one by one, 256 callers of two nodes", Entries, () => CallAsync([store, second], 3 * Entries), target: 20_000);

        var count = (int)(await AuditVerification.WalkAsync(store, CancellationToken.None)).Entries;
        var verified = await Figure.MeasureAsync("verify", count, () => AuditVerification.WalkAsync(store, CancellationToken.None));
        return [batched, alone, appended, large, concurrent, shared, verified];
    }

    private static async Task AppendAsync(PostgresAuditStore store, int first, int count, int batch)
    {
        for (var number = first; number < first + count; number += batch)
        {
            await store.AppendAsync([.. Enumerable.Range(number, batch).Select(Subjects.Entry)], CancellationToken.None);
        }
    }

    // Each caller opens and closes one request after the other; traces are numbered as they begin, as the engine's ids are.
    private static Task CallAsync(IReadOnlyList<PostgresAuditStore> nodes, int first)
    {
        var last = first;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var request = 0; request < Entries / Callers / 2; request++)
            {
                await AppendAsync(nodes[caller % nodes.Count], Interlocked.Add(ref last, 2), 2, batch: 1);
            }
        })));
    }
}
