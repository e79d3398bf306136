using Liaison.EndToEnd.Tests.Processes;
using Liaison.Telemetry;

namespace Liaison.EndToEnd.Tests.Telemetry;

/// <summary>What the executable sends to a collector (R149), and what it never does.</summary>
public sealed class TelemetryTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Connection = Workplace.Connection;

    private static readonly string[] Personal = ["email", "phone"];

    [Fact]
    public async Task A_run_sends_its_calls_its_budget_its_queue_and_its_spans_and_no_value_of_a_record()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var place = new Workplace();
        var headers = place.Write("otlp-headers", "x-proof=canary-proof");
        place.With($$"""
            {{Workplace.YamlFor(served.Crm.Address)}}
            telemetry:
              endpoint: {{collector.Address}}
              headers: file:{{headers}}
              intervalSeconds: 1
            """);

        (await place.RunAsync("run", "start", "qualify", "--connection", Connection)).ShouldEndWith(0);

        var run = (await place.JsonAsync("run", "list"))[0];
        var id = run.GetProperty("id").GetString()!;
        var points = collector.Points;
        Last(points, Instruments.Calls, ("connection", Connection), ("operation", "Write"), ("outcome", "ok")).Value.ShouldBePositive();
        Last(points, Instruments.Duration, ("connection", Connection), ("operation", "Write")).Value.ShouldBePositive();
        Last(points, Instruments.LimiterWait, ("connection", Connection), ("lane", "Batch")).Value.ShouldBePositive();
        Last(points, Instruments.Requests, ("action", "changes.submit"), ("outcome", "ok")).Value.ShouldBePositive();
        Last(points, Instruments.BudgetRemaining, ("connection", Connection), ("limit", "daily")).Value.ShouldBeInRange(1, 1_000_000);
        Last(points, Instruments.BudgetRemaining, ("connection", Connection), ("limit", "burst")).Value.ShouldBeInRange(0, 190);
        Last(points, Instruments.RunItems, ("run", id), ("pipeline", "qualify"), ("connection", Connection), ("state", "done")).Value
            .ShouldBe(run.GetProperty("counts").GetProperty("done").GetInt32());
        Last(points, Instruments.RunProgress, ("run", id), ("pipeline", "qualify"), ("connection", Connection)).Value.ShouldBe(1);
        ShouldBeDeclared(points);

        var call = collector.Spans.First(span => span.Name == "crm.call" && span.Attributes["call"] == "contacts.batch-update");
        var request = collector.Spans.Single(span => span.SpanId == call.ParentId);
        (request.Name, request.Attributes["action"], request.Attributes["outcome"]).ShouldBe(("liaison.request", "changes.submit", "ok"));
        (call.TraceId, call.Attributes["trace"], call.Attributes["run"]).ShouldBe((request.TraceId, request.Attributes["trace"], id));
        call.Attributes["crm.correlation"].ShouldNotBeEmpty();

        collector.Proofs.Distinct().ShouldHaveSingleItem().ShouldBe("canary-proof");
        await ShouldTellNobodyAsync(collector.Raw);
    }

    [Fact]
    public async Task Failures_and_renewals_are_counted_by_kind_and_the_environment_alone_turns_it_on()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var crm = await Emulator.StartAsync(Path.GetTempPath(), "--contacts", "20", "--companies", "2", "--limits", "off");
        await crm.FaultAsync(new { kind = "status", status = 503, count = 2 });
        using var place = new Workplace().With(Workplace.YamlFor(crm.Address));

        await using var asking = place.StartIn(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
            "connect", "test", Connection);
        (await asking.EndAsync()).ShouldEndWith(0);
        await using var off = place.StartIn(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_SDK_DISABLED"] = "true" },
            "connect", "test", Connection);
        var before = collector.Proofs.Count;
        (await off.EndAsync()).ShouldEndWith(0);

        Last(collector.Points, Instruments.Errors, ("connection", Connection), ("kind", "Unavailable")).Value.ShouldBe(2);
        Last(collector.Points, Instruments.Calls, ("connection", Connection), ("operation", "Identify"), ("outcome", "Unavailable")).Value.ShouldBe(2);
        ShouldBeDeclared(collector.Points);
        collector.Proofs.Count.ShouldBe(before);
    }

    private static void ShouldBeDeclared(IReadOnlyList<OtlpPoint> points)
    {
        foreach (var point in points)
        {
            var declared = Instruments.All.Single(instrument => instrument.Name == point.Name);
            (point.Unit, point.Kind).ShouldBe((declared.Unit, declared.Kind), point.Name);
            point.Attributes.Keys.ShouldBe(declared.Attributes, ignoreOrder: true, point.Name);
        }
    }

    // Metrics are summed from delivery to delivery, so that the last one tells all.
    private static OtlpPoint Last(IReadOnlyList<OtlpPoint> points, string name, params (string Key, string Value)[] attributes) =>
        points.LastOrDefault(point => point.Name == name && attributes.All(wanted => point.Attributes.GetValueOrDefault(wanted.Key) == wanted.Value))
        ?? throw new ShouldAssertException($"No {name} with {string.Join(", ", attributes)}; there is {string.Join("; ", points.Where(point => point.Name == name).Select(point => string.Join(",", point.Attributes)).Distinct())}");

    private async Task ShouldTellNobodyAsync(string raw)
    {
        raw.ShouldContain("liaison.crm.calls");
        var listed = await served.Crm.GetAsync("crm/v3/objects/contacts?limit=100&properties=email,phone", Workplace.AccountToken);
        var values = listed.GetProperty("results").EnumerateArray()
            .Select(contact => contact.GetProperty("properties"))
            .SelectMany(fields => Personal.Select(name => fields.TryGetProperty(name, out var value) ? value.GetString() : null))
            .OfType<string>().Where(value => value.Length > 6).Append(Workplace.AccountToken).ToList();
        values.Count.ShouldBeGreaterThan(50);
        values.Where(value => raw.Contains(value, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }
}
