using System.Globalization;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>Whatever becomes of an answer on its way: what may have been done is never told as not done, and nothing hangs.</summary>
public sealed class HostileTests
{
    private static readonly FieldDefinition Email = new(FieldNames.Email, "email", "Email", FieldType.Text) { Unique = true };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Troubles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var fault in new[]
            {
                "cut-after-commit", "cut-body", "reset", "html-502", "wrong-content-type", "locked", "migration", "burst", "daily", "slow",
            })
            {
                foreach (var verb in new[] { "create", "update", "upsert" })
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
        await using var account = await StartAsync();
        var session = account.Open();
        await TroubleAsync(account, fault, $"POST /crm/objects/contacts/batch/{verb}", count: 1);

        var result = await SendAsync(account, session, verb);

        var written = (await WrittenAsync(account)).Writes;
        if (result.TryGet(out var outcomes, out var failure))
        {
            outcomes.ShouldAllBe(outcome => outcome.Failure == null);
            written.ShouldBe(outcomes.Count);
        }
        else if (failure.Kind != FailureKind.Ambiguous)
        {
            written.ShouldBe(0, $"{failure.Kind} says that nothing was applied.");
        }
    }

    [Fact]
    public async Task Upserts_through_every_trouble_make_each_record_once_and_leave_none_out()
    {
        await using var account = await StartAsync();
        var session = account.Open();
        foreach (var fault in new[] { "cut-after-commit", "cut-body", "reset", "html-502", "burst" })
        {
            await TroubleAsync(account, fault, "POST /crm/objects/contacts/batch/upsert", count: 2);
        }

        var open = Enumerable.Range(1, 40).Select(Upsert).ToList();
        var rounds = 0;
        while (open.Count > 0)
        {
            (++rounds).ShouldBeLessThan(100, "The upserts do not come to their end.");
            var result = await session.UpsertAsync(RecordType.Contact, Email, [.. open.Take(10)], CancellationToken);
            if (result.TryGet(out var outcomes, out var failure))
            {
                open.RemoveAll(upsert => outcomes.Any(outcome => outcome.Key == upsert.Key && outcome.Failure is null));
            }
            else
            {
                failure.Kind.ShouldBeOneOf(FailureKind.Ambiguous, FailureKind.Unavailable, FailureKind.RateLimited);
            }
        }

        rounds.ShouldBe(14);
        var ids = await account.IdsByAsync("contacts", "email", CancellationToken);
        Enumerable.Range(1, 40).ShouldAllBe(number => ids.ContainsKey(Address(number)));
        ids.Count.ShouldBe(42);
    }

    [Fact]
    public async Task Updates_that_are_looked_after_before_they_are_sent_again_reach_each_record_once()
    {
        await using var account = await StartAsync();
        var session = account.Open();
        foreach (var fault in new[] { "cut-after-commit", "reset", "html-502", "cut-body" })
        {
            await TroubleAsync(account, fault, "POST /crm/objects/contacts/batch/update", count: 1);
        }

        var title = new FieldDefinition(FieldNames.JobTitle, "jobtitle", "Job title", FieldType.Text);
        var ids = (await account.IdsByAsync("contacts", "email", CancellationToken)).Values.ToList();
        for (var open = ids; open.Count > 0;)
        {
            await session.WriteAsync(
                RecordType.Contact,
                [.. open.Select(id => new RecordWrite(id, id, new Dictionary<string, NativeValue> { ["jobtitle"] = NativeValue.OfText("Head") }))],
                CancellationToken);
            var read = Ok(await session.ReadAsync(RecordType.Contact, open, [title], CancellationToken));
            open = [.. read.Records.Where(record => record.Values["jobtitle"].Raw != "Head").Select(record => record.Id)];
        }

        (await WrittenAsync(account)).MostOfOne.ShouldBe(1);
    }

    [Theory]
    [InlineData("cut-body")]
    [InlineData("reset")]
    [InlineData("html-502")]
    [InlineData("locked")]
    public async Task A_read_that_did_not_come_through_is_told_as_one_to_try_again(string fault)
    {
        await using var account = await StartAsync();
        var session = account.Open();
        var ids = (await account.IdsByAsync("contacts", "email", CancellationToken)).Values.ToList();
        await TroubleAsync(account, fault, "POST /crm/objects/contacts/batch/read", count: 1);

        var first = await session.ReadAsync(RecordType.Contact, ids, [Email], CancellationToken);
        var second = await session.ReadAsync(RecordType.Contact, ids, [Email], CancellationToken);

        first.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        Ok(second).Records.Count.ShouldBe(ids.Count);
    }

    private static Task<EmulatedAccount> StartAsync() => EmulatedAccount.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1001, SmallWorld.Now.AddHours(-2), "NEW", null), SmallWorld.Person(1002, SmallWorld.Now.AddHours(-1), "NEW", null)]),
        "2026-09",
        CancellationToken);

    private static async Task TroubleAsync(EmulatedAccount account, string kind, string operation, int count) =>
        (await account.PostAsync("/_emulator/faults", new { kind, operation, count, delayMs = kind == "slow" ? 200 : 0 }, CancellationToken)).Dispose();

    private static async Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(EmulatedAccount account, IConnectorSession session, string verb) => verb switch
    {
        "upsert" => await session.UpsertAsync(RecordType.Contact, Email, [Upsert(1), Upsert(2)], CancellationToken),
        "create" => await session.WriteAsync(RecordType.Contact, [Create(1), Create(2)], CancellationToken),
        _ => await session.WriteAsync(
            RecordType.Contact,
            [.. (await account.IdsByAsync("contacts", "email", CancellationToken)).Values.Select(id => Create(1) with { Key = id, Id = id, Values = City() })],
            CancellationToken),
    };

    private static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"hostile{number}@small.example");

    private static RecordUpsert Upsert(int number) => new($"u{number}", Address(number), City());

    private static RecordWrite Create(int number) =>
        new($"c{number}", null, new Dictionary<string, NativeValue> { ["email"] = NativeValue.OfText(Address(number)) });

    private static Dictionary<string, NativeValue> City() => new() { ["city"] = NativeValue.OfText("Oslo") };

    private static async Task<(int Writes, int MostOfOne)> WrittenAsync(EmulatedAccount account)
    {
        var lines = await account.LinesAsync("/_emulator/ledger/writes?type=contacts", CancellationToken);
        using var last = JsonDocument.Parse(lines[^1]);
        var summary = last.RootElement.GetProperty("summary");
        return (summary.GetProperty("writes").GetInt32(), summary.GetProperty("maxPerRecord").GetInt32());
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
