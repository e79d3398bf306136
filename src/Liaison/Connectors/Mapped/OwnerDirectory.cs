using System.Collections.Concurrent;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors.Mapped;

/// <summary>The users of each connection's CRM with their teams, as they were listed within the last five minutes.</summary>
/// <remarks>
/// Five minutes are the longest that somebody who left the company or a team still sees what was theirs (R218). However many ask
/// at once, the CRM is asked once; failures are not kept. Safe for concurrent use.
/// </remarks>
public sealed class OwnerDirectory(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ConnectionName, Listing> listings = new();

    /// <summary>Gives the users, from the last listing or else from the CRM.</summary>
    internal async Task<Result<IReadOnlyList<CrmUser>>> GetAsync(
        ConnectionName connection, IConnectorSession session, CancellationToken cancellationToken)
    {
        var listing = listings.AddOrUpdate(connection, _ => Begin(session), (_, held) => IsFresh(held) ? held : Begin(session));

        // The listing serves everyone who waits for it, so that it outlives the caller who began it.
        return await listing.Users.Value.WaitAsync(cancellationToken);
    }

    private bool IsFresh(Listing listing) => time.GetElapsedTime(listing.BegunAt) < Life && !listing.Broke;

    // The age counts from the asking: what changes while the CRM answers may not be in the answer.
    private Listing Begin(IConnectorSession session) =>
        new(time.GetTimestamp(), new Lazy<Task<Result<IReadOnlyList<CrmUser>>>>(() => session.ListUsersAsync(CancellationToken.None)));

    private sealed record Listing(long BegunAt, Lazy<Task<Result<IReadOnlyList<CrmUser>>>> Users)
    {
        public bool Broke => Users is { IsValueCreated: true, Value: { IsCompleted: true } listing }
            && (!listing.IsCompletedSuccessfully || listing.Result.Failure is not null);
    }
}
