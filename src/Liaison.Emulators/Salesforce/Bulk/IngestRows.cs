using System.Globalization;
using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Turns rows of a job into the collection that writes them.</summary>
internal sealed class IngestRows
{
    private const string Clears = "#N/A";

    private readonly BulkJob _job;
    private readonly Column[] _columns;

    private IngestRows(BulkJob job, string[] header, Column[] columns) => (_job, Header, _columns) = (job, header, columns);

    public string[] Header { get; }

    /// <summary>Looks the header up; the message that fails the job where a column is none of the user's fields.</summary>
    public static string? Bind(BulkJob job, string[] header, out IngestRows? rows)
    {
        rows = null;
        var columns = new List<Column>();
        var target = job.Caller.View().Find(job.ObjectName);
        foreach (var name in header)
        {
            if (target is null || ColumnOf(job, target, name.Trim()) is not { } column)
            {
                return $"InvalidBatch : Field name not found : {name}";
            }

            columns.Add(column);
        }

        rows = new IngestRows(job, [.. header.Select(name => name.Trim())], [.. columns]);
        return null;
    }

    public string IdOf(string[] cells) => Array.FindIndex(_columns, column => column.Field.Type == SoqlType.Id) is >= 0 and var at ? cells[at] : "";

    /// <summary>Spells what is wrong with a row to delete that names no record, as result files have it.</summary>
    /// <remarks>The ids of a delete stand in one address, joined by commas: a cell that is empty or holds a comma would move the outcomes of all rows behind it.</remarks>
    public string? Refuse(string[] cells) => _job.Operation is not (JobOperation.Delete or JobOperation.HardDelete) ? null
        : IdOf(cells) is not { Length: > 0 } id ? "MISSING_ARGUMENT:Id not specified in a delete call:--"
        : SoqlIds.Normalize(id) is null ? $"MALFORMED_ID:malformed id {id}:--" : null;

    public SubRequest Request(IReadOnlyList<string[]> rows)
    {
        var root = $"/services/data/{_job.Version}/composite/sobjects";
        if (_job.Operation is JobOperation.Delete or JobOperation.HardDelete)
        {
            return new SubRequest("DELETE", $"{root}?ids={string.Join(',', rows.Select(cells => Uri.EscapeDataString(IdOf(cells))))}&allOrNone=false", CompositeItem.Nothing, null);
        }

        var body = new JsonObject { ["allOrNone"] = false, ["records"] = new JsonArray([.. rows.Select(Record)]) };
        return _job.Operation switch
        {
            JobOperation.Insert => new SubRequest("POST", root, CompositeItem.Nothing, body),
            JobOperation.Upsert => new SubRequest("PATCH", $"{root}/{_job.ObjectName}/{_job.ExternalIdField}", CompositeItem.Nothing, body),
            _ => new SubRequest("PATCH", root, CompositeItem.Nothing, body),
        };
    }

    private static Column? ColumnOf(BulkJob job, ISoqlObject target, string name)
    {
        if (target.Field(name) is { IsCompound: false } field)
        {
            return new Column(field, Relationship: null);
        }

        // A parent by its own key: Account.Key__c.
        return name.Split('.') is [var relationship, var key] && target.Parent(relationship) is { ReferenceTo: [var parent] } reference && job.Caller.View().Find(parent)?.Field(key) is { } keyField
            ? new Column(keyField, reference.Relationship)
            : null;
    }

    private JsonObject Record(string[] cells)
    {
        // The attributes must come first (contract section 7).
        var record = new JsonObject { ["attributes"] = new JsonObject { ["type"] = _job.ObjectName } };
        for (var at = 0; at < cells.Length; at++)
        {
            // An empty cell leaves the field as it is.
            if (cells[at].Length == 0)
            {
                continue;
            }

            var value = cells[at] == Clears ? null : Typed(cells[at], _columns[at].Field.Type);
            if (_columns[at].Relationship is { } relationship)
            {
                record[relationship] = value is null ? null : new JsonObject { [_columns[at].Field.Name] = value };
            }
            else
            {
                record[_columns[at].Field.Name] = value;
            }
        }

        return record;
    }

    /// <summary>Cells are text; what is no number or truth stays text for the org to refuse.</summary>
    private static JsonValue Typed(string cell, SoqlType type) => type switch
    {
        SoqlType.Boolean when bool.TryParse(cell, out var flag) => JsonValue.Create(flag),
        SoqlType.Boolean when cell is "1" or "0" => JsonValue.Create(cell == "1"),
        SoqlType.Int or SoqlType.Double or SoqlType.Currency or SoqlType.Percent
            when decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(cell),
    };

    private sealed record Column(SoqlField Field, string? Relationship);
}
