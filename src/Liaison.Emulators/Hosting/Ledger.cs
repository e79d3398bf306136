namespace Liaison.Emulators.Hosting;

/// <summary>How often one record was written, and each of its properties.</summary>
internal sealed class RecordWrites
{
    public int Writes { get; set; }

    public Dictionary<string, int> Properties { get; } = new(StringComparer.Ordinal);
}

/// <summary>What was asked and written: the proof of "exactly once" and of "never over the limit".</summary>
/// <remarks>Counts every request that reached a CRM path, refused ones too; control routes are not counted.</remarks>
internal sealed class Ledger<TId>
    where TId : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Operation, string Version, int Status), int> _requests = [];
    private readonly Dictionary<string, Dictionary<TId, RecordWrites>> _writes = [];
    private RollingWindow _all = NewWindow();
    private RollingWindow _accepted = NewWindow();

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public int Throttled { get; private set; }

    public int Total { get; private set; }

    /// <summary>Gets the most requests that fell into any ten seconds.</summary>
    public int MaxInTenSeconds { get; private set; }

    /// <summary>Gets the same without the throttled ones.</summary>
    public int MaxAcceptedInTenSeconds { get; private set; }

    public void Request(string operation, string version, int status, bool throttled, DateTimeOffset now)
    {
        lock (_gate)
        {
            var key = (operation, version, status);
            _requests[key] = _requests.GetValueOrDefault(key) + 1;
            First ??= now;
            Last = now;
            Total++;
            _all.Add(now);
            MaxInTenSeconds = Math.Max(MaxInTenSeconds, _all.Count(now));
            if (throttled)
            {
                Throttled++;
                return;
            }

            _accepted.Add(now);
            MaxAcceptedInTenSeconds = Math.Max(MaxAcceptedInTenSeconds, _accepted.Count(now));
        }
    }

    public void Write(string type, TId id, IEnumerable<string> properties)
    {
        lock (_gate)
        {
            if (!_writes.TryGetValue(type, out var records))
            {
                _writes[type] = records = [];
            }

            if (!records.TryGetValue(id, out var entry))
            {
                records[id] = entry = new RecordWrites();
            }

            entry.Writes++;
            foreach (var property in properties)
            {
                entry.Properties[property] = entry.Properties.GetValueOrDefault(property) + 1;
            }
        }
    }

    public IReadOnlyList<((string Operation, string Version, int Status) Key, int Count)> Requests()
    {
        lock (_gate)
        {
            return [.. _requests.Select(entry => (entry.Key, entry.Value)).OrderBy(entry => entry.Key)];
        }
    }

    /// <summary>Gives the writes of a type; to be read under the account's gate, under which writes happen.</summary>
    public IReadOnlyDictionary<TId, RecordWrites> Writes(string type) => _writes.GetValueOrDefault(type) ?? [];

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _writes.Clear();
            (_all, _accepted) = (NewWindow(), NewWindow());
            (First, Last) = (null, null);
            (Throttled, Total, MaxInTenSeconds, MaxAcceptedInTenSeconds) = (0, 0, 0, 0);
        }
    }

    private static RollingWindow NewWindow() => new(TimeSpan.FromSeconds(10));
}
