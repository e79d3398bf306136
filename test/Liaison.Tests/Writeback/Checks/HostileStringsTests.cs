using System.Text.Json;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;
using Liaison.Writeback.Checks;

namespace Liaison.Tests.Writeback.Checks;

/// <summary>The public list of strings that have broken somebody's software, each as a value that AI wants written.</summary>
public sealed class HostileStringsTests
{
    // Attacks on other things than a page or spreadsheet, and markup that is quoted already: letters like any other.
    private static readonly int[] HarmlessAmongScripts = [194, 208, 209, 211, 413, 423, 427];

    private static readonly Dictionary<ContentThreat, int[]> Refused = new()
    {
        [ContentThreat.ControlCharacter] = [93, 94, 95, 506, 507, 508],
        [ContentThreat.DirectionTrick] = [96, 171, 172, 173, 174, 177],
        [ContentThreat.InvisibleCharacter] = [97, 146, 176],
        [ContentThreat.BrokenCharacter] = [98],
        [ContentThreat.Script] = [.. Enumerable.Range(193, 236).Except(HarmlessAmongScripts), 452],
        [ContentThreat.TemplateToken] = [513, 514],
    };

    private static string[] Strings => JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!;

    [Fact]
    public void Exactly_those_that_act_or_hide_are_refused_each_for_what_it_is()
    {
        var strings = Strings;
        var found = strings.Select((text, index) => (Threat: ActiveContent.In(text), index))
            .Where(each => each.Threat is not null)
            .GroupBy(each => each.Threat!.Value, each => each.index)
            .ToDictionary(group => group.Key, group => group.ToArray());

        strings.Length.ShouldBe(515);
        found.Keys.ShouldBe(Refused.Keys, ignoreOrder: true);
        foreach (var (threat, indexes) in Refused)
        {
            found[threat].ShouldBe(indexes, threat.ToString());
        }

        found.Values.Sum(indexes => indexes.Length).ShouldBe(248);
    }

    [Fact]
    public void Nothing_that_a_plain_field_refuses_passes_as_markup() =>
        Strings.Where(text => ActiveContent.In(text) is not null && ActiveContent.InHtml(text) is null).ShouldBeEmpty();

    [Fact]
    public void What_is_taken_is_written_byte_equal()
    {
        var field = ASchema.Field(FieldType.Text, "note");

        foreach (var text in Strings.Where(text => text.Length > 0 && ActiveContent.In(text) is null))
        {
            ValueWriter.Write(new FieldValue.Text(text), field, new ValueDialect()).TryGet(out var written, out _).ShouldBeTrue(text);
            written.Raw.ShouldBe(text);
        }
    }
}
