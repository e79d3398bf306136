using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Execution;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>Writes a page of what a statement found.</summary>
/// <param name="root">The path of the version that was asked: /services/data/v66.0.</param>
/// <param name="pageSize">The most records of a page; those of sub-queries count (contract section 6.1).</param>
/// <param name="locator">Opens a cursor at a record of a result, for what does not fit.</param>
internal sealed class AnswerWriter(Utf8JsonWriter json, string root, int pageSize, Func<SoqlResult, int, string> locator)
{
    public void Write(SoqlResult result, int from)
    {
        json.WriteStartObject();
        json.WriteNumber("totalSize", result.TotalSize);
        switch (result)
        {
            case SoqlResult.Rows rows:
                WriteRows(rows, from);
                break;
            case SoqlResult.Groups groups:
                WriteEnd(done: true, null);
                WriteGroups(groups);
                break;
            default:
                WriteEnd(done: true, null);
                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one record with its parents and sub-queries.</summary>
    public void WriteRecord(Found found, RowPlan plan, IReadOnlyList<SoqlResult.Rows> children, string? type = null)
    {
        json.WriteStartObject();
        json.WriteStartObject("attributes");
        json.WriteString("type", type ?? found.Object.Name);
        json.WriteString("url", $"{root}/sobjects/{found.Object.Name}/{found.Row.Id}");
        json.WriteEndObject();
        var child = 0;
        foreach (var entry in plan.Entries)
        {
            json.WritePropertyName(entry.Key);
            switch (entry)
            {
                case PlanEntry.Value value:
                    ValueJson.Write(json, value.Read(found), value.Type);
                    break;
                case PlanEntry.Parent parent when parent.Hop.From(found.Row) is { } above:
                    WriteRecord(above, parent.PlanOf(above), [], parent.IsGeneric ? "Name" : null);
                    break;
                case PlanEntry.Children when children[child++] is { TotalSize: > 0 } nested:
                    Write(nested, from: 0);
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndObject();
    }

    private void WriteRows(SoqlResult.Rows rows, int from)
    {
        // Sub-queries run before anything is written: how many children came decides where the page ends.
        var page = new List<(Found Found, IReadOnlyList<SoqlResult.Rows> Children)>();
        for (var (at, used) = (from, 0); at < rows.TotalSize && used < pageSize; at++)
        {
            var found = rows[at];
            List<SoqlResult.Rows> children = [.. rows.Plan.Children.Select(child => child.Of(found))];
            used += 1 + children.Sum(child => Math.Min(child.TotalSize, pageSize));
            page.Add((found, children));
        }

        var next = from + page.Count;
        WriteEnd(next >= rows.TotalSize, next >= rows.TotalSize ? null : locator(rows, next));
        foreach (var (found, children) in page)
        {
            WriteRecord(found, rows.Plan, children);
        }

        json.WriteEndArray();
    }

    private void WriteGroups(SoqlResult.Groups groups)
    {
        foreach (var group in groups.All)
        {
            json.WriteStartObject();
            json.WriteStartObject("attributes");
            json.WriteString("type", "AggregateResult");
            json.WriteEndObject();
            foreach (var (key, value) in groups.Columns)
            {
                json.WritePropertyName(key);
                ValueJson.Write(json, value.Read(group), value.Type);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteEnd(bool done, string? next)
    {
        json.WriteBoolean("done", done);
        if (next is not null)
        {
            json.WriteString("nextRecordsUrl", $"{root}/query/{next}");
        }

        json.WriteStartArray("records");
    }
}
