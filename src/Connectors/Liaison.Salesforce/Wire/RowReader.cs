using System.Text.Json;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.Salesforce.Wire;

/// <summary>Reads answers full of rows straight from their bytes: this is where a run over many records spends its time.</summary>
/// <param name="fields">The asked fields, those of parents by their path.</param>
internal sealed class RowReader(IReadOnlyList<string> fields)
{
    private const char Step = '.';

    private readonly HashSet<string> own = [.. fields.Where(field => !field.Contains(Step, StringComparison.Ordinal))];

    private readonly ILookup<string, string> ofParents = fields
        .Where(field => field.Contains(Step, StringComparison.Ordinal))
        .ToLookup(field => field[..field.IndexOf(Step, StringComparison.Ordinal)]);

    /// <summary>Reads the answer to a query.</summary>
    /// <exception cref="JsonException">The body is not what Salesforce documents.</exception>
    internal RowPage ReadPage(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        NativeJson.Enter(ref reader, JsonTokenType.StartObject);
        return ReadPage(ref reader);
    }

    /// <summary>Reads the rows of a retrieve by ids, where a record that is not there is null.</summary>
    /// <exception cref="JsonException">The body is not what Salesforce documents.</exception>
    internal IReadOnlyList<SalesforceRow> ReadList(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        NativeJson.Enter(ref reader, JsonTokenType.StartArray);
        return ReadRows(ref reader);
    }

    private RowPage ReadPage(ref Utf8JsonReader reader)
    {
        IReadOnlyList<SalesforceRow>? rows = null;
        long? total = null;
        var done = true;
        string? next = null;
        while (NativeJson.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "records" when reader.TokenType == JsonTokenType.StartArray:
                    rows = ReadRows(ref reader);
                    break;
                case "totalSize" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var size):
                    total = size;
                    break;
                case "done":
                    done = reader.TokenType != JsonTokenType.False;
                    break;
                case "nextRecordsUrl":
                    next = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(
            rows ?? throw new JsonException("A query's answer has no records."),
            total,
            done ? null : next is not null && SalesforcePaths.IsGiven(next) ? next : throw new JsonException("A page that is not the last does not say where the rest is."));
    }

    private List<SalesforceRow> ReadRows(ref Utf8JsonReader reader)
    {
        List<SalesforceRow> rows = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                rows.Add(ReadRow(ref reader));
            }
        }

        return rows;
    }

    private SalesforceRow ReadRow(ref Utf8JsonReader reader)
    {
        var values = new Dictionary<string, NativeValue>(fields.Count, StringComparer.Ordinal);
        while (NativeJson.NextProperty(ref reader, out var name))
        {
            if (own.Contains(name))
            {
                values[name] = ValueReader.Read(ref reader);
            }
            else if (ofParents.Contains(name))
            {
                // A parent that is not there or not to be seen is null: so is then every field of it.
                var parent = JsonElement.ParseValue(ref reader);
                foreach (var path in ofParents[name])
                {
                    values[path] = ValueReader.Read(path.Split(Step).Skip(1).Aggregate(parent, (element, step) => element.Member(step)));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        var id = values.GetValueOrDefault(SystemFields.Id).Raw ?? throw new JsonException("A row has no id.");
        return new(SalesforceId.Normalize(id) ?? id, values);
    }
}
