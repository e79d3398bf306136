using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Tasks, calls and events are made, changed and closed as other records are (contracts/salesforce.md 12).</summary>
public sealed class ActivityTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_made_moved_and_completed()
    {
        await using var org = await StartAsync();
        var contact = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        var account = (await org.IdsByAsync("Account", "Name", CancellationToken))["Company 1"];
        var session = org.Open();

        var id = await WriteAsync(session, RecordType.Task, null, ("Subject", "Call back"), ("ActivityDate", "2026-10-01"), ("WhoId", contact), ("WhatId", account));
        await ShouldHoldAsync(org, "Task", id, ("Subject", "Call back"), ("ActivityDate", "2026-10-01"), ("WhoId", contact), ("WhatId", account), ("Status", "Not Started"), ("IsClosed", "False"));

        await WriteAsync(session, RecordType.Task, id, ("ActivityDate", "2026-10-15"), ("Priority", "High"));
        await ShouldHoldAsync(org, "Task", id, ("Subject", "Call back"), ("ActivityDate", "2026-10-15"), ("Priority", "High"), ("IsClosed", "False"));

        await WriteAsync(session, RecordType.Task, id, ("Status", "Completed"));
        await ShouldHoldAsync(org, "Task", id, ("Status", "Completed"), ("IsClosed", "True"), ("TaskSubtype", "Task"));
    }

    [Fact]
    public async Task A_call_is_a_task_that_says_so()
    {
        await using var org = await StartAsync();

        var id = await WriteAsync(org.Open(), RecordType.Call, null, ("Subject", "Rang up"), ("CallType", "Outbound"), ("Status", "Completed"));

        await ShouldHoldAsync(org, "Task", id, ("TaskSubtype", "Call"), ("CallType", "Outbound"), ("IsClosed", "True"));
    }

    [Fact]
    public async Task An_event_is_made_and_moved()
    {
        await using var org = await StartAsync();
        var contact = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        var session = org.Open();

        var id = await WriteAsync(
            session, RecordType.Meeting, null, ("Subject", "Demo"), ("StartDateTime", "2026-10-01T09:00:00Z"), ("EndDateTime", "2026-10-01T09:45:00Z"), ("WhoId", contact));
        await ShouldHoldAsync(org, "Event", id, ("Subject", "Demo"), ("WhoId", contact), ("StartDateTime", "2026-10-01T09:00:00.000+0000"), ("DurationInMinutes", "45"));

        await WriteAsync(session, RecordType.Meeting, id, ("StartDateTime", "2026-10-02T09:00:00Z"), ("EndDateTime", "2026-10-02T10:00:00Z"));
        await ShouldHoldAsync(org, "Event", id, ("StartDateTime", "2026-10-02T09:00:00.000+0000"), ("EndDateTime", "2026-10-02T10:00:00.000+0000"), ("DurationInMinutes", "60"));
    }

    [Fact]
    public async Task An_event_without_its_times_and_a_task_about_a_lead_and_a_company_are_refused_with_their_reason()
    {
        await using var org = await StartAsync();
        var account = (await org.IdsByAsync("Account", "Name", CancellationToken))["Company 1"];
        var lead = await org.MakeAsync("Lead", new { LastName = "Prospect", Company = "Prospects" }, CancellationToken);
        var session = org.Open();

        var timeless = Ok(await session.WriteAsync(RecordType.Meeting, [Write(null, ("Subject", "Some day"))], CancellationToken)).ShouldHaveSingleItem();
        var torn = Ok(await session.WriteAsync(RecordType.Task, [Write(null, ("Subject", "Both"), ("WhoId", lead), ("WhatId", account))], CancellationToken)).ShouldHaveSingleItem();

        timeless.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        torn.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
    }

    private static RecordWrite Write(string? id, params (string Field, string Value)[] values) =>
        new("write", id, values.ToDictionary(pair => pair.Field, pair => NativeValue.OfText(pair.Value)));

    private static async Task<string> WriteAsync(IConnectorSession session, RecordType type, string? id, params (string Field, string Value)[] values)
    {
        var outcome = Ok(await session.WriteAsync(type, [Write(id, values)], CancellationToken)).ShouldHaveSingleItem();
        outcome.Failure.ShouldBeNull();
        return outcome.Id.ShouldNotBeNull();
    }

    private static async Task ShouldHoldAsync(EmulatedOrg org, string sobject, string id, params (string Field, string Value)[] values)
    {
        using var row = await org.GetAsync($"/services/data/v66.0/sobjects/{sobject}/{id}", CancellationToken);
        foreach (var (field, value) in values)
        {
            row.RootElement.GetProperty(field).ToString().ShouldBe(value, field);
        }
    }

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-2), company: 1)]), CancellationToken);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
