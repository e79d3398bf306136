using System.Text.Json;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Schema;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Schema;

/// <summary>Property definitions as contracts/hubspot.md 5 has them.</summary>
public sealed class PropertyMappingTests
{
    [Theory]
    [InlineData("string", "text", FieldType.Text)]
    [InlineData("string", "textarea", FieldType.Text)]
    [InlineData("string", "html", FieldType.RichText)]
    [InlineData("string", "phonenumber", FieldType.Text)]
    [InlineData("number", "number", FieldType.Number)]
    [InlineData("date", "date", FieldType.Date)]
    [InlineData("datetime", "date", FieldType.Instant)]
    [InlineData("bool", "booleancheckbox", FieldType.Flag)]
    [InlineData("enumeration", "select", FieldType.Option)]
    [InlineData("enumeration", "radio", FieldType.Option)]
    [InlineData("enumeration", "checkbox", FieldType.OptionList)]
    [InlineData("enumeration", "booleancheckbox", FieldType.Flag)]
    [InlineData("phone_number", "phonenumber", FieldType.Text)]
    [InlineData("object_coordinates", "text", FieldType.Text)]
    [InlineData("json", "text", FieldType.Text)]
    [InlineData("something_new", "something_new", FieldType.Text)]
    [InlineData(null, null, FieldType.Text)]
    public void A_type_follows_from_type_and_field_type(string? type, string? fieldType, FieldType expected) =>
        Map(new("x", "X", type, fieldType)).Type.ShouldBe(expected);

    [Fact]
    public void Three_hints_say_money()
    {
        var number = new PropertyDocument("x", "X", "number", "number");

        Map(number with { NumberDisplayHint = "currency" }).Type.ShouldBe(FieldType.Money);
        Map(number with { ShowCurrencySymbol = true }).Type.ShouldBe(FieldType.Money);
        var named = Map(number with { CurrencyPropertyName = "deal_currency_code" });
        named.Type.ShouldBe(FieldType.Money);
        named.CurrencyField.ShouldBe("deal_currency_code");
        Map(number with { NumberDisplayHint = "percentage" }).Type.ShouldBe(FieldType.Number);
    }

    [Fact]
    public void An_owner_is_a_reference_and_its_choices_are_elsewhere()
    {
        var owner = Map(new("sales_owner", "Owner", "enumeration", "select") { ExternalOptions = true, ReferencedObjectType = "OWNER", Options = [] });

        owner.Type.ShouldBe(FieldType.Reference);
        owner.References.ShouldBe(new RecordType("user"));
        owner.OptionsElsewhere.ShouldBeTrue();
    }

    [Fact]
    public void The_owner_field_is_a_reference_even_where_hubspot_does_not_say_of_what() =>
        Map(new("hubspot_owner_id", "Owner", "enumeration", "select")).References.ShouldBe(new RecordType("user"));

    [Fact]
    public void External_options_without_a_type_stay_options_of_an_unknown_list()
    {
        var campaign = Map(new("campaign", "Campaign", "enumeration", "select") { ExternalOptions = true, Options = [] });

        campaign.Type.ShouldBe(FieldType.Option);
        campaign.OptionsElsewhere.ShouldBeTrue();
    }

    [Fact]
    public void A_yes_or_no_list_with_more_choices_stays_a_list() =>
        Map(new("x", "X", "enumeration", "booleancheckbox") { Options = [new("true", "Yes", 0, false), new("maybe", "Maybe", 1, false)] })
            .Type.ShouldBe(FieldType.Option);

    [Fact]
    public void Options_keep_their_order_and_hidden_ones_are_not_active()
    {
        var field = Map(new("x", "X", "enumeration", "select")
        {
            Options = [new("last", "Last", -1, false), new("b", "B", 1, true), new("a", null, 0, null), new(null, "nothing", 2, false)],
        });

        field.Options.ShouldBe([new("a", "a"), new("b", "B", Active: false), new("last", "Last")]);
    }

    [Fact]
    public void Only_what_hubspot_says_is_writable_is()
    {
        var sound = new PropertyDocument("x", "X", "string", "text") { ModificationMetadata = new(ReadOnlyValue: false) };

        Map(sound).Writable.ShouldBeTrue();
        Map(sound with { ModificationMetadata = new(ReadOnlyValue: true) }).Writable.ShouldBeFalse();
        Map(sound with { ModificationMetadata = null }).Writable.ShouldBeFalse();
        Map(sound with { Calculated = true }).Writable.ShouldBeFalse();
        Map(sound with { FieldType = "calculation_rollup" }).Writable.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, Sensitivity.Normal)]
    [InlineData("non_sensitive", Sensitivity.Normal)]
    [InlineData("sensitive", Sensitivity.Sensitive)]
    [InlineData("highly_sensitive", Sensitivity.HighlySensitive)]
    [InlineData("quite_sensitive", Sensitivity.Sensitive)]
    public void Sensitivity_is_never_understated(string? native, Sensitivity expected) =>
        Map(new("x", "X", "string", "text") { DataSensitivity = native }).Sensitivity.ShouldBe(expected);

    [Fact]
    public void A_whole_type_gets_canonical_names_and_keeps_the_accounts_own_apart()
    {
        var fields = PropertyMapping.Map(HubSpotRecordTypes.Of(RecordType.Contact),
        [
            new("firstname", "First name", "string", "text"), new("source", "Our source", "string", "text"),
            new("hs_analytics_source", "Source", "enumeration", "select"), new("favourite_colour", "Colour", "string", "text"),
            new("gone", "Gone", "string", "text") { Archived = true },
        ]);

        fields.Keys.ShouldBe([FieldNames.FirstName, "native.source", FieldNames.Source, "favourite_colour"], ignoreOrder: true);
        fields[FieldNames.Source].NativeName.ShouldBe("hs_analytics_source");
        fields["native.source"].NativeName.ShouldBe("source");
    }

    [Fact]
    public void A_definition_may_lack_everything_and_have_anything_else()
    {
        var body = """{"results":[{"name":"x"},{"label":"no name"},{"name":"y","type":"string","new":{"a":[1]},"options":null,"displayOrder":-1}]}""";

        var document = JsonSerializer.Deserialize(body, HubSpotJson.Default.PropertiesDocument).ShouldNotBeNull();

        PropertyMapping.Map(HubSpotRecordTypes.Of(RecordType.Contact), document.Results!).Keys.ShouldBe(["x", "y"], ignoreOrder: true);
    }

    private static FieldDefinition Map(PropertyDocument property) => PropertyMapping.Map(property.Name!, property.Name!, property);
}
