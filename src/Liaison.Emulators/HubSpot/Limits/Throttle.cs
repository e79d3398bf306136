using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Limits;

/// <summary>Which bucket a route draws from.</summary>
internal enum Meter
{
    /// <summary>The ten-second and daily policies.</summary>
    Ordinary,

    /// <summary>Five a second for the whole account, all apps together.</summary>
    Search,

    /// <summary>Outside the ten-second policy, with a pace of its own.</summary>
    AssociationBatch,

    /// <summary>Not counted: OAuth.</summary>
    None,
}

/// <summary>Which policy refused.</summary>
internal enum Policy
{
    /// <summary>None did.</summary>
    Passed,

    /// <summary>The app's ten seconds are spent.</summary>
    TenSecondly,

    /// <summary>The account's day is spent.</summary>
    Daily,

    /// <summary>The second of searches or association batches is spent.</summary>
    Secondly,
}

/// <summary>What the limit headers of one answer say; a <see langword="null"/> is a header left out.</summary>
internal readonly record struct Allowance(Policy Refused, int? Max, int? Remaining, int? SecondlyRemaining, int? Daily, int? DailyRemaining);

/// <summary>Counts requests against the account's limits.</summary>
internal sealed class Throttle(HubSpotEmulatorOptions options, EmulatorClock clock)
{
    private readonly Lock _gate = new();
    private readonly LimitProfile _privateApps = LimitProfile.Named(options.LimitProfile);
    private readonly Dictionary<long, (RollingWindow Ten, RollingWindow One)> _apps = [];
    private readonly RollingWindow _searches = new(TimeSpan.FromSeconds(1));
    private readonly RollingWindow _associations = new(TimeSpan.FromSeconds(1));
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    private DateOnly _day;
    private int _today;

    public TimeZoneInfo Zone => _zone;

    public LimitProfile PrivateApps => _privateApps;

    /// <summary>Gets how many requests the account's private apps made since midnight.</summary>
    public int Today
    {
        get
        {
            lock (_gate)
            {
                return StartOfDay(clock.Now);
            }
        }
    }

    /// <summary>Counts a request, or refuses it.</summary>
    public Allowance Take(ConnectedApp app, Meter meter)
    {
        if (meter == Meter.None)
        {
            return default;
        }

        lock (_gate)
        {
            var now = clock.Now;
            var off = options.Limits == LimitMode.Off;
            var profile = off ? LimitProfile.Unlimited : app.IsOAuth ? LimitProfile.OAuth : _privateApps;
            var today = StartOfDay(now);
            if (profile.Daily <= today)
            {
                return Headers(Policy.Daily, profile, meter, app, now, today);
            }

            var refused = off ? Policy.Passed : Spend(app, profile, meter, now);
            if (off)
            {
                Window(app).Ten.Add(now);
            }

            if (refused == Policy.Passed && !app.IsOAuth)
            {
                _today = ++today;
            }

            return Headers(refused, profile, meter, app, now, today);
        }
    }

    private Policy Spend(ConnectedApp app, LimitProfile profile, Meter meter, DateTimeOffset now)
    {
        if (meter == Meter.Ordinary)
        {
            var (ten, one) = Window(app);
            if (ten.Count(now) >= profile.Burst)
            {
                return Policy.TenSecondly;
            }

            ten.Add(now);
            one.Add(now);
            return Policy.Passed;
        }

        var (window, pace) = meter == Meter.Search
            ? (_searches, LimitProfile.SearchesPerSecond)
            : (_associations, LimitProfile.AssociationBatchesPerSecond);
        if (window.Count(now) >= pace)
        {
            return Policy.Secondly;
        }

        window.Add(now);
        return Policy.Passed;
    }

    /// <remarks>Searches carry no burst headers, OAuth tokens no daily ones (contract section 3).</remarks>
    private Allowance Headers(Policy refused, LimitProfile profile, Meter meter, ConnectedApp app, DateTimeOffset now, int today)
    {
        var daily = app.IsOAuth ? null : profile.Daily;
        int? left = daily - Math.Min(daily ?? 0, today);
        if (meter != Meter.Ordinary)
        {
            return new Allowance(refused, null, null, null, daily, left);
        }

        var (ten, one) = Window(app);
        return new Allowance(
            refused, profile.Burst, Math.Max(0, profile.Burst - ten.Count(now)), Math.Max(0, (profile.Burst / 10) - one.Count(now)), daily, left);
    }

    private (RollingWindow Ten, RollingWindow One) Window(ConnectedApp app)
    {
        if (!_apps.TryGetValue(app.Id, out var windows))
        {
            _apps[app.Id] = windows = (new RollingWindow(TimeSpan.FromSeconds(10)), new RollingWindow(TimeSpan.FromSeconds(1)));
        }

        return windows;
    }

    private int StartOfDay(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _zone).DateTime);
        if (day != _day)
        {
            (_day, _today) = (day, 0);
        }

        return _today;
    }
}
