using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>Contract section 5: ids.</summary>
public sealed class IdTests
{
    [Theory]
    [InlineData("00DdM00000vfgTu", "UAI")]
    [InlineData("00Q4C00000B5Bug", "UAF")]
    [InlineData("0015500001QdQWa", "AAN")]
    public void Checksums_are_those_of_recorded_ids(string id, string checksum)
    {
        SalesforceId.TryParse(id, out var whole).ShouldBeTrue();

        whole.ShouldBe(id + checksum);
    }

    [Fact]
    public void An_id_of_eighteen_survives_the_loss_of_its_case()
    {
        SalesforceId.TryParse("00ddm00000vfgtuUAI", out var whole).ShouldBeTrue();

        whole.ShouldBe("00DdM00000vfgTuUAI");
    }

    [Theory]
    [InlineData("00DdM00000vfgT")]
    [InlineData("00DdM00000vfg-u")]
    [InlineData("00DdM00000vfgTuZ9I")]
    public void What_is_no_id_is_not_taken_for_one(string text) => SalesforceId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Ids_of_greater_numbers_are_greater()
    {
        var ids = new[] { 1L, 9, 10, 35, 36, 61, 62, 3_843, 3_844, 1_000_000 }.Select(number => SalesforceId.Make("003", number)).ToArray();

        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.Select(SalesforceId.NumberOf).ShouldBe([1, 9, 10, 35, 36, 61, 62, 3_843, 3_844, 1_000_000]);
    }
}
