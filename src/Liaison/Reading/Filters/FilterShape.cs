using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Joins filters without needless nesting: connectors count groups against the CRM's limits.</summary>
internal static class FilterShape
{
    public static RecordFilter All(IEnumerable<RecordFilter> parts)
    {
        var flat = parts.SelectMany(part => part is RecordFilter.All all ? all.Parts : [part]).Distinct().ToList();
        return flat is [var only] ? only : new RecordFilter.All(flat);
    }

    public static RecordFilter Any(IEnumerable<RecordFilter> parts)
    {
        var flat = parts.SelectMany(part => part is RecordFilter.Any any ? any.Parts : [part]).Distinct().ToList();
        return flat is [var only] ? only : new RecordFilter.Any(flat);
    }
}
