using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes a record's associations inside the record.</summary>
internal static class InlineAssociations
{
    private const int PageSize = 100;

    /// <remarks>The same id comes once per label (contract section 6.1).</remarks>
    public static void Write(Utf8JsonWriter json, Call call, ObjectType type, CrmRecord record, IReadOnlyList<ObjectType> targets)
    {
        json.WriteStartObject("associations");
        foreach (var target in targets)
        {
            var links = Visible(call, type, record, target);
            if (links.Count == 0)
            {
                continue;
            }

            if (links.Count > PageSize)
            {
                // As the pages behind count: by id.
                links = [.. links.OrderBy(link => link.To)];
            }

            json.WriteStartObject(target.Name);
            json.WriteStartArray("results");
            foreach (var link in links.Take(PageSize))
            {
                foreach (var kind in link.Kinds)
                {
                    json.WriteStartObject();
                    RecordJson.WriteId(json, "id", link.To);
                    json.WriteString("type", call.Account.Associations.Find(type, target, kind)?.Name ?? $"{type.Singular}_to_{target.Singular}");
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            if (links.Count > PageSize)
            {
                var after = links[PageSize - 1].To.ToString(CultureInfo.InvariantCulture);
                Paging.Write(json, after, $"{call.Origin}/crm/v4/objects/{type.Name}/{record.Id}/associations/{target.Name}?after={after}");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Gives the links to live records that the caller may see.</summary>
    public static List<Link> Visible(Call call, ObjectType type, CrmRecord record, ObjectType target) =>
        [.. call.Account.Links.Of(type, record.Id, target).Where(link => target.Records.TryGet(link.To, out var other) && other.IsLive && RecordAccess.Sees(call, target, other))];
}
