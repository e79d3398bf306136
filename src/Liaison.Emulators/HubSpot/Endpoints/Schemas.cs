using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The customer's own object types.</summary>
internal sealed class Schemas(Refusals refusals)
{
    public static Reply List(Call call) => PipelineReads.Results(
        [.. call.Account.Types.Where(type => type.Custom is not null && !call.QueryFlag("archived"))], (json, type) => Write(json, call, type));

    public Reply Get(Call call) => call.Account.TryGetType(call["type"], out var type)
        ? Reply.Ok(json => Write(json, call, type))
        : refusals.UnknownType(call["type"]);

    private static void Write(Utf8JsonWriter json, Call call, ObjectType type)
    {
        var (singular, plural) = (type.Custom?.SingularLabel ?? type.Title, type.Custom?.PluralLabel ?? char.ToUpperInvariant(type.Name[0]) + type.Name[1..]);
        json.WriteStartObject();
        json.WriteString("id", type.Id[2..]);
        json.WriteString("objectTypeId", type.Id);
        json.WriteString("name", type.Custom?.ShortName ?? type.Singular.ToUpperInvariant());
        json.WriteString("fullyQualifiedName", type.Custom is null ? type.Singular.ToUpperInvariant() : type.Name);
        json.WriteStartObject("labels");
        json.WriteString("singular", singular);
        json.WriteString("plural", plural);
        json.WriteEndObject();
        json.WriteBoolean("archived", false);
        json.WriteBoolean("allowsSensitiveProperties", type.Name == "contacts");
        json.WriteString("primaryDisplayProperty", type.Custom?.PrimaryDisplayProperty ?? type.SearchableProperties[0]);
        WriteNames(json, "requiredProperties", type.RequiredProperties);
        WriteNames(json, "searchableProperties", type.SearchableProperties);
        WriteNames(json, "secondaryDisplayProperties", []);
        var made = type.Custom?.CreatedAt ?? type.Properties[0].CreatedAt;
        RecordJson.WriteMoment(json, "createdAt", made);
        RecordJson.WriteMoment(json, "updatedAt", made);
        json.WriteStartArray("properties");
        foreach (var property in type.Properties.Where(property => property.ArchivedAt is null && !property.IsSensitive && call.QueryFlag("includePropertyDefinitions", otherwise: true)))
        {
            PropertyJson.Write(json, property);
        }

        json.WriteEndArray();
        json.WriteStartArray("associations");
        foreach (var to in call.QueryFlag("includeAssociationDefinitions", otherwise: true) ? call.Account.Links.TypesLinkedFrom(type).ToList() : [])
        {
            if (call.Account.TryGetType(to, out var far))
            {
                var label = call.Account.Associations.Default(type, far);
                json.WriteStartObject();
                json.WriteString("id", label.Kind.TypeId.ToString(System.Globalization.CultureInfo.InvariantCulture));
                json.WriteString("fromObjectTypeId", type.Id);
                json.WriteString("toObjectTypeId", far.Id);
                json.WriteString("name", label.Name);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> names)
    {
        json.WriteStartArray(name);
        foreach (var property in names)
        {
            json.WriteStringValue(property);
        }

        json.WriteEndArray();
    }
}
