using System.Collections.Concurrent;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Writeback;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.House.Tests.Canaries;

/// <summary>Runs the main job once in peace and once into each trouble, and asks what a careless agent asks.</summary>
public sealed class CanaryRun : IAsyncLifetime
{
    private const int Contacts = 300;
    private const int ContactsInTrouble = 60;

    private readonly ConcurrentQueue<DatabaseText> databases = new();

    internal Ear Ear { get; } = new();

    internal IReadOnlyCollection<DatabaseText> Databases => databases;

    /// <summary>Gets what the careless agent was shown, to prove that the canaries were there to be told.</summary>
    internal string Shown { get; private set; } = "";

    /// <summary>Gets the database of a run whose change sets have been kept long enough.</summary>
    internal DatabaseText Retired { get; private set; } = new(new Dictionary<string, IReadOnlyList<string>>());

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await Task.WhenAll(Trouble.All.Select(trouble => QualifyAsync(trouble, cancellationToken)).Append(AskAsync(cancellationToken)).Append(RetireAsync(cancellationToken)));

        // What the tests themselves throw is none of the run's.
        Ear.Dispose();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task QualifyAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        var contacts = trouble.Orders.Count == 0 ? Contacts : ContactsInTrouble;
        await using var house = await CanaryHouse.OpenAsync(Ear, contacts, cancellationToken);
        await house.PrepareAsync(cancellationToken);
        var qualify = house.Installation.Qualify;
        if (Ear.Hear(await qualify.StartAsync(CanaryHouse.Connection, where: null, cancellationToken)) is { } run)
        {
            await house.MeetAsync(trouble, cancellationToken);
            Ear.Hear(await qualify.ContinueAsync(run, progressed: null, cancellationToken));
        }

        databases.Enqueue(await house.CloseAsync());
    }

    private async Task RetireAsync(CancellationToken cancellationToken)
    {
        await using var house = await CanaryHouse.OpenAsync(Ear, ContactsInTrouble, cancellationToken);
        await house.PrepareAsync(cancellationToken);
        var run = Ear.Hear(await house.Installation.Qualify.StartAsync(CanaryHouse.Connection, where: null, cancellationToken)).ShouldNotBeNull();
        Ear.Hear(await house.Installation.Qualify.ContinueAsync(run, progressed: null, cancellationToken));
        var waiting = await house.Installation.Changes.ListAsync(new ChangeQuery(ChangeState.Waiting, Limit: int.MaxValue), cancellationToken);
        await house.Installation.Changes.MoveAsync(
            [.. waiting.Select(row => new ChangeMove(row.Id, row.State, ChangeState.Expired, ChangeStates.Engine, "Nobody decided."))], cancellationToken);

        // What moved up to tomorrow has been kept long enough today.
        await house.Installation.Engine.GetRequiredService<RetireChanges>().SweepAsync(TimeSpan.FromDays(-1), cancellationToken);
        Retired = await house.CloseAsync();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var house = await CanaryHouse.OpenAsync(Ear, ContactsInTrouble, cancellationToken);
        await house.PrepareAsync(cancellationToken);
        var gateway = house.Installation.Gateway;
        Ear.Hear(await gateway.IdentifyAsync(CanaryHouse.Administrator, CanaryHouse.Connection, cancellationToken));

        string[] questions =
        [
            $"job title contains {Canary.Word}", $"email is {Canary.Word}@house.test", $"phone is \"{Canary.Phone}\"",
            $"created after {Canary.Word}", $"created in the last {Canary.Word}", $"page views is {Canary.Word}", $"lead status is {Canary.Word}",
            $"email {Canary.Word} {Canary.Word}", $"email is \"{Canary.Word}", $"opted out is {Canary.Word}", $"page views > {Canary.Word} and (",
        ];
        foreach (var where in questions)
        {
            var query = new QueryRequest(CanaryHouse.Connection, RecordType.Contact, [FieldNames.Email, FieldNames.Phone, FieldNames.LastName], where);
            Shown += string.Join('\n', Ear.Hear(await gateway.QueryAsync(CanaryHouse.Operator, query, cancellationToken))?.Records.SelectMany(Values) ?? []);
            Ear.Hear(await gateway.CountAsync(CanaryHouse.Operator, query, cancellationToken));
        }

        foreach (var user in house.Users)
        {
            var all = new QueryRequest(CanaryHouse.Connection, RecordType.Contact, [FieldNames.Email]);
            Ear.Hear(await gateway.QueryAsync(user, all, cancellationToken));
        }

        await ProposeAsync(house, cancellationToken);
        databases.Enqueue(await house.CloseAsync());
    }

    private async Task ProposeAsync(CanaryHouse house, CancellationToken cancellationToken)
    {
        var gateway = house.Installation.Gateway;
        var page = Ear.Hear(await gateway.QueryAsync(
            CanaryHouse.Pipeline,
            new QueryRequest(CanaryHouse.Connection, RecordType.Contact, [FieldNames.Email, FieldNames.AiScore, FieldNames.LeadStatus], PageSize: 10),
            cancellationToken)).ShouldNotBeNull();
        var text = new FieldValue.Text($"{Canary.Word} {Canary.Phone}");
        var reason = new FieldChange(FieldNames.AiRationale, text);
        IReadOnlyList<FieldChange>[] wishes =
        [
            [new(FieldNames.AiScore, text), reason],
            [new(FieldNames.AiScore, new FieldValue.Number(50)), new(FieldNames.AiRationale, new FieldValue.Text(Canary.Word + new string('x', 100_000)))],
            [new(FieldNames.AiPlaybook, new FieldValue.Option(Canary.Word, Canary.Word)), reason],
            [new(FieldNames.LeadStatus, new FieldValue.Option(Canary.Word, Canary.Word))],
            [new(FieldNames.Email, text)],
            [new(FieldNames.AiScore, new FieldValue.Number(50)), reason],
        ];
        await SubmitAsync(house, page.Records, wishes, cancellationToken);

        // The next one passes every check of ours, and the CRM quotes it when it refuses.
        await house.MeetAsync(Trouble.All.First(trouble => trouble.Name == "changed type"), cancellationToken);
        await SubmitAsync(house, page.Records, [[new(FieldNames.AiScore, new FieldValue.Number(60)), new(FieldNames.AiRationale, new FieldValue.Text($"{Canary.Word} again"))]], cancellationToken);
    }

    private async Task SubmitAsync(
        CanaryHouse house, IReadOnlyList<Model.Record> records, IReadOnlyList<FieldChange>[] wishes, CancellationToken cancellationToken)
    {
        var changes = wishes.Select((fields, index) => new ProposedChange(
            new ChangeSet(
                $"chg-{fields.Count}-{index}-{wishes.Length}", $"wish-{index}-{wishes.Length}", new ChangeAction.UpdateFields(records[index].Ref, fields),
                "A sample.", "canaries", CanaryHouse.Pipeline),
            records[index]));
        var outcomes = Ear.Hear(await house.Installation.Gateway.SubmitAsync(
            CanaryHouse.Pipeline, CanaryHouse.Connection, RecordType.Contact, [.. changes], cancellationToken));
        foreach (var failure in outcomes?.Select(outcome => outcome.Failure).OfType<Failures.Failure>() ?? [])
        {
            Ear.Failures.Enqueue(failure);
        }
    }

    private static IEnumerable<string> Values(Model.Record record) => record.Fields.Values.Select(field => $"{field.Raw.Raw}");
}
