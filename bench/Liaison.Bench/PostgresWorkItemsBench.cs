using Liaison.Storage.Postgres;
using Liaison.Work;

namespace Liaison.Bench;

/// <summary>Claim: ≥ 10,000 items a second are claimed and completed on PostgreSQL.</summary>
internal static class PostgresWorkItemsBench
{
    private const int Items = 200_000;
    private const int Batch = 1000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var server = await BenchServer.StartAsync();
        await using var bare = await BarePostgresTable.CreateAsync(server.ConnectionString("postgres"), textLength: 60);
        var inserted = await Figure.MeasureAsync("baseline: bare insert, 1,000 at a time", Items, () => bare.InsertAsync(Items, Batch));
        var updated = await Figure.MeasureAsync(
            "baseline: bare update to leased, then to done",
            Items,
            async () =>
            {
                await bare.UpdateAsync("leased", Items, Batch);
                await bare.UpdateAsync("done", Items, Batch);
            });

        await using var database = await PostgresDatabase.OpenAsync(server.ConnectionString("postgres"), TimeProvider.System);
        var store = new PostgresWorkStore(database);
        await store.CreateRunAsync(Subjects.Run("run-1"), CancellationToken.None);
        var added = await Figure.MeasureAsync("add items, a page of 1,000 each", Items, () => AddAsync(store));
        await store.ReleaseAsync("run-1", CancellationToken.None);
        var worked = await Figure.MeasureAsync("claim and complete 1,000 at a time, one worker", Items / 4, () => WorkAsync(store, Items / 4, Batch), target: 10_000);
        var small = await Figure.MeasureAsync("claim and complete 100 at a time, one worker", Items / 4, () => WorkAsync(store, Items / 4, Batch / 10), target: 10_000);
        await using var other = await PostgresDatabase.OpenAsync(server.ConnectionString("postgres"), TimeProvider.System);
        PostgresWorkStore[] nodes = [store, new PostgresWorkStore(other)];
        var shared = await Figure.MeasureAsync(
            "claim and complete 1,000 at a time, two nodes of two workers",
            Items / 2,
            () => Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => WorkAsync(nodes[worker % 2], Items / 8, Batch)))),
            target: 10_000);
        var counted = await Figure.MeasureAsync("count a run of 200,000", 20, () => CountAsync(store, 20));
        return [inserted, updated, added, worked, small, shared, counted];
    }

    private static async Task AddAsync(PostgresWorkStore store)
    {
        for (var first = 0; first < Items; first += Batch)
        {
            await store.AddItemsAsync(
                "run-1", [.. Enumerable.Range(first, Batch).Select(Subjects.Record)], "next", "w1", Lease, CancellationToken.None);
        }
    }

    private static async Task WorkAsync(PostgresWorkStore store, int items, int batch)
    {
        for (var done = 0; done < items;)
        {
            var claimed = await store.ClaimAsync("run-1", "w1", batch, Lease, CancellationToken.None);
            done += await store.CompleteAsync(
                "run-1",
                [.. claimed.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done, Result: """{"score":81}"""))],
                CancellationToken.None);
        }
    }

    private static async Task CountAsync(PostgresWorkStore store, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await store.CountAsync("run-1", CancellationToken.None);
        }
    }
}
