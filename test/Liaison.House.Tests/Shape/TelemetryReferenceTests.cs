using System.Text.RegularExpressions;
using Liaison.Telemetry;

namespace Liaison.House.Tests.Shape;

/// <summary>The reference of metrics says what the code measures, line by line.</summary>
public sealed partial class TelemetryReferenceTests
{
    [Fact]
    public void Every_instrument_stands_in_the_reference_as_it_is()
    {
        var lines = Row().Matches(File.ReadAllText(Repository.PathOf("docs/reference/telemetry.md"))).Select(line => line.Value);

        lines.ShouldBe(Instruments.All.Select(instrument =>
            $"| `{instrument.Name}` | {instrument.Kind} | `{instrument.Unit}` | {string.Join(", ", instrument.Attributes.Select(name => $"`{name}`"))} | {instrument.Meaning} |"));
    }

    [Fact]
    public void Every_instrument_that_is_made_is_declared_with_its_unit()
    {
        var made = new List<(string Name, string? Unit)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        using var telemetry = Made(listener, made);

        made.ShouldBe(Instruments.All.Select(instrument => (instrument.Name, (string?)instrument.Unit)), ignoreOrder: true);
    }

    private static LiaisonTelemetry Made(System.Diagnostics.Metrics.MeterListener listener, List<(string Name, string? Unit)> made)
    {
        var thread = Environment.CurrentManagedThreadId;
        listener.InstrumentPublished = (instrument, _) =>
        {
            // Other tests make theirs at the same time, on threads of their own.
            if (instrument.Meter.Name == LiaisonTelemetry.SourceName && Environment.CurrentManagedThreadId == thread)
            {
                made.Add((instrument.Name, instrument.Unit));
            }
        };
        listener.Start();
        made.Clear();
        return new LiaisonTelemetry();
    }

    [GeneratedRegex("^\\| `liaison\\.[^|]*\\| (?:counter|histogram|gauge) .*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
