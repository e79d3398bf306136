using Liaison.Failures;

namespace Liaison.Pipelines;

/// <summary>What a worker met on a run, and when.</summary>
internal sealed record MetFailure(Failure Failure, DateTimeOffset At);

/// <summary>Tells what stops a run from what concerns a record alone.</summary>
/// <remarks>
/// Some CRMs refuse record by record (Salesforce: sharing, a record that is locked for approval): one such record must not hold up all
/// others, at no attempt. Where a scope is named, or nothing but refusals comes any more, it is not the record. Safe for concurrent use.
/// </remarks>
internal sealed class RunStop(TimeProvider time)
{
    /// <summary>How many records in a row are refused before the run stops: as many as one call of the smallest batches carries.</summary>
    public const int MostRefusedInARow = 100;

    private MetFailure? met;
    private MetFailure? refused;
    private int row;

    /// <summary>Gets what stops the run; <see langword="null"/> while it goes on. The first is the one that is told: what follows is met because of it.</summary>
    public MetFailure? Met => met;

    /// <summary>Gets the first refusal of a record that waits alone.</summary>
    public MetFailure? Refused => refused;

    /// <summary>Stops the run.</summary>
    public void Note(Failure failure) => Interlocked.CompareExchange(ref met, new MetFailure(failure, time.GetUtcNow()), null);

    /// <summary>Takes in the ends of a chunk.</summary>
    /// <returns>The refusal of a record that waits alone, the first time that there is one and the run goes on.</returns>
    public Failure? Note(IReadOnlyList<EndedItem> ended)
    {
        if (ended.FirstOrDefault(item => item.Failure is { } failure && !IsOfOne(failure) && ItemEnd.StopsRun(failure.Kind)) is { Failure: { } stopping })
        {
            Note(stopping);
        }

        var alone = ended.Where(item => item.Failure is { } failure && IsOfOne(failure)).ToList();
        if (alone.Count < ended.Count)
        {
            Volatile.Write(ref row, 0);
        }
        else if (Interlocked.Add(ref row, alone.Count) >= MostRefusedInARow)
        {
            Note(alone[0].Failure!);
        }

        return alone is [{ Failure: { } first }, ..] && Interlocked.CompareExchange(ref refused, new MetFailure(first, time.GetUtcNow()), null) is null && met is null
            ? first
            : null;
    }

    private static bool IsOfOne(Failure failure) => failure is { Kind: FailureKind.Forbidden, MissingScopes.Count: 0 };
}
