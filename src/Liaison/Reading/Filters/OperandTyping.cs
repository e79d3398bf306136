using System.Diagnostics;
using System.Globalization;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Reading.Filters;

/// <summary>Types the values of a filter by the field that they are compared with.</summary>
internal static class OperandTyping
{
    /// <summary>Types a value of a field that is neither day nor point in time.</summary>
    public static Result<FieldValue> Value(FilterOperand operand, FieldDefinition field) => field.Type switch
    {
        FieldType.Text or FieldType.RichText => operand.Text.Length > 0
            ? new FieldValue.Text(operand.Text)
            : Refuse(operand, field, "holds text; say \"is empty\" for none"),

        // Sums are compared as numbers: a filter names no currency, and the CRM compares in the record's.
        FieldType.Number or FieldType.Money => decimal.TryParse(operand.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new FieldValue.Number(number)
            : Refuse(operand, field, "holds a number such as 85 or 0.5, without unit or thousands separator"),
        FieldType.Flag => ValueReader.TryFlag(operand.Text) is { } flag
            ? new FieldValue.Flag(flag)
            : Refuse(operand, field, "holds true or false"),
        FieldType.TimeOfDay => TemporalText.TryTime(operand.Text, out var time)
            ? new FieldValue.TimeOfDay(time)
            : Refuse(operand, field, "holds a time of day such as 13:00"),
        FieldType.Option or FieldType.OptionList => Choice(operand, field),
        FieldType.Reference => operand.Text.Length > 0
            ? new FieldValue.Reference(field.References ?? new RecordType(""), operand.Text)
            : Refuse(operand, field, "holds the id of a record; say \"is empty\" for none"),
        FieldType.Date or FieldType.Instant => throw new UnreachableException(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Types a value of a day or point in time.</summary>
    public static Result<FilterMoment> Moment(FilterOperand operand, FieldDefinition field, FilterClock clock)
    {
        if (!operand.Quoted)
        {
            FilterMoment? word = operand.Text.ToLowerInvariant() switch
            {
                "now" => clock.Now,
                "today" => clock.Whole(clock.Today),
                "yesterday" => clock.Whole(clock.Today.AddDays(-1)),
                "tomorrow" => clock.Whole(clock.Today.AddDays(1)),
                _ => FilterDuration.TrySigned(operand) is { } span ? clock.FromNow(span) : null,
            };
            if (word is { } moment)
            {
                return moment;
            }
        }

        var text = operand.Text.AsSpan().Trim();
        if (text.Length == 10 && TemporalText.TryDate(text, out var day))
        {
            return clock.Whole(day);
        }

        if (!TemporalText.TryInstant(text, out var instant))
        {
            return Refuse(
                operand, field,
                "holds a time such as 2026-12-31, 2026-12-31T08:00:00Z, today, yesterday or -24h (h, d, w and m for minutes)");
        }

        // Without an offset a time is one of the caller's clock.
        var zoned = text[10..].ContainsAny('Z', 'z', '+') || text[10..].Contains('-');
        return clock.Point(zoned ? instant : clock.FromLocal(DateTime.SpecifyKind(instant.DateTime, DateTimeKind.Unspecified)));
    }

    public static Failure Refuse(FilterOperand operand, FieldDefinition field, string holds) =>
        Refuse(operand.Column, field, holds);

    public static Failure Refuse(int column, FieldDefinition field, string holds) =>
        FilterFault.At(column, $"the field \"{field.Name}\" {holds}") with { Field = field.Name };

    /// <summary>Finds the choice by label or value, also one that is no longer offered: old records hold it.</summary>
    private static Result<FieldValue> Choice(FilterOperand operand, FieldDefinition field)
    {
        if (operand.Text.Length == 0)
        {
            return Refuse(operand, field, "holds a choice; say \"is empty\" for none");
        }

        var index = OptionIndex.Of(field);
        if (field.OptionsElsewhere || field.Options.Count == 0)
        {
            return new FieldValue.Option(operand.Text, operand.Text, Known: field.OptionsElsewhere);
        }

        return index.Resolve(operand.Text) is { } option
            ? new FieldValue.Option(option.Value, option.Label)
            : Refuse(operand, field, $"has no such choice; use one of: {index.Choices(active: false)}");
    }
}
