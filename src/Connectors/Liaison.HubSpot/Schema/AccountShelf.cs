using System.Collections.Concurrent;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Schema;

/// <summary>The accounts' details as they were read within the last five minutes, as long as schemas are believed: every schema needs its account's currency.</summary>
/// <remarks>Safe for concurrent use. Who an account is is never told from here: a credential may have become another account's.</remarks>
internal sealed class AccountShelf(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Key, Kept> kept = new();

    public AccountDocument? Find(Key key) => kept.TryGetValue(key, out var found) && time.GetElapsedTime(found.At) < Life ? found.Account : null;

    public void Keep(Key key, AccountDocument account)
    {
        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        kept[key] = new Kept(account, time.GetTimestamp());
    }

    /// <summary>Whose view of which account: two credentials of one connection may be of two accounts.</summary>
    internal readonly record struct Key(Uri BaseUrl, ConnectionName Connection, string Identity);

    private sealed record Kept(AccountDocument Account, long At);
}
