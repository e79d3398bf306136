namespace Liaison.Model;

/// <summary>One value in the form that every CRM's field types are brought to.</summary>
/// <remarks>
/// The family is closed; a new case is a change to every place that shows values. <see cref="Empty"/> says "read, holds
/// nothing"; a <see langword="null"/> reference says "not read". Decimals, never binary floats: HubSpot sends up to 58 digits
/// (contracts/hubspot.md 5.1), of which <see cref="Number"/> keeps 28 and the field's raw text all.
/// </remarks>
public abstract record FieldValue
{
    private FieldValue()
    {
    }

    /// <summary>Gets the value of a field that was read and holds nothing.</summary>
    public static FieldValue Empty { get; } = new EmptyValue();

    /// <summary>Gets a value indicating whether the field was read and holds nothing.</summary>
    public bool IsEmpty => this is EmptyValue;

    /// <summary>Plain text.</summary>
    public sealed record Text(string Value) : FieldValue;

    /// <summary>HTML as the CRM holds it: untrusted markup, kept byte-equal for write-back.</summary>
    public sealed record RichText(string Html) : FieldValue;

    /// <summary>A number without a unit.</summary>
    public sealed record Number(decimal Value) : FieldValue;

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : FieldValue;

    /// <summary>A day without a time of day or zone, as in a close date; it never shifts.</summary>
    public sealed record Date(DateOnly Value) : FieldValue;

    /// <summary>A point in time, in UTC.</summary>
    public sealed record Instant(DateTimeOffset Value) : FieldValue;

    /// <summary>A time of day without a day.</summary>
    public sealed record TimeOfDay(TimeOnly Value) : FieldValue;

    /// <summary>One choice of a list: people see the label, machines send the value.</summary>
    /// <param name="Known">Whether the schema lists the value; stored values outlive their options.</param>
    public sealed record Option(string Value, string Label, bool Known = true) : FieldValue;

    /// <summary>Several choices of a list, in the CRM's order, none twice.</summary>
    public sealed record OptionList(IReadOnlyList<Option> Options) : FieldValue
    {
        /// <inheritdoc/>
        public bool Equals(OptionList? other) => other is not null && Options.SequenceEqual(other.Options);

        /// <inheritdoc/>
        public override int GetHashCode() => Options.Count == 0 ? 0 : HashCode.Combine(Options.Count, Options[0]);
    }

    /// <summary>A sum in one currency; CRMs that keep no currency on the field give that of the record.</summary>
    /// <param name="CurrencyAssumed">Whether the currency is the account's default because the record names none.</param>
    public sealed record Money(decimal Amount, string Currency, bool CurrencyAssumed = false) : FieldValue;

    /// <summary>A link to another record by its id; <paramref name="Type"/> is empty where the CRM does not say of which type.</summary>
    public sealed record Reference(RecordType Type, string Id) : FieldValue;

    /// <summary>A value that does not read as its type says; the text is kept and nothing is guessed.</summary>
    public sealed record Unreadable(string Raw, string Reason) : FieldValue;

    private sealed record EmptyValue : FieldValue;
}
