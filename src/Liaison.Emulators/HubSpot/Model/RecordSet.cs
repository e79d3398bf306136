using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>All records of one type in the order of their ids, and the ids that merges left behind.</summary>
internal sealed class RecordSet(long firstId)
{
    private readonly List<CrmRecord> _records = [];
    private readonly Dictionary<long, CrmRecord> _byId = [];
    private readonly Dictionary<long, long> _survivors = [];
    private long _nextId = firstId;

    public int Count => _records.Count;

    /// <summary>Gets all records, archived ones too, by ascending id.</summary>
    public IReadOnlyList<CrmRecord> All => _records;

    /// <summary>Gets the records that are neither archived nor gone.</summary>
    public IEnumerable<CrmRecord> Live => _records.Where(record => record.IsLive);

    public long TakeId() => _nextId++;

    public void Add(CrmRecord record)
    {
        _nextId = Math.Max(_nextId, record.Id + 1);
        _byId.Add(record.Id, record);
        if (_records.Count == 0 || _records[^1].Id < record.Id)
        {
            _records.Add(record);
        }
        else
        {
            _records.Insert(PositionAfter(record.Id), record);
        }
    }

    public bool TryGet(long id, [NotNullWhen(true)] out CrmRecord? record) => _byId.TryGetValue(id, out record);

    public void MergeAway(long id, long survivor) => _survivors[id] = survivor;

    /// <summary>Follows merges to the record that an id stands for today.</summary>
    public long Survivor(long id)
    {
        while (_survivors.TryGetValue(id, out var next))
        {
            id = next;
        }

        return id;
    }

    /// <summary>Finds the index of the first record whose id is greater.</summary>
    public int PositionAfter(long id)
    {
        int low = 0, high = _records.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_records[middle].Id <= id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
