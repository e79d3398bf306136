using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Tests.Wire;

/// <summary>Ids by section 5 of contracts/salesforce.md, with ids that were recorded.</summary>
public sealed class SalesforceIdTests
{
    [Theory]
    [InlineData("00DdM00000vfgTu", "00DdM00000vfgTuUAI")]
    [InlineData("00Q4C00000B5Bug", "00Q4C00000B5BugUAF")]
    [InlineData("0015500001QdQWa", "0015500001QdQWaAAN")]
    [InlineData("005dM00000awSFJ", "005dM00000awSFJQA2")]
    public void Both_spellings_are_one_id(string shorter, string longer)
    {
        SalesforceId.Normalize(shorter).ShouldBe(longer);
        SalesforceId.Normalize(longer).ShouldBe(longer);
    }

    [Theory]
    [InlineData("00DdM00000vfgTuUAA")]
    [InlineData("00ddm00000vfgtuUAI")]
    [InlineData("00DdM00000vfgT")]
    [InlineData("00DdM00000vfgTuU")]
    [InlineData("00DdM00000vfg'u")]
    [InlineData("../../sobjects/")]
    [InlineData("")]
    public void What_is_none_is_refused(string text) => SalesforceId.Normalize(text).ShouldBeNull();

    [Theory]
    [InlineData("2026-05-01T07:25:37.000+0000", "2026-05-01T07:25:37+00:00")]
    [InlineData("2011-12-16T17:43:01.000+0000", "2011-12-16T17:43:01+00:00")]
    [InlineData("2026-05-01T07:25:37.000+0200", "2026-05-01T05:25:37+00:00")]
    [InlineData("2026-05-01T07:25:37Z", "2026-05-01T07:25:37+00:00")]
    public void Times_have_an_offset_without_a_colon(string text, string expected) =>
        SalesforceTime.Parse(text).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-05-01")]
    [InlineData("soon")]
    [InlineData(null)]
    public void What_is_no_time_is_none(string? text) => SalesforceTime.Parse(text).ShouldBeNull();
}
