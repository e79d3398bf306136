using System.Threading.Channels;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>Takes down what happens to records for the apps that want to hear of it.</summary>
/// <remarks>Not thread-safe: it belongs to the account, whose gate its callers hold.</remarks>
internal sealed class EventFeed
{
    private const long FirstEvent = 4_100_200;

    private readonly Dictionary<long, AppWebhooks> _apps = [];
    private readonly List<PendingEvent> _pending = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _lastSubscription = 54;
    private (long EventId, DateTimeOffset At) _last = (FirstEvent, DateTimeOffset.MinValue);

    /// <summary>Gets how many events were taken, and given up after the last try.</summary>
    public long Delivered { get; private set; }

    public long Dropped { get; private set; }

    public int Pending => _pending.Count;

    /// <summary>Gets what tells that there may be something to send.</summary>
    public ChannelReader<bool> Awake => _wake.Reader;

    public void Know(AppWebhooks app) => _apps[app.AppId] = app;

    public AppWebhooks? Find(long appId) => _apps.GetValueOrDefault(appId);

    /// <summary>Gets what apps can read back instead of being told.</summary>
    public JournalBook Journals { get; } = new();

    public int NextSubscription() => ++_lastSubscription;

    public void Wake() => _wake.Writer.TryWrite(true);

    public void Created(ObjectType type, CrmRecord record, ChangeSource source) =>
        Take(new Happening("creation", type, record.Id, record.CreatedAt, source));

    public void Changed(ObjectType type, CrmRecord record, PropertyDefinition property, string? value, ChangeSource source) =>
        Take(new Happening("propertyChange", type, record.Id, record.UpdatedAt, source) { Property = property, Value = value });

    public void Deleted(ObjectType type, CrmRecord record, DateTimeOffset at) =>
        Take(new Happening("deletion", type, record.Id, at, ChangeSource.Api));

    public void Erased(ObjectType type, CrmRecord record, DateTimeOffset at) =>
        Take(new Happening("privacyDeletion", type, record.Id, at, ChangeSource.Api));

    public void Merged(ObjectType type, CrmRecord primary, CrmRecord merged, CrmRecord left, int moved, DateTimeOffset at)
    {
        Take(new Happening("merge", type, left.Id, at, ChangeSource.Api) { Merge = (primary.Id, merged.Id, left.Id, moved) });
        if (type.Name == "contacts")
        {
            Deleted(type, merged, at);
        }
    }

    public void Linked(ObjectType from, long fromId, ObjectType to, long toId, bool removed, bool primary, DateTimeOffset at) =>
        Take(new Happening("associationChange", from, fromId, at, ChangeSource.Api) { Link = (to, toId, removed, primary) });

    public void Listed(ObjectType type, long recordId, long listId, bool added, DateTimeOffset at) =>
        Take(new Happening(added ? "listed" : "unlisted", type, recordId, at, ChangeSource.Api) { ListId = listId });

    /// <summary>Takes out what is due, at most what one delivery round carries.</summary>
    public List<PendingEvent> TakeDue(DateTimeOffset now, int most)
    {
        var due = _pending.Where(pending => pending.DueAt <= now).Take(most).ToList();
        _pending.RemoveAll(due.ToHashSet().Contains);
        return due;
    }

    public DateTimeOffset? NextDue => _pending.Count == 0 ? null : _pending.Min(pending => pending.DueAt);

    /// <summary>Settles a try; what was not taken comes again.</summary>
    public void Settle(IReadOnlyCollection<PendingEvent> tried, bool taken, DateTimeOffset now)
    {
        if (taken)
        {
            Delivered += tried.Count;
            return;
        }

        foreach (var pending in tried)
        {
            if (RetrySchedule.After(pending.Attempt) is { } wait)
            {
                pending.Attempt++;
                pending.DueAt = now + wait;
                _pending.Add(pending);
            }
            else
            {
                Dropped++;
            }
        }
    }

    private void Take(Happening happening)
    {
        Journals.Take(happening);
        foreach (var app in _apps.Values)
        {
            foreach (var subscription in app.Subscriptions.Where(subscription => app.Target is not null && subscription.Wants(happening)))
            {
                _last = happening.At == _last.At ? _last : (_last.EventId + 1, happening.At);
                _pending.Add(new PendingEvent(app, subscription, happening, _last.EventId) { DueAt = happening.At });
                Wake();
            }
        }
    }
}

/// <summary>When an event that was not taken is tried again: ten times within a day (contract section 11).</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(10),
    ];

    /// <returns><see langword="null"/> once it was tried often enough.</returns>
    public static TimeSpan? After(int attempt) => attempt < Waits.Length ? Waits[attempt] : null;
}
