using System.Globalization;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Counts an allowance of a day, durably and in leased blocks.</summary>
/// <remarks>
/// Runs stop at 95 % of the share, people at all of it: a run that ate the day would lock everybody out. Each lane has a block
/// of its own, so that a run cannot live on what was leased for people. What is spent of an allowance that resets at the account's
/// midnight only grows until then. How much a day holds is the CRM's to say, in either direction: what a profile says is what accounts of
/// a tier begin with. Of one that rolls, the CRM's own latest word counts, and one that it calls spent is tried again
/// after growing pauses.
/// </remarks>
internal sealed class DailyAllowance(
    ConnectionName connection, Limit limit, double share, int block, IBudgetStore budgets, TimeProvider time) : IDisposable
{
    private const double BatchShare = 0.95;

    private readonly SemaphoreSlim gate = new(1);
    private readonly long[] leased = new long[2];
    private readonly long[] returned = new long[2];
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private TimeZoneInfo zone = TimeZoneInfo.Utc;
    private bool zoneIsKnown;
    private DateTimeOffset window = DateTimeOffset.MinValue;
    private long published = limit.Permits;
    private readonly RollingReport rolling = new();
    private long reported;
    private bool stopped;

    public LimitKind Kind => limit.Kind;

    public void Dispose() => gate.Dispose();

    /// <summary>Tells the account's time zone, once the CRM has named it.</summary>
    public void UseZone(TimeZoneInfo account) => (zone, zoneIsKnown) = (account, true);

    /// <summary>Takes one permit.</summary>
    public async ValueTask<Result<Done>> TakeAsync(Lane lane, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            Turn();
            if (IsStopped || Reported >= CeilingOf(lane))
            {
                return Spent();
            }

            if (leased[(int)lane] == 0)
            {
                await LeaseAsync(lane, cancellationToken);
            }

            if (leased[(int)lane] == 0)
            {
                return Spent();
            }

            leased[(int)lane]--;
            return Done.Value;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Gives back a permit whose call was not made.</summary>
    public void GiveBack(Lane lane) => Interlocked.Increment(ref returned[(int)lane]);

    /// <summary>Tells what is left of the day, for people and for runs.</summary>
    public async Task<BudgetState> ReadAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            Turn();
            var spent = new SpentWindow(window, await budgets.SpentAsync(connection, Kind, window, cancellationToken));
            if (!zoneIsKnown && await budgets.FindFullestAsync(connection, Kind, time.GetUtcNow() - Day, cancellationToken) is { } fullest)
            {
                // Who has not asked the CRM yet does not know at whose midnight the day begins; those that spent of it did.
                spent = fullest;
            }

            var gone = Math.Max(Reported, spent.Spent - leased.Sum());
            var (all, runs) = (CeilingOf(Lane.Interactive), CeilingOf(Lane.Batch));
            return new BudgetState(Kind, limit.Window, all, Left(all), Left(runs), ResetOf(spent))
            {
                SpentSince = spent.Start,
            };

            // To the instant, so that it is the same at every look.
            DateTimeOffset ResetOf(SpentWindow day) => day.Start != window ? day.Start + Day
                : limit.Rolls ? time.GetUtcNow() + UntilReset()
                : StartOfDay(time.GetUtcNow(), 1);

            long Left(long ceiling) => IsStopped ? 0 : Math.Max(0, ceiling - gone);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Takes in what the CRM's headers say was spent, by others too.</summary>
    public async Task CorrectAsync(LimitReading reading, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            Turn();
            if (reading.Permits is > 0 and var permits)
            {
                published = permits;
            }

            if (reading.Remaining is { } remaining)
            {
                var spent = published - remaining;
                reported = Math.Max(reported, spent);
                rolling.Note(spent, isLeft: remaining > 0, time.GetUtcNow());
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stops everybody until the reset, or for a pause where the allowance rolls: the CRM itself says that the day is spent.</summary>
    public async Task<TimeSpan> StopAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            Turn();
            if (limit.Rolls)
            {
                return rolling.Pause(time.GetUtcNow());
            }

            stopped = true;
            await budgets.CorrectAsync(connection, Kind, window, Math.Max(published, limit.Permits), cancellationToken);
            return UntilReset();
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task LeaseAsync(Lane lane, CancellationToken cancellationToken)
    {
        var ceiling = CeilingOf(lane);
        // What a rolling window gives back cannot be taken back from a count that only grows.
        if (reported > 0 && !limit.Rolls)
        {
            await budgets.CorrectAsync(connection, Kind, window, reported, cancellationToken);
        }

        // A hundredth of a small allowance at most, so that what lies leased and unspent does not weigh.
        var wanted = Math.Clamp(ceiling / 100, 1, block);
        leased[(int)lane] = await budgets.TakeAsync(connection, Kind, window, wanted, ceiling, cancellationToken);
    }

    private void Turn()
    {
        leased[(int)Lane.Interactive] += Interlocked.Exchange(ref returned[(int)Lane.Interactive], 0);
        leased[(int)Lane.Batch] += Interlocked.Exchange(ref returned[(int)Lane.Batch], 0);

        var today = StartOfDay(time.GetUtcNow(), 0);
        if (today == window)
        {
            return;
        }

        window = today;
        leased[(int)Lane.Interactive] = leased[(int)Lane.Batch] = 0;
        reported = 0;
        stopped = false;
    }

    private long Reported => limit.Rolls ? rolling.Spent(time.GetUtcNow()) : reported;

    private bool IsStopped => limit.Rolls ? rolling.IsPaused(time.GetUtcNow()) : stopped;

    private long CeilingOf(Lane lane)
    {
        var ceiling = LimitShare.Of(published, share);
        return lane == Lane.Interactive ? ceiling : LimitShare.Of(ceiling, BatchShare);
    }

    private TimeSpan UntilReset() =>
        limit.Rolls && rolling.LooksAgainAt(time.GetUtcNow()) is { } soon ? soon - time.GetUtcNow() : StartOfDay(time.GetUtcNow(), 1) - time.GetUtcNow();

    private DateTimeOffset StartOfDay(DateTimeOffset instant, int daysLater)
    {
        var midnight = TimeZoneInfo.ConvertTime(instant, zone).Date.AddDays(daysLater);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private Failure Spent()
    {
        var reset = (time.GetUtcNow() + UntilReset()).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new Failure(
            FailureKind.QuotaExhausted,
            $"The daily allowance of connection {connection} that may be spent is spent; it {(limit.Rolls ? "is looked at again" : "begins anew")} at {reset}.",
            UntilReset());
    }
}
