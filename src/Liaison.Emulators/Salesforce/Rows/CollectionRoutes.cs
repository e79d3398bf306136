using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Writing;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Up to 200 records in one call (contract section 7): always 200, one result a record, in the order of the request.</summary>
internal sealed class CollectionRoutes(RowWriter writer)
{
    private const int MostWrites = 200;
    private const int MostReads = 2_000;

    public IEnumerable<Route> All =>
    [
        new("POST", "composite/sobjects", call => Write(call, "Id", created: false, Repeats.None, (context, input) => Create(context, input))),
        new("PATCH", "composite/sobjects", call => Write(call, "Id", created: false, Repeats.OfIds, (context, input) => Update(context, input))),
        new("DELETE", "composite/sobjects", Delete),
        new("PATCH", "composite/sobjects/{type}/{key}", Upsert),
        new("GET", "composite/sobjects/{type}", Read),
        new("POST", "composite/sobjects/{type}", ReadLong),
    ];

    private WriteOutcome Create(WriteContext context, RowInput input) =>
        input.Type is { } type && context.Schema.Find(type) is { } seen
            ? writer.Create(context, seen, input)
            : WriteOutcome.Fail("INVALID_TYPE", $"sObject type '{input.Type}' is not supported.");

    private WriteOutcome Update(WriteContext context, RowInput input)
    {
        if (input.Type is not { } type || context.Schema.Find(type) is not { } seen)
        {
            return WriteOutcome.Fail("INVALID_TYPE", $"sObject type '{input.Type}' is not supported.");
        }

        return input.Id is null ? WriteOutcome.Fail("MISSING_ARGUMENT", "Id not specified in an update call")
            : !SalesforceId.TryParse(input.Id, out var id) ? WriteOutcome.Fail("MALFORMED_ID", $"{seen.Type.Label} ID: id value of incorrect type: {input.Id}", "Id")
            : Renamed(writer.Update(context, seen, id, input.Without("Id")));
    }

    private Reply Upsert(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused) || Locator.Key(seen, call["key"], out var key) is { } unknown && (refused = unknown) is not null)
        {
            return refused;
        }

        return Write(call, key.Name, created: true, key.Name == "Id" ? Repeats.OfIds : inputs => Repeats.OfKeys(inputs, key.Name), (context, input) =>
        {
            var given = input.Values.FirstOrDefault(value => string.Equals(value.Key, key.Name, StringComparison.OrdinalIgnoreCase)).Value;
            var value = given?.ToString() ?? "";
            return value.Length == 0 && key.Name != "Id"
                ? WriteOutcome.Fail("MISSING_ARGUMENT", $"{key.Name} not specified", key.Name)
                : Renamed(writer.Upsert(context, seen, key, value, input.Without(key.Name)));
        });
    }

    private Reply Delete(Call call)
    {
        var ids = Ids(call.Query("ids"));
        return TooMany(ids.Count, MostWrites) ?? Each(call, IsOn(call.Query("allOrNone")), created: false, ids, (context, given) =>
            !SalesforceId.TryParse(given, out var id) ? WriteOutcome.Fail("MALFORMED_ID", $"malformed id {given}")
            : context.Schema.Org.TryGetTypeOf(id, out var type) && context.Schema.Of(type) is { } seen ? Renamed(writer.Delete(context, seen, id))
            : WriteOutcome.Fail("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
    }

    private static Reply Write(Call call, string key, bool created, Func<IReadOnlyList<RowInput>, WriteOutcome?[]> repeats, Func<WriteContext, RowInput, WriteOutcome> write)
    {
        if (call.Body.MemberOf("records") is not { ValueKind: JsonValueKind.Array } records)
        {
            return Reply.Refuse(400, "JSON_PARSER_ERROR", "The request body has no records at [line:1, column:1]");
        }

        if (TooMany(records.GetArrayLength(), MostWrites) is { } refused)
        {
            return refused;
        }

        RowInput[] inputs = [.. records.EnumerateArray().Select(RowInput.Read)];
        return Each(call, call.Body.FlagOf("allOrNone", false), created, inputs.Zip(repeats(inputs)).ToList(), (context, item) => item.First.HasAttributesFirst(key)
            ? item.Second ?? write(context, item.First)
            : WriteOutcome.Fail("JSON_PARSER_ERROR", "Nested object for polymorphic foreign key must have an attributes field before any other fields."));
    }

    /// <summary>Writes one by one; with allOrNone one failure takes back all that was written.</summary>
    private static Reply Each<T>(Call call, bool allOrNone, bool created, IReadOnlyList<T> items, Func<WriteContext, T, WriteOutcome> write)
    {
        var context = WriteContext.Of(call);
        var mark = call.Undo.Mark;
        WriteOutcome[] outcomes = [.. items.Select(item => write(context, item))];
        if (allOrNone && outcomes.Any(outcome => !outcome.Success))
        {
            call.Undo.RollBackTo(mark);
            outcomes = [.. outcomes.Select(outcome => outcome.Success
                ? WriteOutcome.Fail("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header")
                : outcome)];
        }

        return Reply.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var outcome in outcomes)
            {
                RowJson.WriteOutcome(json, outcome.Id, outcome.Errors, created ? outcome.Created : null);
            }

            json.WriteEndArray();
        });
    }

    private static Reply Read(Call call) => Retrieve(call, Ids(call.Query("ids")), Locator.Names(call.Query("fields")));

    private static Reply ReadLong(Call call) => Retrieve(call, call.Body.TextsOf("ids"), call.Body.TextsOf("fields"));

    private static Reply Retrieve(Call call, IEnumerable<string>? given, IEnumerable<string>? names)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        var ids = given?.ToList() ?? [];
        if (names is null || !names.Any() || ids.Count == 0)
        {
            return Reply.Refuse(400, "MISSING_ARGUMENT", "ids and fields must be given");
        }

        return TooMany(ids.Count, MostReads) ?? Locator.Fields(seen, names, out var fields) ?? Reply.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var text in ids)
            {
                // What is missing, deleted or not shared leaves a hole, so that positions keep their meaning.
                if (SalesforceId.TryParse(text, out var id) && seen.Find(id) is { IsDeleted: false } row)
                {
                    RowJson.Write(json, call, row, fields);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Within collections a record that is not there is a bad reference (contract section 7).</summary>
    private static WriteOutcome Renamed(WriteOutcome outcome) => outcome.Errors is [{ Code: "NOT_FOUND" }]
        ? WriteOutcome.Fail("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id") : outcome;

    private static Reply? TooMany(int count, int most) => count > most
        ? Reply.Refuse(400, "EXCEEDED_ID_LIMIT", $"record limit reached. cannot submit more than {most} records in this call") : null;

    /// <summary>Reads a list of ids; one that is empty keeps its place, as every record has a result of its own, in the order of the request.</summary>
    private static List<string> Ids(string? list) => string.IsNullOrWhiteSpace(list) ? [] : [.. list.Split(',', StringSplitOptions.TrimEntries)];

    private static bool IsOn(string? flag) => string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase);
}
