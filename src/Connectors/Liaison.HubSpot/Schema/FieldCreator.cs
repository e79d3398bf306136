using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Schema;

/// <summary>Creates properties, in a group of Liaison's own so that people see where they come from.</summary>
internal sealed class FieldCreator(HubSpotApi api)
{
    private const string Group = "liaison";

    internal async Task<Result<Done>> CreateAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken)
    {
        if (PropertyKind.Of(field.Type) is not { } kind)
        {
            return new Failure(FailureKind.Unsupported, "HubSpot has no property type for such a field; choose another type.") { Field = field.Name };
        }

        var native = HubSpotRecordTypes.Of(type).NativeName;
        var grouped = await EnsureGroupAsync(native, cancellationToken);
        if (grouped.Failure is { } refused)
        {
            return refused;
        }

        var call = new CrmCall(CrmOperation.WriteSchema, $"{native}.create-property", HttpMethod.Post, api.Paths.Properties(native))
        {
            Body = Body(field, kind),
        };
        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then<Done>(_ => Done.Value);
    }

    private async Task<Result<Done>> EnsureGroupAsync(string native, CancellationToken cancellationToken)
    {
        var path = api.Paths.PropertyGroups(native);
        var read = await api.GetAsync(CrmOperation.Describe, $"{native}.groups", path, HubSpotJson.Default.GroupsDocument, cancellationToken);
        if (!read.TryGet(out var groups, out var refused))
        {
            return refused;
        }

        if ((groups.Results ?? []).Any(group => group.Name == Group))
        {
            return Done.Value;
        }

        var call = new CrmCall(CrmOperation.WriteSchema, $"{native}.create-group", HttpMethod.Post, path)
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteString("name", Group);
                writer.WriteString("label", "Liaison");
            }),
        };
        var sent = await api.SendAsync(call, cancellationToken);
        // Somebody else made it in between.
        return sent.Failure is { } failure && failure.Kind != FailureKind.Duplicate ? failure : Done.Value;
    }

    private static ReadOnlyMemory<byte> Body(FieldDefinition field, PropertyKind kind) => JsonBody.OfObject(writer =>
    {
        writer.WriteString("name", field.NativeName);
        writer.WriteString("label", field.Label);
        writer.WriteString("groupName", Group);
        writer.WriteString("type", kind.Type);
        writer.WriteString("fieldType", kind.FieldType);
        if (field.Unique)
        {
            writer.WriteBoolean("hasUniqueValue", true);
        }

        var options = field.Type == FieldType.Flag ? PropertyKind.YesAndNo : field.Options;
        if (options.Count > 0)
        {
            writer.WriteStartArray("options");
            for (var place = 0; place < options.Count; place++)
            {
                writer.WriteStartObject();
                writer.WriteString("value", options[place].Value);
                writer.WriteString("label", options[place].Label);
                writer.WriteNumber("displayOrder", place);
                writer.WriteBoolean("hidden", !options[place].Active);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    });
}

/// <summary>HubSpot's two words for the type of a property that is to be created.</summary>
internal sealed record PropertyKind(string Type, string FieldType)
{
    /// <summary>Gets the choices without which HubSpot takes no true-or-false property.</summary>
    internal static IReadOnlyList<OptionDefinition> YesAndNo { get; } = [new("true", "Yes"), new("false", "No")];

    /// <returns><see langword="null"/> for a type that HubSpot lacks.</returns>
    internal static PropertyKind? Of(FieldType type) => type switch
    {
        Model.FieldType.Text => new("string", "textarea"),
        Model.FieldType.RichText => new("string", "html"),
        Model.FieldType.Number or Model.FieldType.Money => new("number", "number"),
        Model.FieldType.Flag => new("bool", "booleancheckbox"),
        Model.FieldType.Date => new("date", "date"),
        Model.FieldType.Instant => new("datetime", "date"),
        Model.FieldType.Option => new("enumeration", "select"),
        Model.FieldType.OptionList => new("enumeration", "checkbox"),
        Model.FieldType.TimeOfDay or Model.FieldType.Reference => null,
    };
}
