using System.Collections.Concurrent;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Connectors;

/// <summary>The throttles by connection: one connection's storm never slows another.</summary>
/// <param name="random">Spreads the moments at which nodes ask their store.</param>
public sealed class Throttles(
    ConnectionRegistry connections,
    ConnectorRegistry connectors,
    IBudgetStore budgets,
    ISlotStore slots,
    IdSource ids,
    ChannelOptions options,
    Random random,
    TimeProvider time)
    : IDisposable
{
    private readonly string node = ids.Next("node");
    private readonly ConcurrentDictionary<ConnectionName, Lazy<Throttle>> throttles = new();

    /// <summary>Tells the time zone that a CRM named for an account; its daily allowance resets at that zone's midnight.</summary>
    public void UseZone(ConnectionName connection, string? ianaName)
    {
        if (ianaName is not null
            && TimeZoneInfo.TryFindSystemTimeZoneById(ianaName, out var zone)
            && Of(connection).TryGet(out var throttle, out _))
        {
            throttle.UseZone(zone);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var throttle in throttles.Values.Where(throttle => throttle.IsValueCreated))
        {
            throttle.Value.Dispose();
        }
    }

    internal Result<Throttle> Of(ConnectionName name)
    {
        if (!connections.Find(name).TryGet(out var connection, out var unknown))
        {
            return unknown;
        }

        return connectors.Find(connection.Profile.Crm).TryGet(out var connector, out var missing)
            ? throttles.GetOrAdd(name, _ => new Lazy<Throttle>(() => Make(connection, connector.Descriptor))).Value
            : missing;
    }

    private Throttle Make(Connection connection, ConnectorDescriptor descriptor)
    {
        var (profile, share) = (connection.Profile, connection.Options.Share);
        var limits = descriptor.LimitProfiles.First(candidate => candidate.Name == profile.LimitProfile).Limits;
        var throttle = new Throttle(
            profile.Name,
            descriptor.Operations,
            [.. limits.Where(limit => !LimitShare.IsDaily(limit)).Select(limit => MakeLimiter(profile.Name, limit, share))],
            [.. limits.Where(LimitShare.IsDaily).Select(limit =>
                new DailyAllowance(profile.Name, limit, share, options.LeaseBlock, budgets, time))],
            options.LongestWait,
            time);
        if (connection.Options.TimeZone is { } zone)
        {
            throttle.UseZone(TimeZoneInfo.FindSystemTimeZoneById(zone));
        }

        return throttle;
    }

    private ILimiter MakeLimiter(ConnectionName connection, Limit limit, double share) => limit.Window == TimeSpan.Zero
        ? new SharedFlight(new FlightLimiter(limit, share, time), connection, node, slots, time)
        : new SharedPace(new PacedLimiter(limit, share, time), connection, node, slots, new Random(random.Next()), time);
}
