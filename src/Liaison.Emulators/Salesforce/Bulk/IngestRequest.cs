using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>What an ingest job is to do, judged before it is made.</summary>
internal sealed record IngestRequest(ISoqlObject Object, JobOperation Operation, string? ExternalIdField, CsvDialect Dialect)
{
    public static BulkFault? Read(JsonElement body, BulkCaller caller, out IngestRequest request)
    {
        request = null!;
        if (!JobOperations.TryFind(body.TextOf("operation"), out var operation) || operation.IsQuery())
        {
            return BulkFault.InvalidJob("InvalidJob : The operation must be one of insert, update, upsert, delete, hardDelete.");
        }

        if (operation == JobOperation.HardDelete && !caller.MayHardDelete)
        {
            return new BulkFault(400, "FEATURENOTENABLED", "FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator");
        }

        if (caller.View().Find(body.TextOf("object") ?? "") is not { } target)
        {
            return new BulkFault(400, "INVALIDENTITY", $"InvalidEntity : Entity '{body.TextOf("object")}' is not supported by the Bulk API.");
        }

        if (body.TextOf("contentType") is { } type && type != "CSV")
        {
            return BulkFault.InvalidJob("InvalidJob : The contentType must be CSV.");
        }

        if (CsvDialect.Of(body.TextOf("columnDelimiter"), body.TextOf("lineEnding")) is not { } dialect)
        {
            return BulkFault.InvalidJob("InvalidJob : columnDelimiter must be BACKQUOTE, CARET, COMMA, PIPE, SEMICOLON or TAB; lineEnding must be LF or CRLF.");
        }

        var key = body.TextOf("externalIdFieldName");
        if (operation == JobOperation.Upsert && (key is null || target.Field(key) is null))
        {
            return BulkFault.InvalidJob($"InvalidJob : Field name provided, {key ?? "(none)"} does not match an External ID, Salesforce Id, or indexed field for {target.Name}");
        }

        request = new IngestRequest(target, operation, operation == JobOperation.Upsert ? target.Field(key!)!.Name : null, dialect);
        return null;
    }
}

/// <summary>Tolerant reading of job bodies.</summary>
internal static class JobBodies
{
    public static string? TextOf(this JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
