using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Writeback.Checks;

namespace Liaison.Writeback;

/// <summary>A field of a change in the CRM's form.</summary>
/// <param name="After">What is to stand in the field.</param>
/// <param name="Value">The same, typed.</param>
/// <param name="Holds">Whether the record was read and holds it already.</param>
internal sealed record WrittenField(FieldDefinition Definition, FieldChange Asked, NativeValue After, FieldValue Value, bool Holds);

/// <summary>Turns asked values into what stood there and what is to stand there.</summary>
/// <param name="basis">The record as it was read; <see langword="null"/> for one that is yet to be made.</param>
internal sealed class DeltaWriter(ValueDialect dialect, Record? basis)
{
    /// <summary>Checks each value for itself and writes it in the CRM's form.</summary>
    public Result<IReadOnlyList<WrittenField>> Write(IReadOnlyList<ResolvedField> fields)
    {
        var written = new List<WrittenField>(fields.Count);
        foreach (var (field, asked) in fields)
        {
            if (ActiveContent.Check(field, asked.Value) is { } active)
            {
                return active with { Field = asked.Field };
            }

            if (!PeopleValues.Check(field, asked.Value).TryGet(out var value, out var failure)
                || !ValueWriter.Write(value, field, dialect).TryGet(out var after, out failure)
                || !Behind(field, asked, after).TryGet(out after, out failure))
            {
                return failure with { Field = asked.Field };
            }

            written.Add(new WrittenField(
                field, asked, after, ValueReader.Read(field, after, dialect), Holds(field, value, after)));
        }

        return written;
    }

    /// <summary>Gives what changes; a value that stands in the record already is left out (R78).</summary>
    public List<FieldDelta> DeltasOf(IReadOnlyList<WrittenField> fields) =>
        [.. fields.Where(field => !field.Holds).Select(field => Of(field.Definition, field.After, ValueText.Of(field.Value)))];

    /// <summary>Makes the delta of one field.</summary>
    public FieldDelta Of(FieldDefinition field, NativeValue after, string afterText)
    {
        var before = HeldIn(field);
        return new FieldDelta(
            field.Name, field.NativeName, before?.Raw ?? NativeValue.Missing, after, ValueText.Of(before?.Value), afterText);
    }

    /// <summary>Puts an added text behind what stands there, byte-equal with its markup.</summary>
    private Result<NativeValue> Behind(FieldDefinition field, FieldChange asked, NativeValue after)
    {
        if (!asked.Append)
        {
            return after;
        }

        if (field.Type is not (FieldType.Text or FieldType.RichText))
        {
            return ValueWriter.Refuse(field, "holds no text that something could be added to");
        }

        if (HeldIn(field) is not { } held)
        {
            return ValueWriter.Refuse(field, "was not read, so that nothing can be added to it");
        }

        var joined = string.IsNullOrEmpty(held.Raw.Raw) ? after
            : after with { Raw = held.Raw.Raw + (field.Type == FieldType.RichText ? $"<p>{after.Raw}</p>" : "\n" + after.Raw) };
        return field.MaxLength is { } most && joined.Raw!.Length > most
            ? ValueWriter.Refuse(field, $"takes at most {most} characters, which what stands there and what is added exceed")
            : joined;
    }

    // A field that was not read may hold anything: only what was read and found equal is left out.
    private bool Holds(FieldDefinition field, FieldValue value, NativeValue after)
    {
        if (HeldIn(field) is not { } held)
        {
            return false;
        }

        return held.Raw == after
            || (held.Raw.Raw is null or "" && after.Raw is null or "")

            // The text of an HTML field without its markup is not a change: written back, it would only lose the markup (R79).
            || (field.Type == FieldType.RichText && value is FieldValue.Text plain && held.Raw.Raw is { } html
                && HtmlText.ToPlain(html).Trim() == plain.Value.Trim());
    }

    /// <summary>Gives the field as it was read; <see langword="null"/> where it was not, or is not there.</summary>
    private Field? HeldIn(FieldDefinition field) =>
        basis is not null && basis.Fields.TryGetValue(field.Name, out var held) && held.State is FieldState.Present or FieldState.Empty
            ? held
            : null;
}
