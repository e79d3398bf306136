using System.Globalization;
using Liaison.Context;
using Liaison.Model;

namespace Liaison.Eval;

/// <summary>Makes of a lead the packet that a CRM's contact would give, with the columns that were known before the outcome and no others.</summary>
internal static class LeadPacket
{
    /// <summary>When every record of the table is taken to have been read.</summary>
    public static readonly DateTimeOffset ReadAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Func<string, FieldValue> Text = text => new FieldValue.Text(text);
    private static readonly Func<string, FieldValue> Choice = text => new FieldValue.Option(text, text);
    private static readonly Func<string, FieldValue> Number = text => new FieldValue.Number(decimal.Parse(text, CultureInfo.InvariantCulture));
    private static readonly Func<string, FieldValue> Flag = text => new FieldValue.Flag(text == "Yes");

    private static readonly Dictionary<string, (string Section, string Field, Func<string, FieldValue> Type)> Columns = new()
    {
        ["Lead Origin"] = ("person", "lead_origin", Choice),
        ["Lead Source"] = ("person", "lead_source_detail", Choice),
        ["What is your current occupation"] = ("person", "current_occupation", Choice),
        ["Specialization"] = ("person", "specialization", Choice),
        ["City"] = ("person", FieldNames.City, Text),
        ["Country"] = ("person", FieldNames.Country, Text),
        ["Total Time Spent on Website"] = ("person", "total_time_on_website", Number),
        ["Page Views Per Visit"] = ("person", "page_views_per_visit", Number),
        ["Do Not Call"] = ("person", "do_not_call", Flag),
        ["Do Not Email"] = ("relationship", FieldNames.OptedOut, Flag),
        ["TotalVisits"] = ("engagement", FieldNames.Visits, Number),
    };

    public static ContextPacket Of(Lead lead)
    {
        var reference = new RecordRef(new ConnectionName("eval"), RecordType.Contact, lead["Lead Number"]);
        var provenance = new Provenance(reference, "lead", ReadAt);
        var sections = Columns.GroupBy(column => column.Value.Section).Select(section => new ContextSection(
            section.Key, [.. section.Select(column => Field(lead[column.Key], column.Value.Field, column.Value.Type))], provenance, null, Stale: false));
        return new ContextPacket(reference, QualificationProfile.Name, [.. sections], []);
    }

    private static Field Field(string text, string name, Func<string, FieldValue> type) => text.Length == 0
        ? new Field(name, FieldState.Empty, FieldValue.Empty, NativeValue.Null)
        : new Field(name, FieldState.Present, type(text), NativeValue.OfText(text));
}
