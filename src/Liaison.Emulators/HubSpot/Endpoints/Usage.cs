using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>How much of what the account may have it has.</summary>
/// <remarks>The counts are of the account as it is. The limits are those of an account of its kind; they are told and not enforced.</remarks>
internal static class Usage
{
    private const int MostCustomTypes = 10;
    private const int MostCustomProperties = 1_000;
    private const int MostCalculatedProperties = 200;
    private const int MostPipelines = 100;
    private const int MostRecords = 15_000_000;
    private const int MostCustomRecords = 1_500_000;

    public static Reply CustomTypes(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        WriteUsage(json, "", call.Account.Types.Count(type => type.Custom is not null), MostCustomTypes);
        json.WriteEndObject();
    });

    public static Reply CustomProperties(Call call) => OfTypes(
        call.Account.Types, type => type.Properties.Count(property => IsOwn(property)), MostCustomProperties, MostCustomProperties * call.Account.Types.Count);

    public static Reply CalculatedProperties(Call call) => OfTypes(
        call.Account.Types,
        type => type.Properties.Count(property => IsOwn(property) && (property.CalculationFormula is not null || property.FieldType.StartsWith("calculation_", StringComparison.Ordinal))),
        null,
        MostCalculatedProperties);

    public static Reply Records(Call call) => ByKind(call, type => type.Records.Live.Count(), MostRecords, MostCustomRecords);

    public static Reply Pipelines(Call call) => ByKind(
        call, type => call.Account.PipelinesOf(type).Count(pipeline => !pipeline.Archived), MostPipelines, MostPipelines, type => call.Account.Pipelines.ContainsKey(type.Id));

    public static void WriteType(Utf8JsonWriter json, ObjectType type)
    {
        json.WriteString("objectTypeId", type.Id);
        json.WriteString("singularLabel", type.Custom?.SingularLabel ?? type.Title);
        json.WriteString("pluralLabel", type.Custom?.PluralLabel ?? char.ToUpperInvariant(type.Name[0]) + type.Name[1..]);
    }

    private static bool IsOwn(PropertyDefinition property) => property is { HubSpotDefined: false, ArchivedAt: null };

    private static Reply OfTypes(IReadOnlyList<ObjectType> types, Func<ObjectType, int> count, int? limit, int overall)
    {
        var usages = types.Select(type => (Type: type, Count: count(type))).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            WriteUsage(json, "overall", usages.Sum(usage => usage.Count), overall);
            WriteTypes(json, "byObjectType", usages, limit);
            json.WriteEndObject();
        });
    }

    private static Reply ByKind(Call call, Func<ObjectType, int> count, int limit, int customLimit, Func<ObjectType, bool>? counts = null)
    {
        var usages = call.Account.Types.Where(type => counts?.Invoke(type) != false).Select(type => (Type: type, Count: count(type))).ToList();
        var custom = usages.Where(usage => usage.Type.Custom is not null).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("customObjectTypes");
            WriteUsage(json, "overall", custom.Sum(usage => usage.Count), customLimit);
            WriteTypes(json, "byObjectType", custom, null);
            json.WriteEndObject();
            WriteTypes(json, "hubspotDefinedObjectTypes", [.. usages.Where(usage => usage.Type.Custom is null)], limit);
            json.WriteEndObject();
        });
    }

    private static void WriteTypes(Utf8JsonWriter json, string name, List<(ObjectType Type, int Count)> usages, int? limit)
    {
        json.WriteStartArray(name);
        foreach (var (type, count) in usages)
        {
            json.WriteStartObject();
            WriteType(json, type);
            if (limit is { } most)
            {
                WriteUsage(json, "", count, most);
            }
            else
            {
                json.WriteNumber("usage", count);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes usage, limit and percentage; under a prefix their names begin with a capital.</summary>
    public static void WriteUsage(Utf8JsonWriter json, string prefix, long usage, long limit)
    {
        string Name(string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
        json.WriteNumber(Name("usage"), usage);
        json.WriteNumber(Name("limit"), limit);
        json.WriteNumber(Name("percentage"), Math.Round(100m * usage / limit, 2));
    }
}
