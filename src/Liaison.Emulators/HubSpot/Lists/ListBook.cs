using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Lists;

/// <summary>All lists of the account and their folders.</summary>
/// <remarks>Not thread-safe: it belongs to the account, whose gate its callers hold.</remarks>
internal sealed class ListBook(Account account)
{
    private const long FirstList = 1_000;
    private readonly SortedDictionary<long, CrmList> _lists = [];
    private readonly HashSet<long> _settling = [];
    private readonly HashSet<long> _settled = [];
    private long _lastList = FirstList;
    private long _lastFolder;

    /// <summary>Gets the lists that are not deleted.</summary>
    public IEnumerable<CrmList> Live => _lists.Values.Where(list => list.DeletedAt is null);

    public SortedDictionary<long, ListFolder> Folders { get; } = [];

    public long NextList() => ++_lastList;

    public long NextFolder() => ++_lastFolder;

    public void Add(CrmList list) => _lists[list.Id] = list;

    /// <summary>Finds a list, deleted ones too.</summary>
    public CrmList? Find(long id) => _lists.GetValueOrDefault(id);

    /// <summary>Gives the number that a list of contacts has in the oldest API; lists of other types never were in it.</summary>
    public static long? LegacyId(CrmList list) => list.Type.Name == "contacts" ? list.Id - FirstList : null;

    public CrmList? FindLegacy(long legacyId) =>
        Find(legacyId + FirstList) is { } list && LegacyId(list) is not null ? list : null;

    /// <summary>Brings a list up to the present: who is gone leaves it, and its filters are asked anew while it follows them.</summary>
    public void Settle(CrmList list, DateTimeOffset now)
    {
        if (_settling.Count == 0)
        {
            _settled.Clear();
        }

        // Lists that name each other in a circle are settled once.
        if (!_settling.Add(list.Id))
        {
            return;
        }

        _settled.Add(list.Id);

        if (list is { Processing: ListProcessing.Dynamic, Filter: { } filter })
        {
            Follow(list, filter, now);
        }

        foreach (var gone in list.Members.Where(member => !IsLive(list.Type, member.RecordId)).ToList())
        {
            Leave(list, gone.RecordId, now);
        }

        list.Measure(now);
        if (list.Conversion is { } conversion && conversion.IsDue(list, now))
        {
            (list.Processing, list.Conversion, list.ConvertedAt) = (ListProcessing.Snapshot, null, now);
        }

        _settling.Remove(list.Id);
    }

    /// <summary>Settles a list that another one's filters name: once while that one is settled, not for each of its records.</summary>
    public void SettleWithin(CrmList list, DateTimeOffset now)
    {
        if (_settled.Add(list.Id))
        {
            Settle(list, now);
        }
    }

    /// <summary>Fills a list from its filters.</summary>
    public void Follow(CrmList list, ListTest filter, DateTimeOffset now)
    {
        var joining = new List<(CrmRecord Record, DateTimeOffset At)>();
        foreach (var record in list.Type.Records.Live)
        {
            var matches = filter(record, now);
            if (!matches)
            {
                Leave(list, record.Id, now);
            }
            else if (list.MemberOf(record.Id) is null)
            {
                // It joined when it was last changed, or when the filters were.
                var changed = list.FiltersUpdatedAt ?? list.CreatedAt;
                joining.Add((record, record.UpdatedAt > changed ? record.UpdatedAt : changed));
            }
        }

        foreach (var (record, at) in joining.OrderBy(one => one.At).ThenBy(one => one.Record.Id))
        {
            Join(list, record.Id, at);
        }

        list.Measure(now);
    }

    public bool Join(CrmList list, long recordId, DateTimeOffset at)
    {
        var joined = list.Join(recordId, at);
        if (joined)
        {
            account.Events.Listed(list.Type, recordId, list.Id, added: true, at);
        }

        return joined;
    }

    public bool Leave(CrmList list, long recordId, DateTimeOffset at)
    {
        var left = list.Leave(recordId);
        if (left)
        {
            account.Events.Listed(list.Type, recordId, list.Id, added: false, at);
        }

        return left;
    }

    public static bool IsLive(ObjectType type, long recordId) => type.Records.TryGet(recordId, out var record) && record.IsLive;
}
