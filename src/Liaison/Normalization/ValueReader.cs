using System.Diagnostics;
using System.Globalization;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>Reads one native value by its definition, tolerantly: every form that one of the CRMs sends is read for each of them.</summary>
internal static class ValueReader
{
    private static readonly FieldValue True = new FieldValue.Flag(true);
    private static readonly FieldValue False = new FieldValue.Flag(false);
    private static readonly RecordType UnknownType = new("");

    /// <summary>Types a value; money is read by <see cref="MoneyReader"/>, since its currency stands elsewhere.</summary>
    public static FieldValue Read(FieldDefinition definition, NativeValue raw, ValueDialect dialect)
    {
        // HubSpot may echo "" right after clearing; it means null (contracts/hubspot.md 5.1).
        if (raw.Raw is not { Length: > 0 } text)
        {
            return FieldValue.Empty;
        }

        // Blanks are a text like any other in a text field and nothing in every other.
        return definition.Type switch
        {
            FieldType.Text => new FieldValue.Text(text),
            FieldType.RichText => new FieldValue.RichText(text),
            _ when text.AsSpan().IsWhiteSpace() => FieldValue.Empty,
            _ when raw.Kind == NativeKind.Json => Unreadable(text, "The CRM sent a structure where the schema says a single value."),
            FieldType.Number or FieldType.Money => ReadNumber(raw, text),
            FieldType.Flag => ReadFlag(text),
            FieldType.Date => ReadDate(text, dialect),
            FieldType.Instant => ReadInstant(text, dialect),
            FieldType.TimeOfDay => ReadTime(text),
            FieldType.Option => OptionIndex.Of(definition).Read(text),
            FieldType.OptionList => ReadList(definition, text, dialect),
            FieldType.Reference => new FieldValue.Reference(dialect.TypeOfReference(text) ?? definition.References ?? UnknownType, text),
            _ => throw new UnreachableException(),
        };
    }

    public static bool IsEmpty(NativeValue raw) => raw.Raw.AsSpan().IsWhiteSpace();

    /// <summary>Reads digits, sign, point and exponent; more than 28 digits are rounded, as HubSpot's calculated fields need it.</summary>
    public static bool TryNumber(NativeValue raw, out decimal number)
    {
        number = 0;
        return raw.Kind is NativeKind.Text or NativeKind.Number
            && decimal.TryParse(raw.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    public static bool? TryFlag(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text switch
        {
            "1" => true,
            "0" => false,
            _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase) => true,
            _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase) => false,
            _ => null,
        };
    }

    private static FieldValue ReadNumber(NativeValue raw, string text) => TryNumber(raw, out var number)
        ? new FieldValue.Number(Plain(number))
        : Unreadable(text, "The text is not a number within 28 digits.");

    // One CRM says 9 where another says 9.0; what they mean is one value, and has one spelling.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    private static FieldValue ReadFlag(string text) => TryFlag(text) switch
    {
        true => True,
        false => False,
        null => Unreadable(text, "The text is neither true nor false."),
    };

    private static FieldValue ReadDate(string text, ValueDialect dialect)
    {
        if (TemporalText.TryDate(text, out var date))
        {
            return new FieldValue.Date(date);
        }

        return dialect.EpochMilliseconds && TemporalText.TryEpoch(text, out var instant)
            ? new FieldValue.Date(DateOnly.FromDateTime(instant.UtcDateTime))
            : Unreadable(text, "The text is not a day such as 2026-12-31.");
    }

    private static FieldValue ReadInstant(string text, ValueDialect dialect)
    {
        if (TemporalText.TryInstant(text, out var instant) || (dialect.EpochMilliseconds && TemporalText.TryEpoch(text, out instant)))
        {
            return new FieldValue.Instant(instant);
        }

        return Unreadable(text, "The text is not a point in time such as 2026-12-31T08:00:00Z.");
    }

    private static FieldValue ReadTime(string text) => TemporalText.TryTime(text, out var time)
        ? new FieldValue.TimeOfDay(time)
        : Unreadable(text, "The text is not a time of day such as 13:00:00.");

    private static FieldValue ReadList(FieldDefinition definition, string text, ValueDialect dialect)
    {
        var index = OptionIndex.Of(definition);
        var options = new List<FieldValue.Option>(4);
        foreach (var range in text.AsSpan().Split(dialect.ListSeparator))
        {
            var part = text.AsSpan(range).Trim();
            if (!part.IsEmpty && !Holds(options, part))
            {
                options.Add(index.Read(part));
            }
        }

        return options.Count == 0 ? FieldValue.Empty : new FieldValue.OptionList(options);
    }

    private static bool Holds(List<FieldValue.Option> options, ReadOnlySpan<char> value)
    {
        foreach (var option in options)
        {
            if (value.SequenceEqual(option.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static FieldValue.Unreadable Unreadable(string text, string reason) => new(text, reason);
}
