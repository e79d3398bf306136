using System.Text.Json;
using Liaison.Emulators.Salesforce.Describing;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Writing;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Single records (contract sections 3.1 and 3.2).</summary>
internal sealed class RowRoutes(RowWriter writer)
{
    private const int RecentRows = 5;

    public IEnumerable<Route> All =>
    [
        new("GET", "sobjects/{type}", Overview),
        new("POST", "sobjects/{type}", Create),
        new("POST", "sobjects/{type}/Id", Create),
        new("GET", "sobjects/{type}/{id}", Read),
        new("PATCH", "sobjects/{type}/{id}", Update),
        new("DELETE", "sobjects/{type}/{id}", Delete),
        new("GET", "sobjects/{type}/{key}/{value}", ReadBelow),
        new("PATCH", "sobjects/{type}/{key}/{value}", Upsert),
        new("DELETE", "sobjects/{type}/{key}/{value}", DeleteByKey),
        new("GET", "recent", Recent),
    ];

    private static Reply Overview(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("objectDescribe");
            ObjectJson.WriteShort(json, seen, call.Request.Root);
            json.WriteStartArray("recentItems");
            foreach (var row in RecentOf(call, seen))
            {
                RowJson.Write(json, call, row, Short(seen));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Reply Recent(Call call) => Reply.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var seen in call.Schema.Objects.Where(seen => seen.Type.MruEnabled))
        {
            foreach (var row in RecentOf(call, seen))
            {
                RowJson.Write(json, call, row, Short(seen));
            }
        }

        json.WriteEndArray();
    });

    /// <summary>Gives what the user changed last.</summary>
    private static IEnumerable<SObjectRow> RecentOf(Call call, UserObject seen) => seen.Type.Rows.All
        .Where(row => !row.IsDeleted && row.LastModifiedById == call.User.Id && call.Schema.Sharing.Sees(row))
        .OrderByDescending(row => row.LastModifiedDate).Take(RecentRows);

    private static SObjectField[] Short(UserObject seen) =>
        seen.Type.NameField is { } name ? [seen.Type.Field("Id"), name] : [seen.Type.Field("Id")];

    private Reply Create(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        var outcome = writer.Create(WriteContext.Of(call), seen, RowInput.Read(call.Body));
        return outcome.Success ? Made(call, seen, outcome.Id!, created: null) : Reply.Refuse(outcome.Errors);
    }

    private static Reply Read(Call call) => !Locator.TryObject(call, out var seen, out var refused) ? refused
        : Locator.Row(seen, call["id"], out var row) ?? Show(call, seen, row);

    /// <summary>What follows an id is a way to other records or a blob; what follows anything else is the value of an external id.</summary>
    private static Reply ReadBelow(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        if (!SalesforceId.TryParse(call["key"], out _))
        {
            return Locator.RowByKey(call, seen, out var named) ?? Show(call, seen, named);
        }

        return Locator.Row(seen, call["key"], out var row) is { } missing ? missing
            : seen.TryGetField(call["value"], out var field) && field.Type == SoqlType.Base64 ? Blob(row, field)
            : seen.ParentField(call["value"]) is { } reference ? Parent(call, row, reference)
            : seen.ChildOf(call["value"]) is { } children ? Children(call, row, children)
            : Reply.NotFound();
    }

    private static Reply Show(Call call, UserObject seen, SObjectRow row)
    {
        var reply = Preconditions.Read(call, row)
            ?? Locator.Fields(seen, Locator.Names(call.Query("fields")), out var fields)
            ?? Reply.Ok(json => RowJson.Write(json, call, row, fields));
        reply = reply.Status is 200 or 304 ? reply.With("Last-Modified", Moments.Header(row.LastModifiedDate)) : reply;
        return reply.Status is 200 or 304 && Preconditions.TagOf(row) is { } tag ? reply.With("ETag", tag) : reply;
    }

    private static Reply Parent(Call call, SObjectRow row, SObjectField reference) =>
        call.Org.Find(row[reference] as string) is { IsDeleted: false } parent && call.Schema.Of(parent.Type) is { } seen && call.Schema.Sharing.Sees(parent)
            ? Show(call, seen, parent)
            : Reply.NotFound($"The requested resource does not exist");

    private static Reply Children(Call call, SObjectRow row, ChildRelationship children)
    {
        var seen = call.Schema.Of(children.Child)!;
        if (Locator.Fields(seen, Locator.Names(call.Query("fields")), out var fields) is { } unknown)
        {
            return unknown;
        }

        var rows = seen.RowsOf(children.Field.ToSoql(), row.Id, withDeleted: false).OfType<SObjectRow>().Take(2_000).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("totalSize", rows.Count);
            json.WriteBoolean("done", true);
            json.WriteStartArray("records");
            foreach (var child in rows)
            {
                RowJson.Write(json, call, child, fields);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Reply Blob(SObjectRow row, SObjectField field) => row[field] is not string content ? Reply.NotFound() : new Reply(200)
    {
        ContentType = "application/octet-stream",
        Content = async (stream, cancellationToken) => await stream.WriteAsync(Convert.FromBase64String(content), cancellationToken),
    };

    private Reply Update(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        if ((Locator.Row(seen, call["id"], out var row) ?? Preconditions.Write(call, row)) is { } stopped)
        {
            return stopped;
        }

        var input = RowInput.Read(call.Body);
        if (input.Id is not null)
        {
            return Reply.Refuse(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
        }

        var outcome = writer.Update(WriteContext.Of(call), seen, row.Id, input);
        return outcome.Success ? Reply.NoContent : Reply.Refuse(outcome.Errors);
    }

    private Reply Upsert(Call call)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        if (Locator.Key(seen, call["key"], out var key) is { } unknown)
        {
            return unknown;
        }

        var input = RowInput.Read(call.Body);
        if (input.Values.Any(value => string.Equals(value.Key, key.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return Reply.Refuse(400, "INVALID_FIELD", $"The {key.Name} field should not be specified in the sobject data.");
        }

        if (key.Name == "Id" && Locator.Row(seen, call["value"], out _) is { } missing)
        {
            return missing;
        }

        var outcome = writer.Upsert(WriteContext.Of(call), seen, key, call["value"], input, string.Equals(call.Query("updateOnly"), "true", StringComparison.OrdinalIgnoreCase));
        return outcome.Candidates.Count > 0 ? Locator.Several(call, outcome.Candidates)
            : !outcome.Success ? Reply.Refuse(outcome.Errors)
            : call.Version < 46 && !outcome.Created ? Reply.NoContent
            : Made(call, seen, outcome.Id!, outcome.Created);
    }

    private Reply Delete(Call call) => !Locator.TryObject(call, out var seen, out var refused) ? refused
        : Locator.Row(seen, call["id"], out var row) ?? Remove(call, seen, row);

    private Reply DeleteByKey(Call call) => !Locator.TryObject(call, out var seen, out var refused) ? refused
        : Locator.RowByKey(call, seen, out var row) ?? Remove(call, seen, row);

    private Reply Remove(Call call, UserObject seen, SObjectRow row)
    {
        var outcome = writer.Delete(WriteContext.Of(call), seen, row.Id);
        return outcome.Success ? Reply.NoContent : Reply.Refuse(outcome.Errors);
    }

    private static Reply Made(Call call, UserObject seen, string id, bool? created) =>
        new Reply(created == false ? 200 : 201, (Utf8JsonWriter json) => RowJson.WriteOutcome(json, id, [], created))
            .With("Location", $"{call.Request.Root}/sobjects/{seen.Name}/{id}");
}
