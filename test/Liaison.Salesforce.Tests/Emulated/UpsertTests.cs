using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Tests.Wire;
using static Liaison.Salesforce.Tests.Wire.ScriptedChannel;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Every answer that an upsert may have (contracts/salesforce.md 3.2, 7; R123).</summary>
public sealed class UpsertTests
{
    private static readonly FieldDefinition Key = new("Liaison_Key__c", "Liaison_Key__c", "Key", FieldType.Text) { Unique = true };

    // By which Salesforce finds records too, and of which nobody keeps the values apart.
    private static readonly FieldDefinition Email = new(FieldNames.Email, "Email", "Email", FieldType.Text) { Unique = true };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_made_and_what_was_there_are_told_apart()
    {
        await using var org = await StartAsync();
        var session = org.Open();

        var made = Ok(await session.UpsertAsync(RecordType.Contact, Key, [Upsert("one", "key-1")], CancellationToken)).ShouldHaveSingleItem();
        var again = Ok(await session.UpsertAsync(RecordType.Contact, Key, [Upsert("two", "key-1")], CancellationToken)).ShouldHaveSingleItem();

        (made.Created, made.Failure).ShouldBe((true, null));
        (again.Created, again.Failure, again.Id).ShouldBe((false, null, made.Id));
    }

    [Fact]
    public async Task A_key_that_several_records_hold_is_a_conflict_that_names_no_retry_and_writes_nothing()
    {
        await using var org = await StartAsync();
        var ids = await org.IdsByAsync("Contact", "Email", CancellationToken);
        (await org.PostAsync($"/_emulator/records/Contact/{ids[SmallWorld.Email(2)]}", new { fields = new { Email = SmallWorld.Email(1) } }, CancellationToken)).Dispose();
        var before = (await org.WrittenAsync("Contact", CancellationToken)).Writes;

        var outcomes = Ok(await org.Open().UpsertAsync(
            RecordType.Contact, Email, [Upsert("twice", SmallWorld.Email(1)), Upsert("once", SmallWorld.Email(3))], CancellationToken));

        var several = outcomes.Single(outcome => outcome.Key == "twice").Failure.ShouldNotBeNull();
        several.Kind.ShouldBe(FailureKind.Conflict);
        several.RetryAfter.ShouldBeNull();
        several.Message.ShouldStartWith("Several records hold this key, so nothing was written");
        outcomes.Single(outcome => outcome.Key == "once").Failure.ShouldBeNull();
        (await org.WrittenAsync("Contact", CancellationToken)).Writes.ShouldBe(before + 1);
    }

    [Fact]
    public async Task An_answer_that_does_not_say_whether_a_record_was_made_leaves_it_open()
    {
        var channel = new ScriptedChannel(Answer("""[{"id":"003dM00001wBXYDQA4","success":true,"errors":[]}]"""));

        var outcome = Ok(await channel.Open().UpsertAsync(RecordType.Contact, Key, [Upsert("one", "key-1")], CancellationToken)).ShouldHaveSingleItem();

        (outcome.Id, outcome.Created, outcome.Failure).ShouldBe(("003dM00001wBXYDQA4", null, null));
    }

    private static RecordUpsert Upsert(string key, string value) => new(key, value, new Dictionary<string, NativeValue> { ["LastName"] = NativeValue.OfText("Upserted") });

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, 3).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddHours(-key)))]),
        CancellationToken,
        configure: options => options.AiFields = true);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
