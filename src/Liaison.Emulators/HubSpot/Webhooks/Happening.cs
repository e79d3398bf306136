using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>Something that became of a record, as subscriptions name it (contract section 11).</summary>
/// <param name="Kind">creation, deletion, propertyChange, merge, associationChange or privacyDeletion; listed and unlisted, of which only the journal tells.</param>
internal sealed record Happening(string Kind, ObjectType Type, long ObjectId, DateTimeOffset At, ChangeSource Source)
{
    public PropertyDefinition? Property { get; init; }

    public string? Value { get; init; }

    /// <summary>Gets the records of a merge: the primary, the merged one, the one that is left.</summary>
    public (long Primary, long Merged, long Left, int Moved)? Merge { get; init; }

    /// <summary>Gets the list that the record joined or left.</summary>
    public long? ListId { get; init; }

    /// <summary>Gets the far end of a link.</summary>
    public (ObjectType Type, long Id, bool Removed, bool Primary)? Link { get; init; }
}

/// <summary>An event on its way to one app.</summary>
internal sealed class PendingEvent(AppWebhooks app, Subscription subscription, Happening happening, long eventId)
{
    public AppWebhooks App => app;

    public Subscription Subscription => subscription;

    public Happening Happening => happening;

    /// <summary>Gets the id of the event; all events of one moment share it, since it is not unique (contract section 11).</summary>
    public long EventId => eventId;

    /// <summary>Gets or sets how often it was tried and not taken.</summary>
    public int Attempt { get; set; }

    public DateTimeOffset DueAt { get; set; }
}
