using Liaison.Alerts;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every alert store must do: one row a group and quiet time, and each row to one carrier at a time until it is taken.</summary>
[ConformanceSuite(typeof(IAlertStore))]
public abstract class AlertStoreConformance
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Alert Refused { get; } = new(AlertKind.Forbidden, Sample.Connection, "contacts.write", "A scope is missing.")
    {
        RunId = "run-1",
        Pipeline = "qualify",
        Since = Sample.Start,
        CorrelationId = "corr-1",
        MissingScopes = ["contacts.write"],
        ScopesBefore = ["contacts.read", "contacts.write"],
        ScopesAfter = ["contacts.read"],
    };

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IAlertStore> OpenAsync(TimeProvider time);

    [Fact]
    public async Task An_alert_comes_back_as_it_was_raised()
    {
        var store = await OpenAsync(clock);

        var told = (await store.RaiseAsync("alr-1", Refused, Quiet, deliver: true, Token)).ShouldNotBeNull();

        var kept = (await store.ListAsync(new AlertQuery(10), Token)).ShouldHaveSingleItem();
        (kept.Id, kept.Count, kept.Before, kept.FirstAt, kept.LastAt).ShouldBe(("alr-1", 1, 0, Sample.Start, Sample.Start));
        kept.Alert.ToJson().ShouldBe(Refused.ToJson());
        told.Id.ShouldBe("alr-1");
    }

    [Fact]
    public async Task Alerts_of_one_group_are_one_row_until_the_quiet_time_has_passed()
    {
        var store = await OpenAsync(clock);
        await store.RaiseAsync("alr-1", Refused, Quiet, deliver: false, Token);
        clock.Advance(Quiet - TimeSpan.FromMilliseconds(1));

        (await store.RaiseAsync("alr-2", Refused, Quiet, deliver: false, Token)).ShouldBeNull();
        (await store.RaiseAsync("alr-3", Refused, Quiet, deliver: false, Token)).ShouldBeNull();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await store.RaiseAsync("alr-4", Refused, Quiet, deliver: false, Token)).ShouldNotBeNull().Before.ShouldBe(2);

        (await store.ListAsync(new AlertQuery(10), Token)).Select(row => (row.Id, row.Count)).ShouldBe([("alr-4", 1), ("alr-1", 3)]);
    }

    [Fact]
    public async Task Another_kind_connection_or_cause_is_a_row_of_its_own()
    {
        var store = await OpenAsync(clock);
        Alert[] alerts =
        [
            Refused,
            Refused with { Kind = AlertKind.RunParked },
            Refused with { Connection = null },
            Refused with { Connection = new ConnectionName("other") },
            Refused with { Cause = "contacts.read" },
        ];

        for (var number = 0; number < alerts.Length; number++)
        {
            (await store.RaiseAsync($"alr-{number}", alerts[number], Quiet, deliver: false, Token)).ShouldNotBeNull();
        }

        (await store.ListAsync(new AlertQuery(10), Token)).Count.ShouldBe(alerts.Length);
        (await store.ListAsync(new AlertQuery(2), Token)).Select(row => row.Id).ShouldBe(["alr-4", "alr-3"]);
    }

    [Fact]
    public async Task What_is_due_is_taken_by_one_process_until_its_lease_has_ended()
    {
        var one = await OpenAsync(clock);
        var other = await OpenAsync(clock);
        await one.RaiseAsync("alr-1", Refused, Quiet, deliver: true, Token);
        await one.RaiseAsync("alr-2", Refused with { Cause = "silent" }, Quiet, deliver: false, Token);

        (await one.TakeDueAsync(10, Lease, Token)).ShouldHaveSingleItem().Id.ShouldBe("alr-1");
        (await other.TakeDueAsync(10, Lease, Token)).ShouldBeEmpty();
        clock.Advance(Lease);
        (await other.TakeDueAsync(10, Lease, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_not_taken_is_due_again_later_and_what_was_taken_never()
    {
        var store = await OpenAsync(clock);
        await store.RaiseAsync("alr-1", Refused, Quiet, deliver: true, Token);
        await store.TakeDueAsync(10, Lease, Token);

        await store.SettleAsync("alr-1", TimeSpan.FromSeconds(2), Token);
        (await store.TakeDueAsync(10, Lease, Token)).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(2));
        (await store.TakeDueAsync(10, Lease, Token)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
        await store.SettleAsync("alr-1", again: null, Token);
        clock.Advance(TimeSpan.FromDays(1));

        (await store.TakeDueAsync(10, Lease, Token)).ShouldBeEmpty();
        (await store.ListAsync(new AlertQuery(10), Token)).ShouldHaveSingleItem().DeliveredAt.ShouldBe(Sample.Start.AddSeconds(2));
    }

    [Fact]
    public async Task Alerts_are_found_by_kind_connection_run_and_time()
    {
        var store = await OpenAsync(clock);
        await store.RaiseAsync("alr-1", Refused, Quiet, deliver: false, Token);
        clock.Advance(TimeSpan.FromHours(1));
        var parked = new Alert(AlertKind.RunParked, new ConnectionName("other"), "run-7", "A run is parked.") { RunId = "run-7" };
        await store.RaiseAsync("alr-2", parked, Quiet, deliver: false, Token);

        foreach (var ofSecond in new AlertQuery[]
        {
            new() { Kind = AlertKind.RunParked },
            new() { Connection = new ConnectionName("other") },
            new() { RunId = "run-7" },
            new() { Since = clock.GetUtcNow() },
            new() { Kind = AlertKind.RunParked, RunId = "run-7", Until = clock.GetUtcNow().AddSeconds(1) },
        })
        {
            (await store.ListAsync(ofSecond, Token)).ShouldHaveSingleItem().Id.ShouldBe("alr-2", ofSecond.ToString());
        }

        (await store.ListAsync(new AlertQuery { Until = clock.GetUtcNow() }, Token)).ShouldHaveSingleItem().Id.ShouldBe("alr-1");
        (await store.ListAsync(new AlertQuery { RunId = "run-8" }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_retention_removes_what_was_raised_last_before_it()
    {
        var store = await OpenAsync(clock);
        await store.RaiseAsync("alr-1", Refused, Quiet, deliver: true, Token);
        clock.Advance(TimeSpan.FromDays(30));
        await store.RaiseAsync("alr-2", Refused, Quiet, deliver: true, Token);

        (await store.PurgeAsync(clock.GetUtcNow(), Token)).ShouldBe(1);

        (await store.ListAsync(new AlertQuery(10), Token)).ShouldHaveSingleItem().Id.ShouldBe("alr-2");
    }
}
