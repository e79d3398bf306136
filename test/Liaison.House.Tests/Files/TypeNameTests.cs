using System.Text.RegularExpressions;

namespace Liaison.House.Tests.Files;

/// <summary>A name says what a thing is; words that fit anything say nothing.</summary>
public sealed partial class TypeNameTests
{
    private static readonly HashSet<string> Banned =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Base", "Impl", "Data", "Info", "Service", "Services"];

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["LiaisonServiceCollectionExtensions"] = "it extends IServiceCollection, whose name is the framework's",
    };

    [Fact]
    public void No_type_is_named_by_a_word_that_says_nothing() => Empty(
        OurAssemblies.Names.Select(OurAssemblies.Load).SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name.Split('`')[0])).ShouldBeEmpty();

    [Fact]
    public void Words_are_told_apart() => Empty(["DealManager", "DatabaseFile", "BaseRecord", "Information", "LiaisonServiceCollectionExtensions"])
        .ShouldBe(["DealManager", "BaseRecord"]);

    private static IReadOnlyList<string> Empty(IEnumerable<string> names) =>
        [.. names.Where(name => !name.Contains('<') && !Reasons.ContainsKey(name) && Words().Matches(name).Any(word => Banned.Contains(word.Value))).Distinct()];

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")]
    private static partial Regex Words();
}
