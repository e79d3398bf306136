using Liaison.Cli.Configuration;

namespace Liaison.EndToEnd.Tests.Configuration;

/// <summary>A key that a section does not know is told beside those that it knows, whichever section it is.</summary>
public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("nosuch: 1", "connections, policy, scorecards")]
    [InlineData("runs: { nosuch: 1 }", "keepDays")]
    [InlineData("changes: { nosuch: 1 }", "keepDays")]
    [InlineData("calls: { nosuch: 1 }", "keepDays, keepRows")]
    [InlineData("telemetry: { nosuch: 1 }", "endpoint")]
    [InlineData("server: { nosuch: 1 }", "urls")]
    [InlineData("alerts: { webhook: { nosuch: 1 } }", "url")]
    [InlineData("policy: { grants: [{ nosuch: 1 }] }", "subject")]
    [InlineData("policy: { agents: { helper: { limits: { nosuch: 1 } } } }", "shareOfRecords")]
    [InlineData("connections: { crm: { mapped: { users: { ada: { nosuch: 1 } } } } }", "email")]
    [InlineData("scorecards: [{ criteria: [{ match: [{ nosuch: 1 }] }] }]", "points")]
    public void Its_section_tells_what_it_knows(string yaml, string known)
    {
        var told = Should.Throw<ConfigurationException>(() => ConfigurationFile.Parse<LiaisonOptions>(yaml, "liaison.yaml")).Message;

        told.ShouldContain("\"nosuch\" is not known here; expected one of ");
        told[told.IndexOf("one of ", StringComparison.Ordinal)..].ShouldContain(known);
    }

    [Theory]
    [InlineData("deadLetters", 365)]
    [InlineData("runs", 3650)]
    [InlineData("changes", 3650)]
    public void What_is_kept_for_too_short_or_too_long_is_told_with_its_range(string section, int most)
    {
        foreach (var (days, fits) in new[] { (0, false), (1, true), (most, true), (most + 1, false) })
        {
            var faults = ConfigurationCheck.Faults(ConfigurationFile.Parse<LiaisonOptions>($"{section}: {{ keepDays: {days} }}", "liaison.yaml"), []);

            faults.Count(fault => fault == $"{section}.keepDays: {days} is out of range; expected 1 to {most}.").ShouldBe(fits ? 0 : 1);
        }
    }
}
