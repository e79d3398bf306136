using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Imports;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Importing files of rows: asked for, watched, cancelled while there is time.</summary>
internal sealed class ImportTasks(Refusals refusals, RecordWriter writer, AssociationEditor editor)
{
    private static readonly string[] Operations = ["CREATE", "UPDATE", "UPSERT"];

    /// <summary>How long an import takes.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public Reply Start(Call call)
    {
        if (!call.Request.HasFormContentType)
        {
            return refusals.WrongContentType(call.Request.ContentType);
        }

        JsonElement request;
        try
        {
            using var document = JsonDocument.Parse(call.Request.Form["importRequest"].ToString());
            request = document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            return refusals.InvalidJson($"the part importRequest is no JSON: {malformed.Message}");
        }

        var operations = new Dictionary<string, string>();
        var given = request.MemberOf("importOperations");
        foreach (var operation in given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToList() : [])
        {
            operations[operation.Name] = operation.Value.AsText() ?? "";
        }

        if (operations.Values.Except(Operations).Any())
        {
            return refusals.Validation("An importOperation is CREATE, UPDATE or UPSERT.");
        }

        var reader = new ImportReader(call);
        if (reader.Read(request) is not { } files)
        {
            return refusals.Validation(reader.Fault);
        }

        var now = Instants.ToMilliseconds(call.Now);
        var import = new CrmImport(call.Account.Imports.Count + 71_001, request.TextOf("name") ?? "", request, files, now);
        call.Account.Imports.Add(import);
        var run = new ImportRun(call, import, writer, editor, operations, new DateFormat(request.TextOf("dateFormat") ?? "MONTH_DAY_YEAR"));
        call.Account.Chores.Add(now + Duration, () =>
        {
            if (import.State == "STARTED")
            {
                run.Execute(request.FlagOf("createContactListFromImport", otherwise: false), now + Duration);
            }
        });
        return Reply.Ok(json => ImportJson.Write(json, import));
    }

    public Reply List(Call call) => TeamSettings.Page(refusals, call, call.Account.Imports, import => import.Id, ImportJson.Write);

    public Reply Get(Call call) => With(call, import => Reply.Ok(json => ImportJson.Write(json, import)));

    public Reply Cancel(Call call) => With(call, import =>
    {
        if (import.State != "STARTED")
        {
            return refusals.Validation($"Import {import.Id} is {import.State} and can no longer be cancelled.");
        }

        var now = Instants.ToMilliseconds(call.Now);
        (import.State, import.UpdatedAt) = ("CANCELED", now);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "CANCELED");
            RecordJson.WriteMoment(json, "requestedAt", now);
            RecordJson.WriteMoment(json, "startedAt", import.CreatedAt);
            RecordJson.WriteMoment(json, "completedAt", now);
            json.WriteEndObject();
        });
    });

    public Reply Errors(Call call) => With(call, import => TeamSettings.Page(
        refusals, call, import.Faults, fault => fault.Id, (json, fault) => ImportJson.Write(json, fault, call.QueryFlag("includeErrorMessage"), call.QueryFlag("includeRowData"))));

    private Reply With(Call call, Func<CrmImport, Reply> work) =>
        call.Account.Imports.Find(import => import.Id.ToString(CultureInfo.InvariantCulture) == call["import"]) is { } found
            ? work(found)
            : refusals.NotFound($"No import {call["import"]} exists.");
}
