using Liaison.Storage.Sqlite;
using Liaison.Work;

namespace Liaison.Bench;

/// <summary>Claim: ≥ 50,000 items a second are claimed and completed on SQLite.</summary>
internal static class WorkItemsBench
{
    private const int Items = 200_000;
    private const int Batch = 1000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchFolder folder)
    {
        using var bare = new BareTable(folder.OpenBare(), textLength: 60);
        var inserted = await Figure.MeasureAsync("baseline: bare insert", Items, Run(() => bare.Insert(Items, Batch)));
        var updated = await Figure.MeasureAsync(
            "baseline: bare update to leased, then to done",
            Items,
            Run(() =>
            {
                bare.Update("leased", Items, Batch);
                bare.Update("done", Items, Batch);
            }));

        await using var database = await folder.OpenAsync();
        var store = new SqliteWorkStore(database);
        await store.CreateRunAsync(Subjects.Run("run-1"), CancellationToken.None);
        var added = await Figure.MeasureAsync("add items, a page of 1,000 each", Items, () => AddAsync(store));
        await store.ReleaseAsync("run-1", CancellationToken.None);
        var worked = await Figure.MeasureAsync("claim and complete 1,000 at a time, one worker", Items / 2, () => WorkAsync(store, Items / 2), target: 50_000);
        var shared = await Figure.MeasureAsync(
            "claim and complete 1,000 at a time, four workers",
            Items / 2,
            () => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => WorkAsync(store, Items / 8)))),
            target: 50_000);
        var counted = await Figure.MeasureAsync("count a run of 200,000", 50, () => CountAsync(store, 50));
        return [inserted, updated, added, worked, shared, counted];
    }

    private static async Task AddAsync(SqliteWorkStore store)
    {
        for (var first = 0; first < Items; first += Batch)
        {
            await store.AddItemsAsync(
                "run-1", [.. Enumerable.Range(first, Batch).Select(Subjects.Record)], "next", "w1", Lease, CancellationToken.None);
        }
    }

    private static async Task WorkAsync(SqliteWorkStore store, int items)
    {
        for (var done = 0; done < items;)
        {
            var claimed = await store.ClaimAsync("run-1", "w1", Batch, Lease, CancellationToken.None);
            done += await store.CompleteAsync(
                "run-1",
                [.. claimed.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done, Result: """{"score":81}"""))],
                CancellationToken.None);
        }
    }

    private static async Task CountAsync(SqliteWorkStore store, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await store.CountAsync("run-1", CancellationToken.None);
        }
    }

    private static Func<Task> Run(Action action) => () => Task.Run(action);
}
