using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Reads records by an external id, by a statement: those see a write at once, where a search would lag.</summary>
internal sealed class RecordFinder(RowSource rows, SchemaReader schemas, Uri host)
{
    // A statement takes 100,000 letters; its fields and the rest of it need some.
    private const int LongestList = 60_000;

    internal async Task<Result<RecordBatch>> FindAsync(
        SalesforceObject target, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        if (RecordUpserter.Refuse(by) is { } refused)
        {
            return refused;
        }

        var wanted = fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Append(by.NativeName).FirstOrDefault(field => !ConditionCompiler.IsPath(field)) is { } odd)
        {
            return Refusals.NoSuchField(odd);
        }

        // What cannot be a literal of the field is the value of no record.
        var asked = values.Distinct(StringComparer.Ordinal).ToList();
        var literals = asked.Select(value => LiteralOf(by, value)).OfType<string>().ToList();
        List<SalesforceRow> found = [];
        foreach (var part in Parts(literals))
        {
            var read = await schemas.ReadVisibleAsync(
                target.Name,
                [.. SystemFields.All.Append(by.NativeName).Union(wanted, StringComparer.OrdinalIgnoreCase)],
                seen => rows.AllAsync(
                    CrmOperation.Read, $"{target.Name}.find",
                    $"SELECT {string.Join(", ", seen)} FROM {target.Name} WHERE {by.NativeName} IN ({string.Join(',', part)}) ORDER BY Id", seen, cancellationToken),
                cancellationToken);
            if (!read.TryGet(out var page, out var failure))
            {
                return failure;
            }

            found.AddRange(page);
        }

        return Answer(target, by, asked, wanted, found);
    }

    private RecordBatch Answer(SalesforceObject target, FieldDefinition by, List<string> asked, List<string> wanted, List<SalesforceRow> found)
    {
        var exact = found.ToLookup(row => row.Values.GetValueOrDefault(by.NativeName).Raw ?? "", StringComparer.Ordinal);
        var alike = found.ToLookup(row => row.Values.GetValueOrDefault(by.NativeName).Raw ?? "", StringComparer.OrdinalIgnoreCase);
        List<NativeRecord> records = [];
        List<string> missing = [];
        foreach (var value in asked)
        {
            if ((exact[value].FirstOrDefault() ?? alike[value.Trim()].FirstOrDefault()) is { } row)
            {
                records.Add(row.ToRecord(target.Type, wanted, host) with { RequestedId = value });
            }
            else
            {
                missing.Add(value);
            }
        }

        return new(records, missing);
    }

    private static string? LiteralOf(FieldDefinition by, string value) =>
        value.Length == 0 ? null
        : by.Type != FieldType.Number ? SoqlLiteral.Quoted(value)
        : decimal.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? SoqlLiteral.Of(new FieldValue.Number(number))
            : null;

    private static IEnumerable<IReadOnlyList<string>> Parts(List<string> literals)
    {
        List<string> part = [];
        var length = 0;
        foreach (var literal in literals)
        {
            if (length + literal.Length > LongestList && part.Count > 0)
            {
                yield return part;
                (part, length) = ([], 0);
            }

            part.Add(literal);
            length += literal.Length + 1;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
