using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>What may still be spent of a limit.</summary>
/// <param name="Window">The limit's window; zero for calls in flight.</param>
/// <param name="Permitted">How many calls the window allows, after the share.</param>
/// <param name="Left">How many of them are left now.</param>
/// <param name="LeftForRuns">How many of those runs may spend; the rest is kept for people.</param>
/// <param name="ResetsAt">When the count begins anew; <see langword="null"/> for a window that rolls.</param>
public sealed record BudgetState(LimitKind Kind, TimeSpan Window, long Permitted, long Left, long LeftForRuns, DateTimeOffset? ResetsAt)
{
    /// <summary>Gets since when the count runs; <see langword="null"/> for a window that rolls.</summary>
    public DateTimeOffset? SpentSince { get; init; }

    /// <summary>Tells when nothing will be left, at the pace at which the window was spent so far.</summary>
    /// <returns><see langword="null"/> where the count begins anew before that, or where nothing was spent yet.</returns>
    public DateTimeOffset? ExhaustedAt(DateTimeOffset now)
    {
        var spent = Permitted - Left;
        if (SpentSince is not { } since || ResetsAt is not { } reset || spent <= 0 || now <= since)
        {
            return null;
        }

        var at = now + ((now - since) * ((double)Left / spent));
        return at < reset ? at : null;
    }
}

/// <summary>Reads what is left of every limit of a connection.</summary>
public sealed class Budgets(Throttles throttles)
{
    /// <summary>Tells what is left: of a day's allowance over all nodes, of the other limits as far as this process knows.</summary>
    public async Task<Result<IReadOnlyList<BudgetState>>> ReadAsync(ConnectionName connection, CancellationToken cancellationToken) =>
        throttles.Of(connection).TryGet(out var throttle, out var unknown)
            ? Result<IReadOnlyList<BudgetState>>.Of(await throttle.ReadAsync(cancellationToken))
            : unknown;
}
