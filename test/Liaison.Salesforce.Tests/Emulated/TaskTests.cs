using System.Text;
using System.Text.Json.Nodes;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Tasks and calls are rows of one object (contracts/salesforce.md 12).</summary>
public sealed class TaskTests
{
    private static readonly FieldDefinition Subject = new(FieldNames.Name, "Subject", "Subject", FieldType.Text);
    private static readonly FieldDefinition Kind = new(FieldNames.TaskType, "TaskSubtype", "Task Subtype", FieldType.Option);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_no_tasks_and_tasks_no_calls()
    {
        await using var org = await StartAsync();
        var contact = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        var session = org.Open(org.TokenOf("manager"));

        (await SubjectsAsync(session, RecordType.Task)).ShouldBe(["Write back", "Written to"], ignoreOrder: true);
        (await SubjectsAsync(session, RecordType.Call)).ShouldBe(["Rang up"]);
        Ok(await session.CountAsync(new(RecordType.Task, [], RecordFilter.Everything), CancellationToken)).ShouldBe(2);
        Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Task, [contact], CancellationToken)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_does_not_see_what_tells_a_task_from_a_call_sees_calls_among_the_tasks()
    {
        await using var org = await StartAsync();
        var contact = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        var session = OpenBlind(org);

        var tasks = Ok(await session.QueryAsync(new(RecordType.Task, [Subject, Kind], RecordFilter.Everything), null, CancellationToken)).Records;

        tasks.Select(task => task.Values["Subject"].Raw).ShouldBe(["Write back", "Written to", "Rang up"], ignoreOrder: true);
        tasks.ShouldAllBe(task => task.Values["TaskSubtype"].Kind == NativeKind.Missing);
        Ok(await session.CountAsync(new(RecordType.Task, [], RecordFilter.Everything), CancellationToken)).ShouldBe(3);
        Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Task, [contact], CancellationToken)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_does_not_see_what_tells_a_task_from_a_call_is_given_no_task_for_a_call()
    {
        await using var org = await StartAsync();

        var calls = await OpenBlind(org).QueryAsync(new(RecordType.Call, [Subject], RecordFilter.Everything), null, CancellationToken);

        calls.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Drifted);
    }

    [Fact]
    public async Task Small_pages_of_tasks_go_on_for_who_does_not_see_what_tells_them_from_calls()
    {
        await using var org = await StartAsync();
        var session = OpenBlind(org);
        var query = new RecordQuery(RecordType.Task, [Subject], RecordFilter.Everything, PageSize: 2);

        var first = Ok(await session.QueryAsync(query, null, CancellationToken));
        var second = Ok(await session.QueryAsync(query, first.Next, CancellationToken));

        first.Records.Count.ShouldBe(2);
        second.Records.Count.ShouldBe(1);

        // What was read of the user's fields is not asked again: one refusal and one look for all of the session.
        org.Channel.Calls.Select(call => call.Name).ShouldBe(["Task.describe", "Task.query", "Task.query"]);
    }

    private static IConnectorSession OpenBlind(EmulatedOrg org) => org.Open(through: channel => new BlindChannel(channel, "TaskSubtype"));

    private static async Task<EmulatedOrg> StartAsync()
    {
        var org = await EmulatedOrg.StartAsync(SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-2))]), CancellationToken);
        var contact = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        foreach (var (subject, kind) in new[] { ("Write back", "Task"), ("Written to", "Email"), ("Rang up", "Call") })
        {
            await org.MakeAsync("Task", new { Subject = subject, TaskSubtype = kind, WhoId = contact }, CancellationToken);
        }

        return org;
    }

    private static async Task<List<string?>> SubjectsAsync(IConnectorSession session, RecordType type)
    {
        var page = Ok(await session.QueryAsync(new(type, [Subject], RecordFilter.Everything), null, CancellationToken));
        return [.. page.Records.Select(record => record.Values["Subject"].Raw)];
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}

/// <summary>The way to an org that shows the user no field of some name: not in the describe, and every statement that names it is refused (contracts/salesforce.md 6.4).</summary>
internal sealed class BlindChannel(ICrmChannel org, string field) : ICrmChannel
{
    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken)
    {
        if (Uri.UnescapeDataString(call.Path).Contains(field, StringComparison.Ordinal))
        {
            var told = $$"""[{"errorCode":"INVALID_FIELD","message":"No such column '{{field}}' on entity 'Task'."}]""";
            return SalesforceErrors.Of(ErrorReader.Read(400, Encoding.UTF8.GetBytes(told)), 400, changesRecords: false);
        }

        var sent = await org.SendAsync(call, cancellationToken);
        return call.Path.EndsWith("/describe", StringComparison.Ordinal) ? sent.Then<CrmAnswer>(answer => answer with { Body = Without(answer.Body) }) : sent;
    }

    private byte[] Without(ReadOnlyMemory<byte> described)
    {
        var document = JsonNode.Parse(described.Span)!;
        document["fields"]!.AsArray().RemoveAll(each => (string?)each!["name"] == field);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
