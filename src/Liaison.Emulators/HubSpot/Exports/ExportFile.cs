using System.Globalization;
using System.Text;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Exports;

/// <summary>Writes records as CSV.</summary>
internal static class ExportFile
{
    public static ReadOnlyMemory<byte> Write(Account account, ObjectType type, ExportColumns columns, IReadOnlyList<CrmRecord> records)
    {
        var text = new StringBuilder();
        Row(text, Header(columns));
        foreach (var record in records)
        {
            Row(text, Cells(account, type, columns, record));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Header(ExportColumns columns)
    {
        yield return "Record ID";
        foreach (var property in columns.Properties)
        {
            yield return columns.InternalNames ? property.Name : property.Label;
        }

        foreach (var linked in columns.Linked)
        {
            yield return $"Associated {linked.Title} IDs";
            if (columns.LinkedNames)
            {
                yield return $"Associated {linked.Title}";
            }
        }
    }

    private static IEnumerable<string> Cells(Account account, ObjectType type, ExportColumns columns, CrmRecord record)
    {
        yield return record.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var property in columns.Properties)
        {
            yield return Value(property, ObjectType.Value(property, record) ?? "", columns.InternalValues);
        }

        foreach (var linked in columns.Linked)
        {
            var links = account.Links.Of(type, record.Id, linked).Take(columns.MostLinked).ToList();
            yield return string.Join(';', links.Select(link => columns.LinkLabels ? WithLabels(account, type, linked, link) : link.To.ToString(CultureInfo.InvariantCulture)));
            if (columns.LinkedNames)
            {
                yield return string.Join(';', links.Select(link => linked.Records.TryGet(link.To, out var far) ? NameOf(linked, far) : ""));
            }
        }
    }

    private static string WithLabels(Account account, ObjectType type, ObjectType linked, Link link)
    {
        var labels = link.Kinds.Select(kind => account.Associations.Find(type, linked, kind)?.Label).OfType<string>().ToList();
        return labels.Count == 0 ? link.To.ToString(CultureInfo.InvariantCulture) : $"{link.To.ToString(CultureInfo.InvariantCulture)} ({string.Join(", ", labels)})";
    }

    private static string NameOf(ObjectType type, CrmRecord record) =>
        type.SearchableProperties.Select(property => type.Value(property, record)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";

    /// <summary>Gives a value as people read it: options by their labels.</summary>
    private static string Value(PropertyDefinition property, string value, bool asIs) => asIs || property.Options.Count == 0
        ? value
        : string.Join(';', value.Split(';').Select(part => property.Options.FirstOrDefault(option => option.Value == part)?.Label ?? part));

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
