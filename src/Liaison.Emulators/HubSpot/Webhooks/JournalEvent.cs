using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>One event as a journal tells it.</summary>
/// <param name="Kind">OBJECT, ASSOCIATION, LIST_MEMBERSHIP, GDPR_PRIVACY_DELETION or APP_LIFECYCLE_EVENT, as subscriptions name it.</param>
internal sealed record JournalEvent(string Kind, string Action, ObjectType? Type, long ObjectId, DateTimeOffset At)
{
    /// <summary>Gets the values that the event tells, by property.</summary>
    public SortedDictionary<string, string?> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the properties that it may tell; <see langword="null"/> for all.</summary>
    public HashSet<string>? Shown { get; init; }

    public (ObjectType Type, long Id)? Link { get; init; }

    public (long Primary, long Merged)? Merge { get; init; }

    public long? ListId { get; init; }

    /// <summary>Gets the subscriptions whose filters are still to be asked: a record has its values only after its creation was told.</summary>
    public IReadOnlyList<JournalSubscription> Unjudged { get; init; } = [];

    public void Tell(PropertyDefinition property, string? value)
    {
        if (Shown?.Contains(property.Name) != false)
        {
            Properties[property.Name] = value;
        }
    }

    /// <summary>Reads what became of a record; <see langword="null"/> for what journals do not tell.</summary>
    public static JournalEvent? Of(Happening happening)
    {
        var (kind, action) = happening.Kind switch
        {
            "creation" => ("OBJECT", "CREATE"),
            "propertyChange" => ("OBJECT", "UPDATE"),
            "deletion" => ("OBJECT", "DELETE"),
            "merge" => ("OBJECT", "MERGE"),
            "associationChange" => ("ASSOCIATION", happening.Link is { Removed: true } ? "ASSOCIATION_REMOVED" : "ASSOCIATION_ADDED"),
            "listed" => ("LIST_MEMBERSHIP", "ADDED_TO_LIST"),
            "unlisted" => ("LIST_MEMBERSHIP", "REMOVED_FROM_LIST"),
            "privacyDeletion" => ("GDPR_PRIVACY_DELETION", "GDPR_DELETE"),
            _ => ("", ""),
        };
        return kind.Length == 0 ? null : new JournalEvent(kind, action, happening.Type, happening.ObjectId, happening.At)
        {
            Link = happening.Link is { } link ? (link.Type, link.Id) : null,
            Merge = happening.Merge is { } merge ? (merge.Primary, merge.Merged) : null,
            ListId = happening.ListId,
        };
    }
}

/// <summary>One page of a journal: what happened within a moment.</summary>
internal sealed class JournalEntry(Guid offset, DateTimeOffset at)
{
    public Guid Offset => offset;

    public DateTimeOffset At => at;

    public List<JournalEvent> Events { get; } = [];

    /// <summary>Gets or sets under which key the page lies among the downloads, once it was given out.</summary>
    public string? Key { get; set; }
}
