namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>What an app wants to hear of.</summary>
internal sealed class Subscription(int id, string eventType, string? propertyName, string? objectTypeId, DateTimeOffset createdAt)
{
    public int Id => id;

    /// <summary>Gets the old name of one type's event (contact.propertyChange) or the new one of any type's (object.propertyChange).</summary>
    public string EventType => eventType;

    public string? PropertyName => propertyName;

    public string? ObjectTypeId => objectTypeId;

    public bool Active { get; set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>Gets a value indicating whether events come under the new names, with the id of their type.</summary>
    public bool IsGeneric => eventType.StartsWith("object.", StringComparison.Ordinal);

    /// <summary>Tells whether an event is one of those that are wanted.</summary>
    public bool Wants(Happening happening) =>
        Active
        && eventType == $"{(IsGeneric ? "object" : happening.Type.Singular)}.{happening.Kind}"
        && (objectTypeId is null || objectTypeId == happening.Type.Id)
        && (propertyName is null || propertyName == happening.Property?.Name);
}

/// <summary>Where the events of one app go.</summary>
internal sealed class AppWebhooks(long appId, string secret)
{
    public long AppId => appId;

    /// <summary>Gets what the events are signed with.</summary>
    public string Secret => secret;

    public Uri? Target { get; set; }

    public int MaxConcurrentRequests { get; set; } = 10;

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<Subscription> Subscriptions { get; } = [];
}
