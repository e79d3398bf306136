using System.Diagnostics;
using System.Globalization;
using System.Net;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>Writes typed values in a CRM's form, strictly: what the CRM would refuse or bend is refused here, before any call.</summary>
/// <remarks>
/// Values that come from models and forms are often text; a text that reads as the field's type is taken as one. Refusals name
/// the field and what would mend it and never the value.
/// </remarks>
internal static class ValueWriter
{
    /// <summary>Gives the value in the CRM's form; <see cref="FieldValue.Empty"/> becomes whatever clears a field there.</summary>
    public static Result<NativeValue> Write(FieldValue value, FieldDefinition definition, ValueDialect dialect)
    {
        if (!definition.Writable)
        {
            return Refuse(definition, "cannot be written: it is read-only in the CRM");
        }

        if (value.IsEmpty || value is FieldValue.OptionList { Options.Count: 0 })
        {
            return Clearing(dialect);
        }

        return definition.Type switch
        {
            FieldType.Text => WriteText(value, definition),
            FieldType.RichText => WriteRichText(value, definition),
            FieldType.Number => WriteNumber(value, definition, dialect),
            FieldType.Money => WriteNumber(value is FieldValue.Money money ? new FieldValue.Number(money.Amount) : value, definition, dialect),
            FieldType.Flag => WriteFlag(value, definition, dialect),
            FieldType.Date => WriteDate(value, definition),
            FieldType.Instant => WriteInstant(value, definition, dialect),
            FieldType.TimeOfDay => WriteTime(value, definition),
            FieldType.Option => OptionWriter.WriteOne(value, definition, dialect),
            FieldType.OptionList => OptionWriter.WriteList(value, definition, dialect),
            FieldType.Reference => WriteReference(value, definition),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Gives what puts a value back that was read before: byte-equal what the CRM sent, or its clearing value for a field that held nothing.</summary>
    /// <remarks>A list that began with its separator is the exception: to HubSpot that means "append" (contracts/hubspot.md 5.1).</remarks>
    public static Result<NativeValue> WriteBack(Field before, FieldDefinition definition, ValueDialect dialect)
    {
        if (!definition.Writable)
        {
            return Refuse(definition, "cannot be put back: it is read-only in the CRM");
        }

        return before.State switch
        {
            FieldState.Present when definition.Type == FieldType.OptionList && before.Raw.Raw![0] == dialect.ListSeparator =>
                before.Raw with { Raw = before.Raw.Raw.TrimStart(dialect.ListSeparator) },
            FieldState.Present => before.Raw,
            FieldState.Empty => Clearing(dialect),
            FieldState.Absent or FieldState.NotPermitted => Refuse(definition, "cannot be put back: its value was never read"),
            _ => throw new UnreachableException(),
        };
    }

    internal static Failure Refuse(FieldDefinition definition, string why) =>
        new(FailureKind.Invalid, $"The field \"{definition.Name}\" {why}.") { Field = definition.Name };

    private static NativeValue Clearing(ValueDialect dialect) =>
        dialect.EmptyTextClears ? new NativeValue(NativeKind.Text, "") : NativeValue.Null;

    private static Result<NativeValue> WriteText(FieldValue value, FieldDefinition definition)
    {
        var text = value switch
        {
            FieldValue.Text plain => plain.Value,
            FieldValue.Number number => Print(number.Value),
            FieldValue.Flag flag => flag.Value ? "true" : "false",
            FieldValue.Date date => TemporalText.Print(date.Value),
            FieldValue.Instant instant => TemporalText.Print(instant.Value),
            FieldValue.Option option => option.Label,
            _ => null,
        };
        return text is null ? Refuse(definition, "takes plain text, without markup") : Bounded(text, definition);
    }

    private static Result<NativeValue> WriteRichText(FieldValue value, FieldDefinition definition) => value switch
    {
        FieldValue.RichText rich => Bounded(rich.Html, definition),

        // Plain text in an HTML field: what looks like markup is meant as letters.
        FieldValue.Text plain => Bounded(
            WebUtility.HtmlEncode(plain.Value).ReplaceLineEndings("<br>"), definition),
        _ => Refuse(definition, "takes text or HTML"),
    };

    private static Result<NativeValue> WriteNumber(FieldValue value, FieldDefinition definition, ValueDialect dialect)
    {
        decimal? number = value switch
        {
            FieldValue.Number given => given.Value,
            FieldValue.Text text when ValueReader.TryNumber(NativeValue.OfText(text.Value), out var read) => read,
            _ => null,
        };
        return number is { } amount
            ? new NativeValue(dialect.EverythingIsText ? NativeKind.Text : NativeKind.Number, Print(amount))
            : Refuse(definition, "takes a number such as 85 or 0.5, without unit or thousands separator");
    }

    private static Result<NativeValue> WriteFlag(FieldValue value, FieldDefinition definition, ValueDialect dialect)
    {
        var flag = value switch
        {
            FieldValue.Flag given => given.Value,
            FieldValue.Text text => ValueReader.TryFlag(text.Value),
            _ => null,
        };
        return flag is { } known
            ? new NativeValue(dialect.EverythingIsText ? NativeKind.Text : NativeKind.Flag, known ? "true" : "false")
            : Refuse(definition, "takes true or false");
    }

    private static Result<NativeValue> WriteDate(FieldValue value, FieldDefinition definition) => value switch
    {
        FieldValue.Date date => NativeValue.OfText(TemporalText.Print(date.Value)),
        FieldValue.Text text when TemporalText.TryDate(text.Value, out var read) => NativeValue.OfText(TemporalText.Print(read)),

        // A point in time is a different day in another zone: whoever means a day has to say which.
        _ => Refuse(definition, "takes a day such as 2026-12-31"),
    };

    private static Result<NativeValue> WriteInstant(FieldValue value, FieldDefinition definition, ValueDialect dialect) => value switch
    {
        FieldValue.Instant instant => NativeValue.OfText(TemporalText.Print(Cut(instant.Value, dialect.InstantPrecision))),
        FieldValue.Date date => NativeValue.OfText(TemporalText.Print(date.Value) + "T00:00:00Z"),
        FieldValue.Text text when TemporalText.TryInstant(text.Value, out var read) => NativeValue.OfText(TemporalText.Print(Cut(read, dialect.InstantPrecision))),
        _ => Refuse(definition, "takes a point in time such as 2026-12-31T08:00:00Z"),
    };

    private static DateTimeOffset Cut(DateTimeOffset moment, TimeSpan precision) =>
        new(moment.UtcTicks - (moment.UtcTicks % precision.Ticks), TimeSpan.Zero);

    private static Result<NativeValue> WriteTime(FieldValue value, FieldDefinition definition) => value switch
    {
        FieldValue.TimeOfDay time => NativeValue.OfText(TemporalText.Print(time.Value)),
        FieldValue.Text text when TemporalText.TryTime(text.Value, out var read) => NativeValue.OfText(TemporalText.Print(read)),
        _ => Refuse(definition, "takes a time of day such as 13:00"),
    };

    private static Result<NativeValue> WriteReference(FieldValue value, FieldDefinition definition)
    {
        var id = value switch
        {
            FieldValue.Reference reference => reference.Id,
            FieldValue.Text text => text.Value.Trim(),
            FieldValue.Number number when decimal.IsInteger(number.Value) => Print(number.Value),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(id) ? Refuse(definition, "takes the id of a record") : NativeValue.OfText(id);
    }

    private static Result<NativeValue> Bounded(string text, FieldDefinition definition) =>
        definition.MaxLength is { } most && text.Length > most
            ? Refuse(definition, $"takes at most {most} characters and was given {text.Length}")
            : new NativeValue(NativeKind.Text, text);

    private static string Print(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
