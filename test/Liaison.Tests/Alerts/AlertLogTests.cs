using Liaison.Alerts;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Tests.Connectors;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Alerts;

/// <summary>Alerts as log lines: told at once, grouped, and not again for a while.</summary>
public sealed class AlertLogTests : IDisposable
{
    private static readonly Alert Refused = new(
        AlertKind.Forbidden, new ConnectionName("crm"), "crm.objects.contacts.write", "The scope crm.objects.contacts.write is missing.");

    private readonly ManualTime time = new();
    private readonly CapturedLog log = new();
    private readonly AlertLog alerts;

    public AlertLogTests()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        alerts = new AlertLog(time, factory.CreateLogger<AlertLog>());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task The_first_alert_of_a_cause_is_told_at_once_with_its_kind_connection_and_sentence()
    {
        await alerts.RaiseAsync(Refused, Token);

        var line = log.Lines.ShouldHaveSingleItem();
        line.ShouldContain("Forbidden on crm (crm.objects.contacts.write): The scope crm.objects.contacts.write is missing.");
    }

    [Fact]
    public async Task A_storm_of_one_cause_is_one_line_and_later_another_that_tells_how_many_were_held_back()
    {
        for (var number = 0; number < 1000; number++)
        {
            await alerts.RaiseAsync(Refused, Token);
        }

        time.Advance(TimeSpan.FromMinutes(15));
        await alerts.RaiseAsync(Refused, Token);

        log.Lines.Count.ShouldBe(2);
        log.Lines.Last().ShouldContain("999 more of the kind");
    }

    [Fact]
    public async Task Another_kind_connection_or_cause_is_told_beside_it()
    {
        await alerts.RaiseAsync(Refused, Token);
        await alerts.RaiseAsync(Refused with { Kind = AlertKind.NeedsAuthorization }, Token);
        await alerts.RaiseAsync(Refused with { Connection = new ConnectionName("other") }, Token);
        await alerts.RaiseAsync(Refused with { Connection = null }, Token);
        await alerts.RaiseAsync(Refused with { Cause = "crm.objects.companies.read" }, Token);

        log.Lines.Count.ShouldBe(5);
    }
}
