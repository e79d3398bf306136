using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Whatever becomes of an answer on its way: what may have been done is never told as not done, and nothing hangs.</summary>
public sealed class HostileTests
{
    private const string Collections = "/composite/sobjects";
    private const string KeyField = "Liaison_Key__c";

    private static readonly FieldDefinition Email = new(FieldNames.Email, "Email", "Email", FieldType.Text);
    private static readonly FieldDefinition Title = new(FieldNames.JobTitle, "Title", "Title", FieldType.Text);

    private static readonly FieldDefinition Key = new(KeyField, KeyField, "Key", FieldType.Text) { Unique = true };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Troubles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var fault in new[]
            {
                "cut-after-commit", "cut-body", "reset", "html-502", "unavailable", "no-route", "empty-406", "locked", "concurrency", "daily",
                "expired", "not-for-rest", "slow",
            })
            {
                foreach (var verb in new[] { "create", "update", "upsert", "delete", "link" })
                {
                    data.Add(fault, verb);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_batch_that_was_carried_out_is_never_told_as_refused(string fault, string verb)
    {
        await using var org = await StartAsync();
        var session = org.Open();
        await org.TroubleAsync(fault, $"* {Collections}", 1, CancellationToken);

        var result = await SendAsync(org, session, verb);

        var written = (await org.WrittenAsync("Contact", CancellationToken)).Writes;
        if (result.TryGet(out var outcomes, out var failure))
        {
            outcomes.ShouldAllBe(outcome => outcome.Failure == null);
            written.ShouldBe(outcomes.Count);
        }
        else if (failure.Kind != FailureKind.Ambiguous)
        {
            written.ShouldBe(0, $"{failure.Kind} says that nothing was applied.");
        }

        failure?.Kind.ShouldBeOneOf(
            FailureKind.Ambiguous, FailureKind.Unavailable, FailureKind.RateLimited, FailureKind.QuotaExhausted, FailureKind.Unauthenticated);
    }

    [Fact]
    public async Task Updates_that_are_looked_after_before_they_are_sent_again_reach_each_record_once()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        foreach (var fault in new[] { "cut-after-commit", "reset", "html-502", "cut-body", "empty-406", "unavailable" })
        {
            await org.TroubleAsync(fault, $"PATCH {Collections}", 1, CancellationToken);
        }

        for (var open = await IdsAsync(org); open.Count > 0;)
        {
            await session.WriteAsync(RecordType.Contact, [.. open.Select(id => Update(id, "Head"))], CancellationToken);
            var read = Ok(await session.ReadAsync(RecordType.Contact, open, [Title], CancellationToken));
            open = [.. read.Records.Where(record => record.Values["Title"].Raw != "Head").Select(record => record.Id)];
        }

        (await org.WrittenAsync("Contact", CancellationToken)).MostOfOne.ShouldBe(1);
    }

    [Fact]
    public async Task Creates_that_are_looked_for_by_their_key_before_they_are_sent_again_are_made_once()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        foreach (var fault in new[] { "cut-after-commit", "reset", "html-502", "cut-body" })
        {
            await org.TroubleAsync(fault, $"POST {Collections}", 1, CancellationToken);
        }

        var open = Enumerable.Range(1, 30).ToList();
        while (open.Count > 0)
        {
            await session.WriteAsync(RecordType.Contact, [.. open.Take(10).Select(Create)], CancellationToken);
            var made = await org.IdsByAsync("Contact", KeyField, CancellationToken);
            open.RemoveAll(number => made.ContainsKey(KeyOf(number)));
        }

        using var all = await org.GetAsync("/services/data/v66.0/query?q=SELECT+COUNT()+FROM+Contact", CancellationToken);
        all.RootElement.GetProperty("totalSize").GetInt32().ShouldBe(32);
    }

    [Fact]
    public async Task Upserts_through_every_trouble_make_each_record_once_and_leave_none_out()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        foreach (var fault in new[] { "cut-after-commit", "cut-body", "reset", "html-502", "unavailable", "concurrency" })
        {
            await org.TroubleAsync(fault, $"PATCH {Collections}/Contact/*", 2, CancellationToken);
        }

        var open = Enumerable.Range(1, 40).Select(Upsert).ToList();
        var rounds = 0;
        while (open.Count > 0)
        {
            (++rounds).ShouldBeLessThan(100, "The upserts do not come to their end.");
            if ((await session.UpsertAsync(RecordType.Contact, Key, [.. open.Take(10)], CancellationToken)).TryGet(out var outcomes, out var failure))
            {
                open.RemoveAll(upsert => outcomes.Any(outcome => outcome.Key == upsert.Key && outcome.Failure is null));
            }
            else
            {
                failure.Kind.ShouldBeOneOf(FailureKind.Ambiguous, FailureKind.Unavailable, FailureKind.RateLimited);
            }
        }

        rounds.ShouldBe(16);
        var made = await org.IdsByAsync("Contact", KeyField, CancellationToken);
        Enumerable.Range(1, 40).ShouldAllBe(number => made.ContainsKey(KeyOf(number)));
        made.Count.ShouldBe(42);
    }

    [Fact]
    public async Task Many_long_keys_are_looked_for_in_statements_that_Salesforce_takes()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var keys = Enumerable.Range(1, 2_000).Select(number => $"{new string('k', 56)}-{number:D5}").ToList();
        Ok(await session.UpsertAsync(RecordType.Contact, Key, [Upsert(1) with { Value = keys[1_500] }], CancellationToken));

        var found = Ok(await session.FindAsync(RecordType.Contact, Key, keys, [Email], CancellationToken));

        found.Records.ShouldHaveSingleItem().RequestedId.ShouldBe(keys[1_500]);
        found.Missing.Count.ShouldBe(1_999);
        org.Channel.Calls.Count(call => call.Name == "Contact.find").ShouldBe(3);
    }

    [Fact]
    public async Task A_row_that_another_transaction_holds_fails_alone()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var ids = await IdsAsync(org);
        (await org.PostAsync("/_emulator/locks", new { id = ids[0], tries = 1 }, CancellationToken)).Dispose();

        var outcomes = Ok(await session.WriteAsync(RecordType.Contact, [.. ids.Select(id => Update(id, "Chief"))], CancellationToken));

        outcomes.Single(outcome => outcome.Id == ids[0]).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        outcomes.Single(outcome => outcome.Id == ids[1]).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("cut-body", FailureKind.Unavailable)]
    [InlineData("reset", FailureKind.Unavailable)]
    [InlineData("html-502", FailureKind.Unavailable)]
    [InlineData("empty-406", FailureKind.Unavailable)]
    [InlineData("no-route", FailureKind.Unavailable)]
    [InlineData("expired", FailureKind.Unauthenticated)]
    [InlineData("daily", FailureKind.QuotaExhausted)]
    [InlineData("concurrency", FailureKind.RateLimited)]
    public async Task A_read_that_did_not_come_through_is_told_as_what_it_is(string fault, FailureKind kind)
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var ids = await IdsAsync(org);
        await org.TroubleAsync(fault, $"POST {Collections}/Contact", 1, CancellationToken);

        var first = await session.ReadAsync(RecordType.Contact, ids, [Email], CancellationToken);
        var second = await session.ReadAsync(RecordType.Contact, ids, [Email], CancellationToken);

        first.Failure.ShouldNotBeNull().Kind.ShouldBe(kind);
        Ok(second).Records.Count.ShouldBe(ids.Count);
    }

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1001, SmallWorld.Now.AddHours(-2), "NEW", 2), SmallWorld.Person(1002, SmallWorld.Now.AddHours(-1), "NEW", 1)]),
        CancellationToken,
        configure: options => options.AiFields = true);

    private static async Task<List<string>> IdsAsync(EmulatedOrg org) => [.. (await org.IdsByAsync("Contact", "Email", CancellationToken)).Values];

    private static async Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(EmulatedOrg org, IConnectorSession session, string verb)
    {
        var ids = await IdsAsync(org);
        var account = (await org.IdsByAsync("Account", "Name", CancellationToken))["Company 3"];
        return verb switch
        {
            "create" => await session.WriteAsync(RecordType.Contact, [Create(1), Create(2)], CancellationToken),
            "update" => await session.WriteAsync(RecordType.Contact, [.. ids.Select(id => Update(id, "Head"))], CancellationToken),
            "upsert" => await session.UpsertAsync(RecordType.Contact, Key, [Upsert(1), Upsert(2)], CancellationToken),
            "delete" => await session.DeleteAsync(RecordType.Contact, [.. ids.Select(id => new RecordDelete(id, id))], CancellationToken),
            _ => await session.LinkAsync(
                RecordType.Contact,
                RecordType.Company,
                [.. ids.Select(id => new LinkWrite(id, id, account))],
                CancellationToken),
        };
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"hostile-{number}");

    private static RecordUpsert Upsert(int number) =>
        new($"u{number}", KeyOf(number), new Dictionary<string, NativeValue> { ["LastName"] = NativeValue.OfText($"Hostile{number}") });

    private static RecordWrite Create(int number) => new($"c{number}", null, new Dictionary<string, NativeValue>
    {
        ["LastName"] = NativeValue.OfText($"Hostile{number}"), [KeyField] = NativeValue.OfText(KeyOf(number)),
    });

    private static RecordWrite Update(string id, string title) =>
        new(id, id, new Dictionary<string, NativeValue> { ["Title"] = NativeValue.OfText(title) });

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
