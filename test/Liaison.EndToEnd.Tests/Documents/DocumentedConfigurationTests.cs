using System.Text.RegularExpressions;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Documents;

/// <summary>The reference of <c>liaison.yaml</c> is a configuration that starts.</summary>
public sealed partial class DocumentedConfigurationTests
{
    [Fact]
    public async Task What_the_reference_shows_is_one_right_configuration()
    {
        var blocks = YamlBlock().Matches(await File.ReadAllTextAsync(Repository.Find("docs", "reference", "configuration.md"), TestContext.Current.CancellationToken))
            .Select(block => block.Groups[1].Value).ToList();
        using var place = new Workplace();
        place.With(string.Concat(blocks).Replace("samples/scorecards", Repository.Find("samples", "scorecards"), StringComparison.Ordinal)
            .Replace("  signingKey: file:/run/secrets/audit-signing.pem\n", "", StringComparison.Ordinal));

        var ended = await place.RunAsync("connect", "list", "--output", "json");

        blocks.Count.ShouldBe(4);
        ended.ShouldEndWith(0).Json().GetArrayLength().ShouldBe(1);
    }

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
