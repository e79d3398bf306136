using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>A write that goes alone is taken by the org only where nobody has changed the row since it was read (R77).</summary>
public sealed class ConditionalUpdateTests
{
    private static readonly FieldDefinition Title = new(FieldNames.JobTitle, "Title", "Title", FieldType.Text);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_somebody_changed_in_the_meantime_is_kept_and_told_as_a_conflict()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var read = await ReadAsync(session, org);
        await WaitForTheNextSecondAsync();
        (await session.WriteAsync(RecordType.Contact, [Write(read.Id, "Head of Sales", version: null)], Token)).Failure.ShouldBeNull();

        var outcome = Ok(await session.WriteAsync(RecordType.Contact, [Write(read.Id, "CEO", read.Version)], Token)).ShouldHaveSingleItem();

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Conflict);
        var held = await ReadAsync(session, org);
        held.Values["Title"].Raw.ShouldBe("Head of Sales");
        Ok(await session.WriteAsync(RecordType.Contact, [Write(read.Id, "CEO", held.Version)], Token)).ShouldHaveSingleItem().Failure.ShouldBeNull();
        (await ReadAsync(session, org)).Values["Title"].Raw.ShouldBe("CEO");
    }

    [Fact]
    public async Task Several_go_as_a_collection_which_carries_no_condition()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var ids = (await org.IdsByAsync("Contact", "Email", Token)).Values.ToList();

        var outcomes = Ok(await session.WriteAsync(RecordType.Contact, [.. ids.Select(id => Write(id, "CEO", "2001-01-01T00:00:00.000+0000"))], Token));

        outcomes.Count.ShouldBe(2);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
    }

    [Theory]
    [InlineData("cut-after-commit", FailureKind.Ambiguous, 1)]
    [InlineData("unavailable", FailureKind.Ambiguous, 0)]
    [InlineData("locked", FailureKind.Unavailable, 0)]
    public async Task A_fault_on_the_way_is_told_as_for_any_write(string fault, FailureKind kind, int writes)
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var read = await ReadAsync(session, org);
        await org.TroubleAsync(fault, "PATCH *", 1, Token);

        var sent = await session.WriteAsync(RecordType.Contact, [Write(read.Id, "CEO", read.Version)], Token);

        (sent.Failure ?? Ok(sent)[0].Failure).ShouldNotBeNull().Kind.ShouldBe(kind);
        (await org.WrittenAsync("Contact", Token)).Writes.ShouldBe(writes);
    }

    private static RecordWrite Write(string id, string title, string? version) =>
        new("chg-1" + id, id, new Dictionary<string, NativeValue> { ["Title"] = NativeValue.OfText(title) }) { Version = version };

    private static async Task<NativeRecord> ReadAsync(IConnectorSession session, EmulatedOrg org)
    {
        var id = (await org.IdsByAsync("Contact", "Email", Token))[SmallWorld.Email(1)];
        return Ok(await session.ReadAsync(RecordType.Contact, [id], [Title], Token)).Records.ShouldHaveSingleItem();
    }

    // The condition is as fine as a second.
    private static Task WaitForTheNextSecondAsync() => Task.Delay(TimeSpan.FromMilliseconds(1_100), TimeProvider.System, Token);

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now), SmallWorld.Person(2, SmallWorld.Now)]), Token);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
