using System.Collections.Frozen;
using System.Text.Json;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;

namespace Liaison.Salesforce.Tests.Schema;

/// <summary>Described fields by section 4 of contracts/salesforce.md, read from describes that organisations gave.</summary>
public sealed class FieldMappingTests
{
    [Theory]
    [InlineData("string", FieldType.Text)]
    [InlineData("textarea", FieldType.Text)]
    [InlineData("email", FieldType.Text)]
    [InlineData("combobox", FieldType.Text)]
    [InlineData("picklist", FieldType.Option)]
    [InlineData("multipicklist", FieldType.OptionList)]
    [InlineData("boolean", FieldType.Flag)]
    [InlineData("int", FieldType.Number)]
    [InlineData("double", FieldType.Number)]
    [InlineData("percent", FieldType.Number)]
    [InlineData("currency", FieldType.Money)]
    [InlineData("date", FieldType.Date)]
    [InlineData("datetime", FieldType.Instant)]
    [InlineData("time", FieldType.TimeOfDay)]
    [InlineData("reference", FieldType.Reference)]
    [InlineData("address", FieldType.Text)]
    [InlineData("anyType", FieldType.Text)]
    [InlineData("something_new", FieldType.Text)]
    [InlineData(null, FieldType.Text)]
    public void A_type_follows_from_the_described_one(string? type, FieldType expected) => One(new("X__c", "X", type)).Type.ShouldBe(expected);

    [Fact]
    public void Markup_is_text_that_says_so() =>
        One(new("X__c", "X", "textarea") { HtmlFormatted = true }).Type.ShouldBe(FieldType.RichText);

    [Fact]
    public void What_is_made_once_can_be_written_and_what_is_computed_cannot()
    {
        One(new("ContactId", "Contact", "reference") { Createable = true, Updateable = false }).Writable.ShouldBeTrue();
        One(new("Name", "Name", "string") { Createable = false, Updateable = false }).Writable.ShouldBeFalse();
    }

    [Fact]
    public void A_required_field_is_one_without_a_default_of_its_own()
    {
        One(new("LastName", "Last", "string") { Createable = true, Nillable = false }).Required.ShouldBeTrue();
        One(new("OwnerId", "Owner", "reference") { Createable = true, Nillable = false, DefaultedOnCreate = true }).Required.ShouldBeFalse();
        One(new("IsX__c", "X", "boolean") { Createable = true, Nillable = false }).Required.ShouldBeFalse();
    }

    [Fact]
    public void Money_has_a_currency_of_its_own_only_where_there_are_several()
    {
        FieldDocument amount = new("Amount", "Amount", "currency");

        Map(RecordType.Deal, [amount])["amount"].CurrencyField.ShouldBeNull();
        Map(RecordType.Deal, [amount, new("CurrencyIsoCode", "Currency", "picklist")])["amount"].CurrencyField.ShouldBe("CurrencyIsoCode");
    }

    [Fact]
    public void A_reference_to_several_types_names_none_and_queues_count_with_users()
    {
        One(new("OwnerId", "Owner", "reference") { ReferenceTo = ["Group", "User"] }).References.ShouldBe(new RecordType("user"));
        One(new("AccountId", "Account", "reference") { ReferenceTo = ["Account"] }).References.ShouldBe(RecordType.Company);
        One(new("WhatId", "What", "reference") { ReferenceTo = ["Account", "Opportunity"] }).References.ShouldBeNull();
    }

    [Fact]
    public void Masked_and_encrypted_values_are_kept_from_AI()
    {
        One(new("Ssn__c", "Number", "encryptedstring")).Sensitivity.ShouldBe(Sensitivity.HighlySensitive);
        One(new("Title", "Title", "string")).Sensitivity.ShouldBe(Sensitivity.Normal);
    }

    [Theory]
    [InlineData("LeadSource", FieldGuard.Origin)]
    [InlineData("UTM_Campaign__c", FieldGuard.Origin)]
    [InlineData("Resource_Plan__c", FieldGuard.None)]
    [InlineData("DoNotCall", FieldGuard.Consent)]
    [InlineData("Email_Opt_In__c", FieldGuard.Consent)]
    [InlineData("GDPR_Basis__c", FieldGuard.Legal)]
    [InlineData("Credit_Limit__c", FieldGuard.Financial)]
    [InlineData("Title", FieldGuard.None)]
    public void AI_leaves_alone_what_the_name_says(string native, FieldGuard expected) =>
        SalesforceGuards.Of(native, native, FieldType.Text, namesUser: false).ShouldBe(expected);

    [Fact]
    public void Every_recorded_contact_field_has_a_definition()
    {
        var fields = Map(RecordType.Contact, Recorded("Contact").Fields!);

        fields[FieldNames.FirstName].ShouldSatisfyAllConditions(
            field => field.NativeName.ShouldBe("FirstName"), field => field.MaxLength.ShouldBe(40), field => field.Writable.ShouldBeTrue());
        fields[FieldNames.LastName].Required.ShouldBeTrue();
        fields["Name"].Writable.ShouldBeFalse();
        fields["MailingAddress"].Writable.ShouldBeFalse();
        fields[FieldNames.Source].ShouldSatisfyAllConditions(
            field => field.Type.ShouldBe(FieldType.Option), field => field.Guard.ShouldBe(FieldGuard.Origin), field => field.Options.Count.ShouldBeGreaterThan(3));
        fields[FieldNames.Created].Type.ShouldBe(FieldType.Instant);
        fields["AccountId"].References.ShouldBe(RecordType.Company);
    }

    // Account.Name says that it is a part of the compound Name, as a person's parts do, and is written all the same.
    [Fact]
    public void A_company_has_a_name_that_can_be_written() =>
        Map(RecordType.Company, Recorded("Account").Fields!)[FieldNames.Name].Writable.ShouldBeTrue();

    // contracts/salesforce.md 4: Texas is a state of the United States; the code AG is one of Italy and of Mexico.
    [Fact]
    public void A_dependent_choice_knows_for_which_values_it_may_be_taken()
    {
        var states = Map(RecordType.Company, Recorded("Account.v58-2026").Fields!)["BillingStateCode"];

        states.ControlledBy.ShouldBe("BillingCountryCode");
        states.Options.Single(option => option.Value == "TX").ValidFor.ShouldBe(["US"]);
        states.Options.Where(option => option.Value == "AG").SelectMany(option => option.ValidFor!).Order().ShouldBe(["IT", "MX"]);
    }

    private static DescribeDocument Recorded(string name)
    {
        using var document = JsonDocument.Parse(SharedFile.Read($"contracts/salesforce/describe/{name}.describe.json"));
        var root = document.RootElement.TryGetProperty("body", out var body) ? body : document.RootElement;
        return root.Deserialize(DescribeJson.Default.DescribeDocument)!;
    }

    private static FieldDefinition One(FieldDocument field) => Map(new("Thing__c"), [field])[field.Name!];

    private static FrozenDictionary<string, FieldDefinition> Map(RecordType type, IReadOnlyList<FieldDocument> fields) =>
        FieldMapping.Map(SalesforceRecordTypes.Of(type), fields);
}
