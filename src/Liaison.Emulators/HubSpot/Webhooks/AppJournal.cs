using System.Globalization;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>How a snapshot that was asked for stands.</summary>
internal sealed record JournalSnapshot(Guid Id, DateTimeOffset At, string? Fault);

/// <summary>What one app can read back of what happened, for three days (contract section 11).</summary>
internal sealed class AppJournal(long appId)
{
    private const int MostEvents = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);
    private readonly List<JournalEntry> _entries = [];
    private JournalEntry? _open;
    private long _lastEntry;

    public long AppId => appId;

    public List<JournalSubscription> Subscriptions { get; } = [];

    public Dictionary<Guid, JournalSnapshot> Snapshots { get; } = [];

    /// <summary>Gets when an entry is forgotten.</summary>
    public static DateTimeOffset ExpiryOf(JournalEntry entry) => entry.At + Kept;

    /// <summary>Gives the entries that are still kept, oldest first. What is given out is closed: later events go into another one.</summary>
    public IReadOnlyList<JournalEntry> Read(DateTimeOffset now, Action<JournalEntry> forgotten)
    {
        Close();
        foreach (var entry in _entries.Where(entry => ExpiryOf(entry) <= now).ToList())
        {
            _entries.Remove(entry);
            forgotten(entry);
        }

        return _entries;
    }

    public void Take(Happening happening)
    {
        if (Subscriptions.Count == 0 || JournalEvent.Of(happening) is not { } told)
        {
            return;
        }

        // The values of a new record belong to the telling of its creation, those of one write to one event.
        var same = _open?.Events.FindLast(known => known.Type == told.Type && known.ObjectId == told.ObjectId && known.At == told.At && known.Action is "CREATE" or "UPDATE");
        if (happening.Property is { } property && same is { Action: "CREATE" })
        {
            same.Tell(property, happening.Value);
            return;
        }

        var wanting = Subscriptions.Where(subscription => subscription.Wants(told, happening.Property?.Name)).ToList();
        if (told.Action != "CREATE" && happening.Type.Records.TryGet(happening.ObjectId, out var record))
        {
            wanting.RemoveAll(subscription => !subscription.Admits(happening.Type, record));
        }

        if (wanting.Count == 0)
        {
            return;
        }

        var kept = happening.Property is not null && same is { Action: "UPDATE" } ? same : Append(told with
        {
            Shown = wanting.Exists(subscription => subscription.Properties.Count == 0) ? null
                : [.. Subscriptions.Where(subscription => subscription.Kind == told.Kind).SelectMany(subscription => subscription.Properties)],
            Unjudged = told.Action == "CREATE" ? wanting : [],
        });
        if (happening.Property is { } changed)
        {
            kept.Tell(changed, happening.Value);
        }
    }

    /// <summary>Writes an event down, into the open entry or a new one.</summary>
    public JournalEvent Append(JournalEvent told)
    {
        if (_open is not { } open || open.Events.Count >= MostEvents || told.At - open.At > Slice)
        {
            Close();
            _open = open = new JournalEntry(Offset(told.At), told.At);
        }

        open.Events.Add(told);
        return told;
    }

    private void Close()
    {
        if (_open is not { } entry)
        {
            return;
        }

        entry.Events.RemoveAll(told => told.Unjudged.Count > 0 && told.Type!.Records.TryGet(told.ObjectId, out var record)
            && !told.Unjudged.Any(subscription => subscription.Admits(told.Type, record)));
        if (entry.Events.Count > 0)
        {
            _entries.Add(entry);
        }

        _open = null;
    }

    /// <summary>Makes an offset that sorts by time and says it, as the vendor's do.</summary>
    private Guid Offset(DateTimeOffset at)
    {
        var time = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return Guid.Parse($"{time[..8]}-{time[8..]}-7000-8000-{(++_lastEntry).ToString("x12", CultureInfo.InvariantCulture)}");
    }
}

/// <summary>The journals of all apps.</summary>
internal sealed class JournalBook
{
    private const string Installed = "4-1909196";
    private readonly Dictionary<long, AppJournal> _byApp = [];
    private readonly HashSet<long> _installed = [];
    private long _lastId = 9_000;

    public AppJournal Of(long appId) => _byApp.TryGetValue(appId, out var journal) ? journal : _byApp[appId] = new AppJournal(appId);

    /// <summary>Gives the number of the next subscription or filter.</summary>
    public long NextId() => ++_lastId;

    public void Take(Happening happening)
    {
        foreach (var journal in _byApp.Values)
        {
            journal.Take(happening);
        }
    }

    /// <summary>Tells an app that it was installed: by the first consent to it. Revoking one does not take it away (contract section 2.1).</summary>
    public void Install(long appId, DateTimeOffset at)
    {
        if (_installed.Add(appId) && _byApp.TryGetValue(appId, out var journal)
            && journal.Subscriptions.Exists(known => known.Kind == "APP_LIFECYCLE_EVENT" && known.ObjectTypeId == Installed))
        {
            journal.Append(new JournalEvent("APP_LIFECYCLE_EVENT", "APP_INSTALL", null, appId, at));
        }
    }
}
