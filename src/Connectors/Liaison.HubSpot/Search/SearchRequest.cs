using Liaison.Wire;

namespace Liaison.HubSpot.Search;

/// <summary>One call of HubSpot's search; section 7 of contracts/hubspot.md.</summary>
/// <param name="Sort">The native property to order by.</param>
internal sealed record SearchRequest(
    IReadOnlyList<IReadOnlyList<SearchFilter>> Groups,
    string? Sort,
    bool Descending,
    IReadOnlyList<string> Properties,
    int Limit,
    string? After)
{
    internal ReadOnlyMemory<byte> ToBody() => JsonBody.OfObject(writer =>
    {
        writer.WriteStartArray("filterGroups");
        foreach (var group in Groups)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("filters");
            foreach (var filter in group)
            {
                writer.WriteStartObject();
                writer.WriteString("propertyName", filter.PropertyName);
                writer.WriteString("operator", filter.Operator);
                if (filter.Value is { } value)
                {
                    writer.WriteString("value", value);
                }

                if (filter.Values is { } values)
                {
                    writer.WriteTexts("values", values);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("sorts");
        if (Sort is not null)
        {
            writer.WriteStartObject();
            writer.WriteString("propertyName", Sort);
            writer.WriteString("direction", Descending ? "DESCENDING" : "ASCENDING");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("properties", Properties);
        writer.WriteNumber("limit", Limit);
        if (After is not null)
        {
            writer.WriteString("after", After);
        }
    });
}
