namespace Liaison.Emulators.HubSpot.Model;

/// <summary>An association that a custom type's schema names.</summary>
internal sealed record AssociationDefinition(string Id, ObjectType From, ObjectType To, string Name, DateTimeOffset CreatedAt);

/// <summary>How many far ends a kind of link may have.</summary>
internal sealed record LinkLimit(AssociationLabel Label, int Most);
