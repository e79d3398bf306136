using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>A record that the CRM keeps from the credential holds up no other; a credential that is kept from everything stops the run (R120, R127).</summary>
public sealed class RefusedRecordTests : IAsyncDisposable
{
    private static readonly Failure Closed = new(FailureKind.Forbidden, "The user may not edit the record.");

    private readonly EngineWorld world = new();
    private readonly HashSet<string> closed = [];
    private int tried;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task All_others_are_done_the_record_waits_and_one_alert_names_the_run()
    {
        var contacts = Seed(300);
        closed.Add(contacts[7]);
        closed.Add(contacts[250]);

        var run = await CarryAsync();

        run.State.ShouldBe(RunState.Parked);
        run.Reason.ShouldBe(Closed.Message);
        var counts = await world.Work.CountAsync(run.Id, Token);
        (counts.Done, counts.Parked, counts.Dead, counts.In).ShouldBe((298, 2, 0, 300));
        world.Alerts.Raised.ShouldContain(alert => alert.Kind == AlertKind.Forbidden && alert.Message.Contains("goes on with the others", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_is_done_once_the_right_is_given_and_the_others_are_not_done_again()
    {
        var contacts = Seed(20);
        closed.Add(contacts[3]);
        var run = await CarryAsync();
        closed.Clear();

        run = (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();

        run.State.ShouldBe(RunState.Finished);
        world.Crm.Writes.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Where_nothing_but_refusals_comes_the_run_stops()
    {
        closed.UnionWith(Seed(RunStop.MostRefusedInARow * 5));
        world.Qualify.ChunkSize = 100;

        var run = await CarryAsync();

        run.State.ShouldBe(RunState.Parked);
        tried.ShouldBeInRange(RunStop.MostRefusedInARow, RunStop.MostRefusedInARow * 4);
    }

    [Fact]
    public async Task A_named_scope_stops_it_at_once()
    {
        var contacts = Seed(300);
        world.Qualify.ChunkSize = 100;
        world.Connector.OnWrite = (writes, send) => writes.Any(write => write.Id == contacts[0])
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(Closed with { MissingScopes = ["contacts.write"] })
            : send();

        var run = (await world.Qualification.ContinueAsync((await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found(), cancellationToken: Token)).Found();

        run.State.ShouldBe(RunState.Parked);
        run.Reason.ShouldNotBeNull().ShouldContain("contacts.write");
        (await world.Work.CountAsync(run.Id, Token)).Done.ShouldBeLessThan(300);
    }

    private List<string> Seed(int count) => [.. Enumerable.Range(0, count).Select(_ => world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales")))];

    private async Task<Run> CarryAsync()
    {
        world.Crm.Refuses = id =>
        {
            tried += closed.Contains(id) ? 1 : 0;
            return closed.Contains(id) ? Closed : null;
        };
        return (await world.Qualification.ContinueAsync((await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found(), cancellationToken: Token)).Found();
    }
}
