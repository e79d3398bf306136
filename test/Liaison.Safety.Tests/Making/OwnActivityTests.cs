using Liaison.Model;
using Liaison.Safety.Tests.Installed;
using Liaison.Safety.Tests.Obedience;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Making;

/// <summary>What somebody makes with a HubSpot token of their own is theirs: else HubSpot would hide it from its maker, who could not even link it.</summary>
public sealed class OwnActivityTests : IAsyncLifetime
{
    private HostileAccount account = null!;
    private Engine engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        account = await HostileAccount.StartAsync();
        engine = await account.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await account.DisposeAsync();
    }

    [Theory]
    [InlineData("note", "notes")]
    [InlineData("task", "tasks")]
    [InlineData("call", "calls")]
    public async Task An_activity_stands_at_the_record_owned_by_who_made_it(string type, string native)
    {
        var about = account.Own[0];

        var made = await MakeAsync(type, about);

        made.State.ShouldBe(ChangeState.Verified);
        var owners = await account.Crm.SnapshotAsync(native, "hubspot_owner_id");
        owners[made.MadeId.ShouldNotBeNull()].ShouldBe($"\"{await account.Crm.OwnerOfAsync("rep-north")}\"");
        (await account.Crm.LinkedAsync("contacts", about.Id, native)).ShouldContain(made.MadeId);
    }

    [Fact]
    public async Task A_task_for_somebody_else_is_theirs_and_stands_at_the_record()
    {
        var made = (await engine.Changes.ProposeAsync(
            account.Person,
            new ChangeRequest(new ChangeAction.CreateTask(account.Own[1], "Call back", null, TimeProvider.System.GetUtcNow().AddDays(2), account.OtherOwner), "The colleague knows them."),
            Token)).Found().Stored.ShouldNotBeNull();

        made.State.ShouldBe(ChangeState.Verified, made.Note);
        (await account.Crm.SnapshotAsync("tasks", "hubspot_owner_id"))[made.MadeId.ShouldNotBeNull()].ShouldBe($"\"{account.OtherOwner}\"");
        (await account.Crm.LinkedAsync("contacts", account.Own[1].Id, "tasks")).ShouldContain(made.MadeId);
    }

    private async Task<ChangeSetRow> MakeAsync(string type, RecordRef about)
    {
        ChangeAction action = type == "task"
            ? new ChangeAction.CreateTask(about, "Call back", "They asked for a date.", TimeProvider.System.GetUtcNow().AddDays(2))
            : new ChangeAction.LogSummary(about, new RecordType(type), "Asked", "They asked for an offer.", TimeProvider.System.GetUtcNow().AddMinutes(-5));
        var stored = (await engine.Changes.ProposeAsync(account.Person, new ChangeRequest(action, "It was said on the phone."), Token)).Found().Stored.ShouldNotBeNull();
        if (stored.State == ChangeState.Waiting)
        {
            (await engine.Changes.ApproveAsync(account.Manager, new Decision(stored.Id), Token)).Found();
            stored = (await engine.Changes.ApplyAsync(account.Person, stored.Id, Token)).Found();
        }

        return stored;
    }
}
