using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Salesforce.Limits;

/// <summary>Counts API calls of the org: of a rolling day, and those that run long (contract section 9).</summary>
internal sealed class ApiUsage(SalesforceEmulatorOptions options, EmulatorClock clock, IdSource ids)
{
    private const int LargeAllowance = 100_000_000;

    private readonly Lock _gate = new();
    private readonly RollingWindow _day = new(TimeSpan.FromHours(24));
    private int _long;

    /// <summary>Gets how many calls a day allows.</summary>
    public int Max => options.Limits == LimitMode.Off ? LargeAllowance : options.DailyRequests;

    /// <summary>Gets how many calls were counted in the last 24 hours.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                return _day.Count(clock.Now);
            }
        }
    }

    /// <summary>Counts calls; false where the day has no more. What was refused is not counted.</summary>
    public bool TryCount(int calls = 1)
    {
        lock (_gate)
        {
            if (options.Limits == LimitMode.Real && _day.Count(clock.Now) + calls > options.DailyRequests)
            {
                return false;
            }

            for (var call = 0; call < calls; call++)
            {
                _day.Add(clock.Now);
            }

            return true;
        }
    }

    /// <summary>Lets a call begin that runs 20 seconds or more; false where as many run as may.</summary>
    public bool TryBeginLong()
    {
        lock (_gate)
        {
            if (options.Limits == LimitMode.Real && _long >= options.LongRunningRequests)
            {
                return false;
            }

            _long++;
            return true;
        }
    }

    public void EndLong()
    {
        lock (_gate)
        {
            _long--;
        }
    }

    /// <summary>Reports the usage as the header does: somewhat late, and now and then less than it said before.</summary>
    public string Report()
    {
        lock (_gate)
        {
            var used = _day.Count(clock.Now);
            var lag = Math.Min(used - 1, (int)(ids.Chance() * (options.LimitReportLag + 1)));
            return $"api-usage={Math.Max(0, used - Math.Max(0, lag))}/{Max}";
        }
    }
}
