namespace Liaison.Connectors;

/// <summary>What one node has of a limit on calls in flight.</summary>
/// <param name="People">How many places it wants for people.</param>
/// <param name="Batch">How many places it wants for runs.</param>
/// <param name="Held">How many places it may be using.</param>
/// <param name="ServedAt">When it was last given any; who has waited longest comes first.</param>
/// <param name="Until">From when on what it held is free again unless it asks before.</param>
public sealed record PlaceClaim(string Node, int People, int Batch, int Held, DateTimeOffset ServedAt, DateTimeOffset Until);

/// <summary>Shares the places of a limit on calls in flight among the nodes that want some: people first, then in equal parts.</summary>
/// <remarks>Stores keep the claims and replace the asking node's in one transaction; the reckoning is the same in all of them.</remarks>
public static class PlaceShares
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    // As long as an attempt may last: the calls of a node that died are in flight at the CRM for as long.
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>Gives how many places no run may take, so that a person need not wait for a call to land.</summary>
    public static int ReserveOf(int places) => places == 1 ? 0 : Math.Max(1, places / 8);

    /// <summary>Decides what the asking node gets.</summary>
    /// <param name="claims">All claims of the limit, the asking node's too.</param>
    /// <param name="now">The store's present.</param>
    /// <param name="grant">What the node gets.</param>
    /// <returns>The claim to keep for the node.</returns>
    public static PlaceClaim Share(IReadOnlyList<PlaceClaim> claims, PlaceRequest request, DateTimeOffset now, out PlaceGrant grant)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(request);
        var before = claims.FirstOrDefault(claim => claim.Node == request.Node);
        var mine = new PlaceClaim(
            request.Node, request.People, request.Batch, request.InUse, before?.ServedAt ?? DateTimeOffset.UnixEpoch, now + Hold);
        var others = claims.Where(claim => claim.Node != request.Node && claim.Until > now).ToList();
        var order = others.Append(mine).OrderBy(claim => claim.ServedAt).ThenBy(claim => claim.Node, StringComparer.Ordinal).ToList();

        var reserve = ReserveOf(request.Places);
        var people = Deal(order.ConvertAll(claim => claim.People), request.Places);
        var batch = Deal(order.ConvertAll(claim => claim.Batch), request.Places - people.Sum() - reserve);
        var at = order.IndexOf(mine);

        // What others hold beyond their part comes back when they ask next; until then there is only what is free.
        var free = Math.Max(0, request.Places - others.Sum(claim => claim.Held));
        var forBatch = Math.Min(batch[at], Math.Max(0, free - reserve));

        // One more than is wanted, where nobody wants it: the next call then need not ask.
        var spare = people[at] + batch[at] > 0 && people.Sum() + batch.Sum() < request.Places - reserve ? 1 : 0;
        var places = Math.Min(free, people[at] + forBatch + spare);
        grant = new PlaceGrant(places, Math.Min(places, forBatch + spare), Renewal, Hold);
        return mine with { Held = Math.Max(places, request.InUse), ServedAt = places > 0 ? now : mine.ServedAt };
    }

    // One by one in turn, so that the parts differ by one at the most and nobody gets more than it wants.
    private static int[] Deal(List<int> wants, int places)
    {
        var dealt = new int[wants.Count];
        for (var given = true; given && places > 0;)
        {
            given = false;
            for (var index = 0; index < wants.Count && places > 0; index++)
            {
                if (dealt[index] < wants[index])
                {
                    dealt[index]++;
                    places--;
                    given = true;
                }
            }
        }

        return dealt;
    }
}
