using System.Diagnostics;
using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Compares days and points in time; a day compared with a point is the whole day from midnight to midnight.</summary>
internal static class MomentComparison
{
    public static RecordFilter Compare(FieldDefinition field, FilterOperator by, FilterMoment moment)
    {
        if (field.Type == FieldType.Date)
        {
            return Against(field, by, new FieldValue.Date(moment.Day));
        }

        if (moment.End is not { } end)
        {
            return Against(field, by, new FieldValue.Instant(moment.Start));
        }

        var start = new FieldValue.Instant(moment.Start);
        var next = new FieldValue.Instant(end);
        return by switch
        {
            FilterOperator.Equal => new RecordFilter.All([At(Comparison.GreaterOrEqual, start), At(Comparison.Less, next)]),
            FilterOperator.NotEqual => new RecordFilter.Any(
                [At(Comparison.Less, start), At(Comparison.GreaterOrEqual, next), new RecordFilter.HasValue(field.Name, Negated: true)]),
            FilterOperator.Less => At(Comparison.Less, start),
            FilterOperator.LessOrEqual => At(Comparison.Less, next),
            FilterOperator.Greater => At(Comparison.GreaterOrEqual, next),
            FilterOperator.GreaterOrEqual => At(Comparison.GreaterOrEqual, start),
            _ => throw new UnreachableException(),
        };

        RecordFilter At(Comparison comparison, FieldValue value) => new RecordFilter.Compare(field.Name, comparison, value);
    }

    /// <summary>The span that ends now. When a record was made or changed is never ahead of now, and a CRM whose clock is should hide no record.</summary>
    public static RecordFilter InTheLast(FieldDefinition field, TimeSpan span, FilterClock clock)
    {
        var from = Compare(field, FilterOperator.GreaterOrEqual, clock.FromNow(-span));
        return field.Name is FieldNames.Created or FieldNames.Updated
            ? from
            : new RecordFilter.All([from, Compare(field, FilterOperator.LessOrEqual, clock.Now)]);
    }

    public static RecordFilter Against(FieldDefinition field, FilterOperator by, FieldValue value) => new RecordFilter.Compare(
        field.Name,
        by switch
        {
            FilterOperator.Equal => Comparison.Equal,
            FilterOperator.NotEqual => Comparison.NotEqual,
            FilterOperator.Less => Comparison.Less,
            FilterOperator.LessOrEqual => Comparison.LessOrEqual,
            FilterOperator.Greater => Comparison.Greater,
            FilterOperator.GreaterOrEqual => Comparison.GreaterOrEqual,
            FilterOperator.Contains => Comparison.Contains,
            _ => throw new UnreachableException(),
        },
        value);
}
