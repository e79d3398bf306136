using Liaison.Model;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>Writes below one record take its lock in turn, so that they are sent one behind the other (contracts/salesforce.md 8, 10).</summary>
public sealed class LockOrderTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();
    private readonly List<string> sent = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public LockOrderTests() => world.Connector.OnWrite = (writes, send) =>
    {
        sent.AddRange(writes.Select(write => write.Id!));
        return send();
    };

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Those_below_one_record_travel_beside_each_other_and_each_has_its_own_outcome()
    {
        string?[] parents = ["c2", "c1", null, "c2", "c1", "c3", "c2"];
        List<ProposedChange> changes = [];
        foreach (var (parent, place) in parents.Select((parent, place) => (parent, place)))
        {
            var proposed = await world.ScoreAsync(world.AddContact(), 10 + place);
            changes.Add(proposed with { Change = proposed.Change with { LockedBy = parent } });
        }

        var outcomes = await world.SubmitAsync([.. changes]);

        string[] ids = [.. changes.Select(change => change.AsRead!.Ref.Id)];
        sent.ShouldBe([ids[2], ids[1], ids[4], ids[0], ids[3], ids[6], ids[5]]);
        outcomes.Select(outcome => outcome.Receipt.ShouldNotBeNull().Record.Id).ShouldBe(ids);
        foreach (var (id, place) in ids.Select((id, place) => (id, place)))
        {
            (await world.ReadAsync(id))["ai_score"].ShouldBe(new FieldValue.Number(10 + place));
        }
    }

    [Fact]
    public async Task A_run_sends_the_scores_of_one_company_s_contacts_beside_each_other()
    {
        string[] companies = [.. Enumerable.Range(0, 3).Select(number => world.Crm.Add(RecordType.Company, ("name", $"Company {number}")))];
        var companyOf = new Dictionary<string, string>();
        for (var number = 0; number < 12; number++)
        {
            var contact = world.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales"));
            companyOf[contact] = companies[number % 3];
            world.Crm.Link(RecordType.Contact, contact, RecordType.Company, companies[number % 3], primary: true);
        }

        var run = (await world.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        (await world.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();

        sent.Count.ShouldBe(12);
        sent.Select(id => companyOf[id]).Distinct().Count().ShouldBe(3);
        sent.Zip(sent.Skip(1)).Count(pair => companyOf[pair.First] != companyOf[pair.Second]).ShouldBe(2);
    }
}
