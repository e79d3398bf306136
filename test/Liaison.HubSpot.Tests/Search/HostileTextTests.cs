using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Liaison.HubSpot.Search;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Search;

/// <summary>No text of a caller changes the structure of a search, whatever it holds.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Known =
    [
        "\"", "\\", "\"}]}]}", "\u0000", "\u2028", "\ud800", "\udfff\ud800", "' OR 1=1 --", "*", "a,b", "a;b", "${x}", "{{x}}", "\r\n\t", "𝕒𝕓", "\ufeff",
        "{\"filterGroups\":[]}", "<script>alert(1)</script>", "../../etc/passwd", "%00", "Ω≈ç√∫", "﷽", "null", "true", "1E999",
    ];

    [Fact]
    public void A_known_hostile_text_stays_one_value()
    {
        foreach (var text in Known)
        {
            IsOneValue(text).ShouldBeTrue(text);
        }
    }

    [Fact]
    public void Any_text_stays_one_value() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => string.IsNullOrEmpty(text) || IsOneValue(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_text_stays_one_of_a_list() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?[]>(), texts =>
        {
            var wanted = texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => text!).ToList();
            var filter = Search(new RecordFilter.OneOf("a", [.. wanted.Select(text => new FieldValue.Text(text))]));

            return wanted.Count == 0 || filter.GetProperty("values").GetArrayLength() == wanted.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool IsOneValue(string text)
    {
        var filter = Search(new RecordFilter.Compare("a", Comparison.Equal, new FieldValue.Text(text)));

        return filter.EnumerateObject().Count() == 3
            && filter.GetProperty("propertyName").GetString() == "a"
            && filter.GetProperty("operator").GetString() == "EQ"
            && filter.GetProperty("value").GetString() == WellFormed(text);
    }

    /// <summary>Gives the only condition of the only group of the search that the filter becomes.</summary>
    private static JsonElement Search(RecordFilter filter)
    {
        if (!new FilterCompiler(name => name).Compile(filter, reserved: 1).TryGet(out var groups, out var refused))
        {
            throw new ShouldAssertException(refused.Message);
        }

        var body = new SearchRequest(groups.With(), "createdate", Descending: false, ["email"], 200, null).ToBody();
        using var search = JsonDocument.Parse(body);
        var all = search.RootElement.GetProperty("filterGroups");

        search.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["filterGroups", "sorts", "properties", "limit"]);
        return all.GetArrayLength() == 0 ? default : all.EnumerateArray().ShouldHaveSingleItem().GetProperty("filters").EnumerateArray().ShouldHaveSingleItem().Clone();
    }

    // Half a surrogate pair is no text: it travels as the replacement character.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
