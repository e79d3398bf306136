using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>The durable count of what was spent of an allowance that outlives a process, such as a day's.</summary>
public interface IBudgetStore
{
    /// <summary>Takes a block of permits out of a window's allowance.</summary>
    /// <param name="window">The window's first instant; a later one begins anew.</param>
    /// <param name="wanted">How many permits are wanted.</param>
    /// <param name="ceiling">How many the window may give in all.</param>
    /// <returns>How many were given: fewer than wanted near the ceiling, none at it.</returns>
    Task<long> TakeAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken);

    /// <summary>Raises the spent count to what the CRM says was spent, by others too; never lowers it.</summary>
    Task CorrectAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent, CancellationToken cancellationToken);

    /// <summary>Finds, of the windows that began after a time, the one of which most was spent; <see langword="null"/> where there is none.</summary>
    /// <remarks>A process that does not know at whose midnight a day begins finds the day that the others spend of, beside what its like spent of their own.</remarks>
    Task<SpentWindow?> FindFullestAsync(ConnectionName connection, LimitKind kind, DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>Tells how many permits of the window were spent.</summary>
    Task<long> SpentAsync(ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken);
}

/// <summary>What was spent of a window.</summary>
/// <param name="Start">The window's first instant.</param>
public sealed record SpentWindow(DateTimeOffset Start, long Spent);
