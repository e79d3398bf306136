using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Searching;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>What an app wants to find in its journal.</summary>
internal sealed class JournalSubscription(long id, string kind, string objectTypeId, DateTimeOffset createdAt)
{
    public long Id => id;

    public string Kind => kind;

    /// <summary>Gets the type of the records; of an app's own life the type of the event; "" for memberships of lists.</summary>
    public string ObjectTypeId => objectTypeId;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public IReadOnlyList<string> Actions { get; set; } = [];

    public IReadOnlyList<long> ObjectIds { get; set; } = [];

    public IReadOnlyList<long> ListIds { get; set; } = [];

    public IReadOnlyList<string> Properties { get; set; } = [];

    public IReadOnlyList<string> AssociatedTypeIds { get; set; } = [];

    public List<JournalFilter> Filters { get; } = [];

    /// <summary>Tells whether an event is wanted, as far as it can be told without the record's values.</summary>
    /// <param name="property">The property that changed, of an UPDATE.</param>
    public bool Wants(JournalEvent told, string? property) =>
        kind == told.Kind && Actions.Contains(told.Action)
        && (told.Type is null || objectTypeId.Length == 0 || objectTypeId == told.Type.Id)
        && (ObjectIds.Count == 0 || ObjectIds.Contains(told.ObjectId))
        && (ListIds.Count == 0 || told.ListId is not { } list || ListIds.Contains(list))
        && (AssociatedTypeIds.Count == 0 || told.Link is not { } link || AssociatedTypeIds.Contains(link.Type.Id))
        && (property is null || Properties.Count == 0 || Properties.Contains(property, StringComparer.OrdinalIgnoreCase));

    /// <summary>Asks the filters: one of them must hold whole.</summary>
    public bool Admits(ObjectType type, CrmRecord record) =>
        Filters.Count == 0 || Filters.Exists(filter => filter.Conditions.All(condition => condition.Holds(type, record)));
}

/// <summary>Conditions on the values of a record, which must all hold.</summary>
/// <param name="Given">The filter as it was given.</param>
internal sealed record JournalFilter(long Id, DateTimeOffset CreatedAt, JsonElement Given)
{
    public IReadOnlyList<JournalCondition> Conditions { get; } = [.. Given.ItemsOf("conditions").Select(JournalCondition.Read)];
}

/// <summary>One condition on one property.</summary>
internal sealed record JournalCondition(string Property, string Operator, IReadOnlyList<string> Values)
{
    public static readonly string[] Operators =
        ["CONTAINS", "ENDS_WITH", "EQ", "GT", "GTE", "IN", "IS_EMPTY", "IS_NOT_EMPTY", "LT", "LTE", "N_EQ", "NOT_IN", "STARTS_WITH"];

    public static JournalCondition Read(JsonElement condition) => new(
        condition.TextOf("property") ?? "",
        condition.TextOf("operator") ?? "",
        condition.TextOf("value") is { } value ? [value] : condition.TextsOf("values"));

    public bool Holds(ObjectType type, CrmRecord record)
    {
        var held = type.Value(Property, record) ?? "";
        bool Any(Func<string, bool> fits) => held.Length > 0 && Values.Any(fits);
        return Operator switch
        {
            "IS_EMPTY" => held.Length == 0,
            "IS_NOT_EMPTY" => held.Length > 0,
            "EQ" or "IN" => Any(value => string.Equals(value, held, StringComparison.OrdinalIgnoreCase)),
            "N_EQ" or "NOT_IN" => !Any(value => string.Equals(value, held, StringComparison.OrdinalIgnoreCase)),
            "CONTAINS" => Any(value => held.Contains(value, StringComparison.OrdinalIgnoreCase)),
            "STARTS_WITH" => Any(value => held.StartsWith(value, StringComparison.OrdinalIgnoreCase)),
            "ENDS_WITH" => Any(value => held.EndsWith(value, StringComparison.OrdinalIgnoreCase)),
            _ => Any(value => InOrder(type, held, value)),
        };
    }

    private bool InOrder(ObjectType type, string held, string value)
    {
        double? Number(string text) => type.TryGetProperty(Property, out var property) && property.Type is "number" or "date" or "datetime"
            ? IndexedRecord.NumberOf(property!, text)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        var (left, right) = (Number(held), Number(value));
        return Operator switch
        {
            "GT" => left > right,
            "GTE" => left >= right,
            "LT" => left < right,
            "LTE" => left <= right,
            _ => false,
        };
    }
}
