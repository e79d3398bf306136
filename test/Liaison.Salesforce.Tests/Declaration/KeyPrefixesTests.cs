using Liaison.Model;
using Liaison.Salesforce.Declaration;

namespace Liaison.Salesforce.Tests.Declaration;

/// <summary>Prefixes as section 5 of contracts/salesforce.md lists them.</summary>
public sealed class KeyPrefixesTests
{
    [Theory]
    [InlineData("001", "company")]
    [InlineData("003", "contact")]
    [InlineData("005", "user")]
    [InlineData("006", "deal")]
    [InlineData("00Q", "lead")]
    [InlineData("500", "ticket")]
    [InlineData("00T", "task")]
    [InlineData("00U", "meeting")]
    [InlineData("002", "note")]
    [InlineData("00G", "Group")]
    [InlineData("701", "Campaign")]
    public void An_id_tells_its_type_in_both_spellings(string prefix, string type)
    {
        KeyPrefixes.TypeOf($"{prefix}000000000001").ShouldBe(new RecordType(type));
        KeyPrefixes.TypeOf(Liaison.Salesforce.Wire.SalesforceId.Normalize($"{prefix}000000000001")!).ShouldBe(new RecordType(type));
    }

    [Theory]
    [InlineData("a01000000000001")]
    [InlineData("00g000000000001")]
    [InlineData("001")]
    [InlineData("0010000000000")]
    [InlineData("001000000000001AAB")]
    [InlineData("")]
    public void What_is_of_an_object_of_the_organisation_or_no_id_tells_none(string id) => KeyPrefixes.TypeOf(id).ShouldBeNull();
}
