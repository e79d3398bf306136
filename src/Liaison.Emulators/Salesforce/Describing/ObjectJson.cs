using System.Text.Json;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Describing;

/// <summary>Writes objects as describe and describe global do.</summary>
internal static class ObjectJson
{
    /// <summary>Writes the short form, as in the global list and in <c>objectDescribe</c>.</summary>
    public static void WriteShort(Utf8JsonWriter json, UserObject seen, string root)
    {
        var type = seen.Type;
        json.WriteStartObject();
        json.WriteBoolean("activateable", false);
        json.WriteNull("associateEntityType");
        json.WriteNull("associateParentEntity");
        json.WriteBoolean("createable", type.Createable && seen.Rights.Create);
        json.WriteBoolean("custom", type.IsCustom);
        json.WriteBoolean("customSetting", false);
        json.WriteBoolean("deepCloneable", false);
        json.WriteBoolean("deletable", type.Deletable && seen.Rights.Delete);
        json.WriteBoolean("deprecatedAndHidden", false);
        json.WriteBoolean("feedEnabled", type.FeedEnabled);
        json.WriteBoolean("hasSubtypes", false);
        json.WriteBoolean("isInterface", false);
        json.WriteBoolean("isSubtype", false);
        json.WriteString("keyPrefix", type.KeyPrefix);
        json.WriteString("label", type.Label);
        json.WriteString("labelPlural", type.LabelPlural);
        json.WriteBoolean("layoutable", type.Layoutable);
        json.WriteBoolean("mergeable", type.Mergeable);
        json.WriteBoolean("mruEnabled", type.MruEnabled);
        json.WriteString("name", type.Name);
        json.WriteBoolean("queryable", type.Queryable);
        json.WriteBoolean("replicateable", type.Replicateable);
        json.WriteBoolean("retrieveable", type.Retrieveable);
        json.WriteBoolean("searchable", type.Searchable);
        json.WriteBoolean("triggerable", type.Triggerable);
        json.WriteBoolean("undeletable", type.Undeletable);
        json.WriteBoolean("updateable", type.Updateable && seen.Rights.Edit);
        WriteUrls(json, seen, root, origin: null);
        json.WriteEndObject();
    }

    /// <summary>Writes the whole description: the fields that this user may read, with what this user may do to them.</summary>
    public static void WriteWhole(Utf8JsonWriter json, UserObject seen, string root, string origin)
    {
        var type = seen.Type;
        json.WriteStartObject();
        WriteEmpty(json, "actionOverrides");
        json.WriteBoolean("activateable", false);
        json.WriteNull("associateEntityType");
        json.WriteNull("associateParentEntity");
        WriteChildren(json, seen);
        json.WriteBoolean("compactLayoutable", type.Layoutable);
        json.WriteBoolean("createable", type.Createable && seen.Rights.Create);
        json.WriteBoolean("custom", type.IsCustom);
        json.WriteBoolean("customSetting", false);
        json.WriteBoolean("deepCloneable", false);
        json.WriteNull("defaultImplementation");
        json.WriteBoolean("deletable", type.Deletable && seen.Rights.Delete);
        json.WriteBoolean("deprecatedAndHidden", false);
        json.WriteNull("extendedBy");
        json.WriteNull("extendsInterfaces");
        json.WriteBoolean("feedEnabled", type.FeedEnabled);
        json.WriteStartArray("fields");
        foreach (var field in seen.Visible)
        {
            FieldJson.Write(json, seen, field);
        }

        json.WriteEndArray();
        json.WriteBoolean("hasSubtypes", false);
        json.WriteNull("implementedBy");
        json.WriteNull("implementsInterfaces");
        json.WriteBoolean("isInterface", false);
        json.WriteBoolean("isSubtype", false);
        json.WriteString("keyPrefix", type.KeyPrefix);
        json.WriteString("label", type.Label);
        json.WriteString("labelPlural", type.LabelPlural);
        json.WriteBoolean("layoutable", type.Layoutable);
        json.WriteNull("listviewable");
        json.WriteNull("lookupLayoutable");
        json.WriteBoolean("mergeable", type.Mergeable);
        json.WriteBoolean("mruEnabled", type.MruEnabled);
        json.WriteString("name", type.Name);
        WriteEmpty(json, "namedLayoutInfos");
        json.WriteNull("networkScopeFieldName");
        json.WriteBoolean("queryable", type.Queryable);
        WriteRecordTypes(json, seen, root);
        json.WriteBoolean("replicateable", type.Replicateable);
        json.WriteBoolean("retrieveable", type.Retrieveable);
        json.WriteBoolean("searchLayoutable", type.Searchable);
        json.WriteBoolean("searchable", type.Searchable);
        json.WriteString("sobjectDescribeOption", "FULL");
        WriteScopes(json, seen);
        json.WriteBoolean("triggerable", type.Triggerable);
        json.WriteBoolean("undeletable", type.Undeletable);
        json.WriteBoolean("updateable", type.Updateable && seen.Rights.Edit);
        WriteUrls(json, seen, root, origin);
        json.WriteEndObject();
    }

    private static void WriteChildren(Utf8JsonWriter json, UserObject seen)
    {
        json.WriteStartArray("childRelationships");
        foreach (var child in seen.Children)
        {
            json.WriteStartObject();
            json.WriteBoolean("cascadeDelete", child.CascadeDelete);
            json.WriteString("childSObject", child.Child.Name);
            json.WriteBoolean("deprecatedAndHidden", false);
            json.WriteString("field", child.Field.Name);
            WriteEmpty(json, "junctionIdListNames");
            WriteEmpty(json, "junctionReferenceTo");
            json.WriteString("relationshipName", child.Name);
            json.WriteBoolean("restrictedDelete", child.RestrictedDelete);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Every object that has layouts has the one record type that all records without another belong to; it comes last.</summary>
    private static void WriteRecordTypes(Utf8JsonWriter json, UserObject seen, string root)
    {
        json.WriteStartArray("recordTypeInfos");
        foreach (var kind in seen.Type.RecordKinds)
        {
            WriteRecordType(json, $"{root}/sobjects/{seen.Name}", kind.Id, kind.DeveloperName, kind.Name, kind.IsDefault, isMaster: false);
        }

        if (seen.Type.Layoutable && seen.Type.MruEnabled)
        {
            WriteRecordType(json, $"{root}/sobjects/{seen.Name}", RecordKind.MasterId, "Master", "Master", isDefault: seen.Type.RecordKinds.Count == 0, isMaster: true);
        }

        json.WriteEndArray();
    }

    private static void WriteRecordType(Utf8JsonWriter json, string address, string id, string developerName, string name, bool isDefault, bool isMaster)
    {
        json.WriteStartObject();
        json.WriteBoolean("active", true);
        json.WriteBoolean("available", true);
        json.WriteBoolean("defaultRecordTypeMapping", isDefault);
        json.WriteString("developerName", developerName);
        json.WriteBoolean("master", isMaster);
        json.WriteString("name", name);
        json.WriteString("recordTypeId", id);
        json.WriteStartObject("urls");
        json.WriteString("layout", $"{address}/describe/layouts/{id}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter json, UserObject seen)
    {
        var plural = seen.Type.LabelPlural.ToLowerInvariant();
        (string Label, string Name)[] scopes = seen.Type.OwnerField is null
            ? [($"All {plural}", "everything")]
            : [($"All {plural}", "everything"), ($"My {plural}", "mine"), ("Filter by scope", "scopingRule"), ($"My team's {plural}", "team")];
        json.WriteStartArray("supportedScopes");
        foreach (var (label, name) in scopes)
        {
            json.WriteStartObject();
            json.WriteString("label", label);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the addresses about an object; those of layouts, list views and quick actions, which are not answered here, are not told.</summary>
    private static void WriteUrls(Utf8JsonWriter json, UserObject seen, string root, string? origin)
    {
        var address = $"{root}/sobjects/{seen.Name}";
        json.WriteStartObject("urls");
        json.WriteString("rowTemplate", $"{address}/{{ID}}");
        if (origin is not null && seen.Type.Layoutable)
        {
            json.WriteString("uiDetailTemplate", $"{origin}/{{ID}}");
            json.WriteString("uiEditTemplate", $"{origin}/{{ID}}/e");
        }

        json.WriteString("describe", $"{address}/describe");
        if (origin is not null && seen.Type.Layoutable)
        {
            json.WriteString("uiNewRecord", $"{origin}/{seen.Type.KeyPrefix}/e");
        }

        json.WriteString("sobject", address);
        json.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }
}
