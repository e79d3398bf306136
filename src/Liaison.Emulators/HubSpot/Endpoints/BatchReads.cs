using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading many records by id or unique value.</summary>
internal sealed class BatchReads(Refusals refusals, BatchAnswer answer)
{
    public const int Largest = 100;
    private const int LargestWithHistory = 50;

    public Reply Read(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var keys = call.Items("inputs").Select(input => input.TextOf("id")).OfType<string>().ToList();
        var history = call.Body.TextsOf("propertiesWithHistory");
        if (RefuseSize(refusals, call, history.Count > 0 ? LargestWithHistory : Largest) is { } tooMany)
        {
            return tooMany;
        }

        var idProperty = call.Text("idProperty");
        if (ObjectReads.RefuseIdProperty(refusals, type, idProperty) is { } wrong)
        {
            return wrong;
        }

        var selection = Selection.Of(call, type, call.Body.TextsOf("properties"), history);
        var archived = call.QueryFlag("archived");
        var results = new List<Action<Utf8JsonWriter>>(keys.Count);
        var missing = new List<string>();
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            if (RecordAccess.TryFind(call, type, key, idProperty, archived, out var record))
            {
                results.Add(json => RecordJson.Write(json, call, type, record, selection));
            }
            else
            {
                missing.Add(key);
            }
        }

        return answer.Of(call, 200, results, missing.Count == 0 ? [] : [NotFound(type, missing)]);
    }

    /// <summary>One entry for all ids that were not found (contract section 6.1).</summary>
    public static BatchFault NotFound(ObjectType type, IReadOnlyList<string> ids) => new(
        "OBJECT_NOT_FOUND", $"Could not get some {type.ErrorName} objects, they may be deleted or not exist. Check that ids are valid.", null, [("ids", ids)]);

    /// <summary>Refuses a batch without inputs or with too many.</summary>
    public static Reply? RefuseSize(Refusals refusals, Call call, int largest)
    {
        var inputs = call.Body.MemberOf("inputs");
        if (inputs.ValueKind != JsonValueKind.Array)
        {
            return refusals.InvalidJson("some required fields were not set: [inputs]");
        }

        var count = inputs.GetArrayLength();
        return count <= largest ? null : refusals.Validation(
            $"The maximum number of inputs supported in a batch request is {largest}. Your request contained {count} inputs.");
    }
}
