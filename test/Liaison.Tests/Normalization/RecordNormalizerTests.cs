using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Normalization;

public sealed class RecordNormalizerTests
{
    private static readonly FieldDefinition Amount = ASchema.Field(FieldType.Money) with { CurrencyField = "currency" };

    [Theory]
    [InlineData("42", "42")]
    [InlineData("5000.00", "5000.00")]
    [InlineData("-1.5E-7", "-0.00000015")]
    [InlineData("1.39E8", "139000000")]
    [InlineData(" 7 ", "7")]
    [InlineData("0.4000000000000000222044604925031308084726333618164062500", "0.4000000000000000222044604925")]
    public void A_number_is_a_decimal_of_up_to_28_digits(string raw, string number)
    {
        var value = Reading.Value(ASchema.Field(FieldType.Number), raw);

        value.ShouldBe(new FieldValue.Number(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_same_wire_value_becomes_what_the_schema_says()
    {
        Reading.Value(ASchema.Field(FieldType.Number), "42").ShouldBe(new FieldValue.Number(42));
        Reading.Value(ASchema.Field(FieldType.Text), "42").ShouldBe(new FieldValue.Text("42"));
        Reading.Value(ASchema.Choice("42"), "42").ShouldBe(new FieldValue.Option("42", "42 label"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("TRUE", true)]
    public void A_flag_reads_in_every_spelling_that_the_crms_use(string raw, bool flag)
    {
        var value = Reading.Value(ASchema.Field(FieldType.Flag), raw);

        value.ShouldBe(new FieldValue.Flag(flag));
    }

    [Theory]
    [InlineData("2024-02-26")]
    [InlineData("2024-02-26T00:00:00Z")]
    [InlineData("2024-02-26T00:00:00+12:00")]
    [InlineData("2024-02-26T23:59:59.999-11:00")]
    [InlineData("1708905600000")]
    public void A_day_is_the_day_that_was_written_whatever_the_zone(string raw)
    {
        var value = Reading.Value(ASchema.Field(FieldType.Date), raw);

        value.ShouldBe(new FieldValue.Date(new DateOnly(2024, 2, 26)));
    }

    [Theory]
    [InlineData("2011-12-16T17:43:01.000+0000")]
    [InlineData("2011-12-16T17:43:01Z")]
    [InlineData("2011-12-16T17:43:01.000Z")]
    [InlineData("2011-12-17T03:43:01+10:00")]
    [InlineData("2011-12-16T17:43:01")]
    [InlineData("1324057381000")]
    public void An_instant_reads_with_and_without_fraction_offset_and_colon(string raw)
    {
        var value = Reading.Value(ASchema.Field(FieldType.Instant), raw);

        value.ShouldBe(new FieldValue.Instant(new DateTimeOffset(2011, 12, 16, 17, 43, 1, TimeSpan.Zero)));
    }

    [Fact]
    public void Digits_are_a_time_only_where_the_dialect_says_so()
    {
        var value = Reading.Value(ASchema.Field(FieldType.Date), "1708905600000", Reading.Salesforce);

        value.ShouldBeOfType<FieldValue.Unreadable>().Raw.ShouldBe("1708905600000");
    }

    [Theory]
    [InlineData("13:00:00.000Z")]
    [InlineData("13:00")]
    public void A_time_of_day_has_no_day(string raw)
    {
        var value = Reading.Value(ASchema.Field(FieldType.TimeOfDay), raw);

        value.ShouldBe(new FieldValue.TimeOfDay(new TimeOnly(13, 0)));
    }

    [Fact]
    public void A_choice_that_outlived_its_option_is_kept_and_marked()
    {
        var value = Reading.Value(ASchema.Choice("a", "b"), "c");

        value.ShouldBe(new FieldValue.Option("c", "c", Known: false));
    }

    [Fact]
    public void A_list_that_lives_elsewhere_marks_nothing_unknown()
    {
        var value = Reading.Value(ASchema.Choice() with { OptionsElsewhere = true }, "81");

        value.ShouldBe(new FieldValue.Option("81", "81"));
    }

    [Theory]
    [InlineData("b;a")]
    [InlineData(";b;a;")]
    [InlineData("b; a;b;;a")]
    public void A_list_keeps_its_order_and_no_choice_twice(string raw)
    {
        var value = Reading.Value(ASchema.Choice(FieldType.OptionList, "a", "b"), raw);

        value.ShouldBe(new FieldValue.OptionList([new("b", "B label"), new("a", "A label")]));
    }

    [Fact]
    public void A_list_of_numbers_reads_by_its_dialects_separator()
    {
        var value = Reading.Value(ASchema.Choice(FieldType.OptionList, "1", "9"), "1, 9", Reading.Dynamics);

        value.ShouldBeOfType<FieldValue.OptionList>().Options.Select(option => option.Value).ShouldBe(["1", "9"]);
    }

    [Fact]
    public void A_sum_takes_the_currency_that_stands_beside_it()
    {
        var record = Reading.Record(Amount, new() { [Amount.NativeName] = new(NativeKind.Number, "5000000.0000000000"), ["currency"] = new(NativeKind.Text, "aud") });

        record["it"].ShouldBe(new FieldValue.Money(5000000.0000000000m, "AUD"));
    }

    [Fact]
    public void A_sum_without_a_currency_takes_the_accounts_and_says_so()
    {
        var record = Reading.Record(Amount, new() { [Amount.NativeName] = new(NativeKind.Text, "10"), ["currency"] = NativeValue.Null });

        record["it"].ShouldBe(new FieldValue.Money(10, "EUR", CurrencyAssumed: true));
    }

    [Fact]
    public void A_sum_asks_for_its_currency_too()
    {
        var currency = new FieldDefinition("currency", "currency", "Currency", FieldType.Text);

        var needed = RecordNormalizer.WithNeeded([Amount], ASchema.Of(Amount, currency));

        needed.ShouldBe([Amount, currency]);
    }

    [Fact]
    public void Null_empty_absent_and_present_are_four_different_things()
    {
        var field = ASchema.Field(FieldType.Text);

        Reading.Field(field, NativeValue.Null).State.ShouldBe(FieldState.Empty);
        Reading.Field(field, NativeValue.OfText("")).State.ShouldBe(FieldState.Empty);
        Reading.Field(field, NativeValue.OfText("x")).State.ShouldBe(FieldState.Present);
        var absent = Reading.Record(field, []).Fields["it"];
        absent.State.ShouldBe(FieldState.Absent);
        absent.Value.ShouldBeNull();
    }

    [Theory]
    [InlineData(FieldType.Number, "1,234")]
    [InlineData(FieldType.Number, "NaN")]
    [InlineData(FieldType.Number, "1E400")]
    [InlineData(FieldType.Flag, "maybe")]
    [InlineData(FieldType.Date, "26.02.2024")]
    [InlineData(FieldType.Date, "2023-02-29")]
    [InlineData(FieldType.Instant, "2024-02-26T25:00:00Z")]
    [InlineData(FieldType.Instant, "0001-01-01T00:00:00+14:00")]
    [InlineData(FieldType.TimeOfDay, "noon")]
    [InlineData(FieldType.Money, "$5")]
    public void What_does_not_read_is_kept_with_a_reason_and_never_thrown(FieldType type, string raw)
    {
        var field = Reading.Field(ASchema.Field(type), NativeValue.OfText(raw));

        field.State.ShouldBe(FieldState.Present);
        var unreadable = field.Value.ShouldBeOfType<FieldValue.Unreadable>();
        unreadable.Raw.ShouldBe(raw);
        unreadable.Reason.ShouldNotContain(raw);
    }

    [Fact]
    public void A_structure_is_text_in_a_text_field_and_unreadable_elsewhere()
    {
        var raw = new NativeValue(NativeKind.Json, "{\"city\":\"Bonn\"}");

        Reading.Field(ASchema.Field(FieldType.Text), raw).Value.ShouldBe(new FieldValue.Text(raw.Raw!));
        Reading.Field(ASchema.Field(FieldType.Number), raw).Value.ShouldBeOfType<FieldValue.Unreadable>();
    }
}
