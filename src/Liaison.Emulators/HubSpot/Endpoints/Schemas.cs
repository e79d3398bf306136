using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The customer's own object types.</summary>
internal sealed class Schemas(Refusals refusals)
{
    public static Reply List(Call call) => PipelineReads.Results(
        [.. call.Account.Types.Where(type => type.Custom is not null && !call.QueryFlag("archived"))], (json, type) => Write(json, call, type));

    public Reply Batch(Call call)
    {
        var types = new List<ObjectType>();
        foreach (var name in call.Body.TextsOf("inputs"))
        {
            if (!call.Account.TryGetType(name, out var type))
            {
                return refusals.UnknownType(name);
            }

            types.Add(type);
        }

        return PipelineReads.Results(types, (json, type) => Write(json, call, type));
    }

    public Reply Get(Call call) => call.Account.TryGetType(call["type"], out var type)
        ? Reply.Ok(json => Write(json, call, type))
        : refusals.UnknownType(call["type"]);

    public static void Write(Utf8JsonWriter json, AssociationDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString("id", definition.Id);
        json.WriteString("fromObjectTypeId", definition.From.Id);
        json.WriteString("toObjectTypeId", definition.To.Id);
        json.WriteString("name", definition.Name);
        RecordJson.WriteMoment(json, "createdAt", definition.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", definition.CreatedAt);
        json.WriteEndObject();
    }

    /// <summary>Writes a type; its definition alone is without properties and associations.</summary>
    public static void Write(Utf8JsonWriter json, Call call, ObjectType type, bool definitionOnly = false)
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
        json.WriteBoolean("allowsSensitiveProperties", type.Custom?.AllowsSensitiveProperties ?? type.Name == "contacts");
        if (type.Custom?.Description is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteString("primaryDisplayProperty", type.Custom?.PrimaryDisplayProperty ?? type.SearchableProperties[0]);
        WriteNames(json, "requiredProperties", type.RequiredProperties);
        WriteNames(json, "searchableProperties", type.SearchableProperties);
        WriteNames(json, "secondaryDisplayProperties", type.Custom?.SecondaryDisplayProperties ?? []);
        var made = type.Custom?.CreatedAt ?? type.Properties[0].CreatedAt;
        RecordJson.WriteMoment(json, "createdAt", made);
        RecordJson.WriteMoment(json, "updatedAt", type.Custom?.UpdatedAt ?? made);
        if (definitionOnly)
        {
            json.WriteNumber("portalId", call.Account.PortalId);
            json.WriteEndObject();
            return;
        }

        WriteParts(json, call, type);
        json.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter json, Call call, ObjectType type)
    {
        json.WriteStartArray("properties");
        foreach (var property in type.Properties.Where(property => property.ArchivedAt is null && !property.IsSensitive && Includes(call, "includePropertyDefinitions")))
        {
            PropertyJson.Write(json, property);
        }

        json.WriteEndArray();
        json.WriteStartArray("associations");
        if (Includes(call, "includeAssociationDefinitions"))
        {
            var defined = call.Account.Definitions.Where(known => known.From == type || known.To == type).ToList();
            defined.ForEach(definition => Write(json, definition));
            foreach (var to in call.Account.Links.TypesLinkedFrom(type).ToList())
            {
                if (call.Account.TryGetType(to, out var far) && !defined.Exists(known => known.From == type && known.To == far))
                {
                    var label = call.Account.Associations.Default(type, far);
                    Write(json, new AssociationDefinition(
                        label.Kind.TypeId.ToString(System.Globalization.CultureInfo.InvariantCulture), type, far, label.Name, type.Custom?.CreatedAt ?? type.Properties[0].CreatedAt));
                }
            }
        }

        json.WriteEndArray();
    }

    // A batch asks in its body, a read in its address.
    private static bool Includes(Call call, string what) => call.Body.FlagOf(what, call.QueryFlag(what, otherwise: true));

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
