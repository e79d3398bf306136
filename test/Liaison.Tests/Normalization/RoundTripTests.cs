using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Normalization;

public sealed class RoundTripTests
{
    private static readonly ValueDialect[] Dialects = [Reading.HubSpot, Reading.Salesforce, Reading.Dynamics];

    private static readonly Gen<decimal> Decimals =
        from low in ArbMap.Default.GeneratorFor<int>()
        from middle in ArbMap.Default.GeneratorFor<int>()
        from scale in Gen.Choose(0, 28)
        from negative in ArbMap.Default.GeneratorFor<bool>()
        select new decimal(low, middle, 0, negative, (byte)scale);

    private static readonly Gen<DateTimeOffset> Instants =
        from days in Gen.Choose(0, 3_652_058)
        from milliseconds in Gen.Choose(0, 86_399_999)
        select new DateTimeOffset(DateTime.MinValue.AddDays(days).AddMilliseconds(milliseconds), TimeSpan.Zero);

    private static readonly Gen<string> Texts =
        ArbMap.Default.GeneratorFor<string>().Where(text => !string.IsNullOrEmpty(text));

    [Fact]
    public void Whatever_a_crm_sends_an_untouched_field_goes_back_byte_equal()
    {
        var raws =
            from type in Gen.Elements(Enum.GetValues<FieldType>())
            from kind in Gen.Elements(NativeKind.Text, NativeKind.Number, NativeKind.Flag, NativeKind.Json)
            from dialect in Gen.Elements(Dialects)
            from text in Gen.OneOf(
                Texts, Decimals.Select(number => number.ToString(CultureInfo.InvariantCulture)), Instants.Select(TemporalText.Print),
                Gen.Elements("a;b", "b,a,b", "true", "0", "1708905600000", "1E5", "2024-02-26", "<p>x</p>"))
            where text[0] != dialect.ListSeparator
            select (type, new NativeValue(kind, text), dialect);

        Prop.ForAll(raws.ToArbitrary(), given =>
        {
            var definition = ASchema.Choice(given.type, "a", "b");
            var field = Reading.Field(definition, given.Item2, given.dialect);
            var back = ValueWriter.WriteBack(field, definition, given.dialect);
            return field.Raw == given.Item2
                && back.TryGet(out var written, out _)
                && (written == given.Item2 || field.State == FieldState.Empty);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whatever_is_written_reads_as_what_was_meant()
    {
        var options = Gen.Elements("a", "b", "c").Select(value => new FieldValue.Option(value, value.ToUpperInvariant() + " label"));
        var values = Gen.OneOf(
            Texts.Select(text => (FieldType.Text, (FieldValue)new FieldValue.Text(text))),
            Texts.Select(text => (FieldType.RichText, (FieldValue)new FieldValue.RichText(text))),
            Decimals.Select(number => (FieldType.Number, (FieldValue)new FieldValue.Number(number))),
            Decimals.Select(number => (FieldType.Money, (FieldValue)new FieldValue.Money(number, "EUR", CurrencyAssumed: true))),
            ArbMap.Default.GeneratorFor<bool>().Select(flag => (FieldType.Flag, (FieldValue)new FieldValue.Flag(flag))),
            Instants.Select(instant => (FieldType.Date, (FieldValue)new FieldValue.Date(DateOnly.FromDateTime(instant.DateTime)))),
            Instants.Select(instant => (FieldType.Instant, (FieldValue)new FieldValue.Instant(instant))),
            Instants.Select(instant => (FieldType.TimeOfDay, (FieldValue)new FieldValue.TimeOfDay(TimeOnly.FromDateTime(instant.DateTime)))),
            options.Select(option => (FieldType.Option, (FieldValue)option)),
            options.NonEmptyListOf().Select(list => (FieldType.OptionList, (FieldValue)new FieldValue.OptionList([.. list.Distinct()]))),
            Gen.Choose(1, int.MaxValue).Select(id => (
                FieldType.Reference,
                (FieldValue)new FieldValue.Reference(new RecordType(""), id.ToString(CultureInfo.InvariantCulture)))));
        var cases = from value in values from dialect in Gen.Elements(Dialects) select (value, dialect);

        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var ((type, value), dialect) = given;
            var definition = ASchema.Choice(type, "a", "b", "c");
            return ValueWriter.Write(value, definition, dialect).TryGet(out var written, out _)
                && value.Equals(Reading.Field(definition, written, dialect).Value);
        }).QuickCheckThrowOnFailure();
    }
}
