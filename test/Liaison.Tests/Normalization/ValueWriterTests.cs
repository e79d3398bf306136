using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Normalization;

public sealed class ValueWriterTests
{
    [Fact]
    public void Eighty_five_is_text_to_one_crm_and_a_number_to_another()
    {
        var field = ASchema.Field(FieldType.Number);

        Written(new FieldValue.Number(85), field, Reading.HubSpot).ShouldBe(new NativeValue(NativeKind.Text, "85"));
        Written(new FieldValue.Number(85), field, Reading.Salesforce).ShouldBe(new NativeValue(NativeKind.Number, "85"));
    }

    [Fact]
    public void A_model_may_give_every_type_as_text()
    {
        Written(new FieldValue.Text("85"), ASchema.Field(FieldType.Number), Reading.Salesforce).Raw.ShouldBe("85");
        Written(new FieldValue.Text("yes"), ASchema.Field(FieldType.Flag), Reading.Salesforce).ShouldBe(new NativeValue(NativeKind.Flag, "true"));
        Written(new FieldValue.Text("2026-05-06"), ASchema.Field(FieldType.Date)).Raw.ShouldBe("2026-05-06");
        Written(new FieldValue.Text("2026-05-06T10:00:00+02:00"), ASchema.Field(FieldType.Instant)).Raw.ShouldBe("2026-05-06T08:00:00Z");
    }

    [Fact]
    public void A_moment_is_cut_to_what_the_CRM_keeps()
    {
        var moment = new FieldValue.Instant(new DateTimeOffset(2026, 5, 6, 8, 0, 1, 390, TimeSpan.Zero).AddTicks(1_568));

        Written(moment, ASchema.Field(FieldType.Instant), Reading.HubSpot).Raw.ShouldBe("2026-05-06T08:00:01.39Z");
        Written(moment, ASchema.Field(FieldType.Instant), Reading.HubSpot with { InstantPrecision = TimeSpan.FromSeconds(1) }).Raw.ShouldBe("2026-05-06T08:00:01Z");
    }

    [Theory]
    [InlineData("new")]
    [InlineData("NEW label")]
    [InlineData("New Label")]
    [InlineData(" NEW ")]
    public void A_choice_may_be_named_by_label_or_value_and_the_value_is_sent(string name)
    {
        var written = Written(new FieldValue.Text(name), ASchema.Choice("new", "open"));

        written.ShouldBe(new NativeValue(NativeKind.Text, "new"));
    }

    [Fact]
    public void A_choice_travels_as_a_number_where_the_dialect_says_so()
    {
        var written = Written(new FieldValue.Text("2 label"), ASchema.Choice("1", "2"), Reading.Dynamics);

        written.ShouldBe(new NativeValue(NativeKind.Number, "2"));
    }

    [Fact]
    public void An_unknown_choice_is_refused_with_the_choices()
    {
        var failure = Refused(new FieldValue.Text("AI Qualified"), ASchema.Choice("new", "open"));

        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Field.ShouldBe("it");
        failure.Message.ShouldBe("The field \"it\" has no such choice; use one of: NEW label, OPEN label.");
    }

    [Fact]
    public void A_long_list_of_choices_is_cut_at_ten()
    {
        var failure = Refused(new FieldValue.Text("x"), ASchema.Choice([.. Enumerable.Range(1, 13).Select(number => $"v{number}")]));

        failure.Message.ShouldEndWith("V10 label and 3 more.");
    }

    [Fact]
    public void A_retired_choice_is_refused()
    {
        var field = ASchema.Field(FieldType.Option) with { Options = [new("a", "A", Active: false), new("b", "B")] };

        Refused(new FieldValue.Option("a", "A"), field).Message.ShouldBe("The field \"it\" no longer offers this choice; use one of: B.");
    }

    [Fact]
    public void A_list_is_joined_without_doubles_and_an_empty_one_clears()
    {
        var field = ASchema.Choice(FieldType.OptionList, "a", "b");

        Written(new FieldValue.Text("B label; a;b"), field).Raw.ShouldBe("b;a");
        Written(new FieldValue.OptionList([]), field).ShouldBe(new NativeValue(NativeKind.Text, ""));
    }

    [Fact]
    public void Empty_becomes_whatever_clears_a_field()
    {
        Written(FieldValue.Empty, ASchema.Field(FieldType.Number), Reading.HubSpot).ShouldBe(new NativeValue(NativeKind.Text, ""));
        Written(FieldValue.Empty, ASchema.Field(FieldType.Number), Reading.Salesforce).ShouldBe(NativeValue.Null);
    }

    [Fact]
    public void Plain_text_in_an_html_field_is_escaped()
    {
        Written(new FieldValue.Text("a < b\nc"), ASchema.Field(FieldType.RichText)).Raw.ShouldBe("a &lt; b<br>c");
    }

    [Fact]
    public void What_the_crm_would_refuse_or_bend_is_refused_before()
    {
        Refused(new FieldValue.Text("abcd"), ASchema.Field(FieldType.Text) with { MaxLength = 3 }).Message
            .ShouldBe("The field \"it\" takes at most 3 characters and was given 4.");
        Refused(new FieldValue.Number(1), ASchema.Field(FieldType.Number) with { Writable = false }).Message
            .ShouldBe("The field \"it\" cannot be written: it is read-only in the CRM.");
        Refused(new FieldValue.Text("lots"), ASchema.Field(FieldType.Number));
        Refused(new FieldValue.Instant(Reading.Now), ASchema.Field(FieldType.Date));
        Refused(new FieldValue.RichText("<b>x</b>"), ASchema.Field(FieldType.Text));
        Refused(new FieldValue.Unreadable("x", "y"), ASchema.Field(FieldType.Text));
        Refused(new FieldValue.Text(" "), ASchema.Field(FieldType.Reference));
    }

    [Fact]
    public void What_was_empty_is_put_back_by_clearing_and_what_was_never_read_not_at_all()
    {
        var field = ASchema.Field(FieldType.Text);
        var empty = Reading.Field(field, NativeValue.Null);
        var absent = Reading.Field(field, NativeValue.Missing);

        ValueWriter.WriteBack(empty, field, Reading.HubSpot).ShouldBe((Result<NativeValue>)new NativeValue(NativeKind.Text, ""));
        ValueWriter.WriteBack(absent, field, Reading.HubSpot).Failure.ShouldNotBeNull();
    }

    [Fact]
    public void A_list_that_began_with_its_separator_is_put_back_without_it()
    {
        var field = ASchema.Choice(FieldType.OptionList, "a", "b");
        var before = Reading.Field(field, NativeValue.OfText(";a;b"));

        ValueWriter.WriteBack(before, field, Reading.HubSpot).TryGet(out var written, out _);

        written.Raw.ShouldBe("a;b");
    }

    [Theory]
    [InlineData(FieldType.Text)]
    [InlineData(FieldType.RichText)]
    [InlineData(FieldType.Number)]
    [InlineData(FieldType.Flag)]
    [InlineData(FieldType.Date)]
    [InlineData(FieldType.Instant)]
    [InlineData(FieldType.TimeOfDay)]
    [InlineData(FieldType.Option)]
    [InlineData(FieldType.OptionList)]
    [InlineData(FieldType.Money)]
    [InlineData(FieldType.Reference)]
    public void Every_type_takes_or_refuses_every_value_without_throwing(FieldType type)
    {
        FieldValue[] every =
        [
            FieldValue.Empty, new FieldValue.Text("x"), new FieldValue.RichText("x"), new FieldValue.Number(1), new FieldValue.Flag(true),
            new FieldValue.Date(default), new FieldValue.Instant(default), new FieldValue.TimeOfDay(default), new FieldValue.Option("a", "a"),
            new FieldValue.OptionList([new("a", "a")]), new FieldValue.Money(1, "EUR"), new FieldValue.Reference(RecordType.Company, "1"),
            new FieldValue.Unreadable("x", "y"),
        ];
        var field = ASchema.Choice(type, "a");

        foreach (var value in every)
        {
            var written = ValueWriter.Write(value, field, Reading.HubSpot);

            (written.Failure is null or { Kind: FailureKind.Invalid }).ShouldBeTrue();
        }
    }

    private static NativeValue Written(FieldValue value, FieldDefinition field, ValueDialect? dialect = null)
    {
        var result = ValueWriter.Write(value, field, dialect ?? Reading.HubSpot);
        result.TryGet(out var written, out var failure).ShouldBeTrue(failure?.Message);
        return written;
    }

    private static Failure Refused(FieldValue value, FieldDefinition field) =>
        ValueWriter.Write(value, field, Reading.HubSpot).Failure.ShouldNotBeNull();
}
