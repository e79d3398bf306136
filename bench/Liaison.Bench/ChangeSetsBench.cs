using Liaison.Storage.Sqlite;
using Liaison.Writeback;

namespace Liaison.Bench;

/// <summary>Claim: ≥ 20,000 change sets a second are added and moved on, so that a run's writes wait for no storage.</summary>
internal static class ChangeSetsBench
{
    private const int Changes = 50_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchFolder folder)
    {
        using var bare = new BareTable(folder.OpenBare(), textLength: 600);
        var baseline = await Figure.MeasureAsync(
            "baseline: bare insert and update by 100",
            Changes,
            () => Task.Run(() =>
            {
                bare.Insert(Changes, batch: 100);
                bare.Update("applying", Changes, batch: 100);
            }));

        await using var database = await folder.OpenAsync();
        var store = new SqliteChangeSetStore(database);
        var small = await Figure.MeasureAsync("add and move by 100", Changes, () => AddAndMoveAsync(store, 0, batch: 100), target: 20_000);
        var large = await Figure.MeasureAsync("add and move by 500", Changes, () => AddAndMoveAsync(store, Changes, batch: 500), target: 20_000);
        return [baseline, small, large];
    }

    private static async Task AddAndMoveAsync(SqliteChangeSetStore store, int first, int batch)
    {
        for (var number = first; number < first + Changes; number += batch)
        {
            ChangeSetRow[] rows = [.. Enumerable.Range(number, batch).Select(Subjects.Change)];
            await store.AddAsync(rows, CancellationToken.None);
            await store.MoveAsync(
                [.. rows.Select(row => new ChangeMove(row.Id, ChangeState.Validated, ChangeState.Applying, "engine", Note: null))],
                CancellationToken.None);
        }
    }
}
