using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>What every call carries, and in which form a long one travels (contracts/salesforce.md 0.10, 6.2).</summary>
public sealed class CallTests
{
    private static readonly FieldDefinition Email = new(FieldNames.Email, "Email", "Email", FieldType.Text);
    private static readonly FieldDefinition Key = new("Liaison_Key__c", "Liaison_Key__c", "Key", FieldType.Text) { Unique = true };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_says_whose_it_is_so_that_its_change_is_known_again()
    {
        await using var org = await StartAsync();
        var ids = (await org.IdsByAsync("Contact", "Email", CancellationToken)).Values.ToList();
        var account = (await org.IdsByAsync("Account", "Name", CancellationToken))["Company 1"];
        var session = org.Open();
        var before = org.Sent.Count;

        Ok(await session.IdentifyAsync(CancellationToken));
        Ok(await session.ReadLimitsAsync(CancellationToken));
        Ok(await session.DescribeAsync(RecordType.Contact, CancellationToken));
        Ok(await session.ReadPipelinesAsync(RecordType.Deal, null, CancellationToken));
        Ok(await session.ListUsersAsync(CancellationToken));
        Ok(await session.CountAsync(new(RecordType.Contact, [], RecordFilter.Everything), CancellationToken));
        var page = Ok(await session.QueryAsync(new(RecordType.Contact, [Email], RecordFilter.Everything), null, CancellationToken));
        Ok(await session.QueryAsync(new(RecordType.Contact, [Email], RecordFilter.Everything), page.Next, CancellationToken));
        Ok(await session.QueryAsync(new(RecordType.Contact, [Email], Long()), null, CancellationToken));
        Ok(await session.ReadAsync(RecordType.Contact, [.. ids.Take(2), "003000000000999AAA"], [Email], CancellationToken));
        Ok(await session.FindAsync(RecordType.Contact, Key, ["no-such-key"], [Email], CancellationToken));
        Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Company, ids.GetRange(0, 2), CancellationToken));
        Ok(await session.WriteAsync(RecordType.Contact, [Update(ids[0])], CancellationToken));
        Ok(await session.WriteAsync(RecordType.Contact, [.. ids.Take(300).Select(Update)], CancellationToken));
        Ok(await session.WriteAsync(RecordType.Contact, [new("new", null, Named("New"))], CancellationToken));
        Ok(await session.UpsertAsync(RecordType.Contact, Key, [new("upsert", "key-1", Named("Upserted"))], CancellationToken));
        Ok(await session.LinkAsync(RecordType.Contact, RecordType.Company, [new("link", ids[0], account)], CancellationToken));
        Ok(await session.DeleteAsync(RecordType.Contact, [new("delete", ids[1])], CancellationToken));
        var job = Ok(await session.Jobs!.PrepareWriteAsync(RecordType.Contact, [Update(ids[2])], CancellationToken));
        Ok(await session.Jobs.StartWriteAsync(job, CancellationToken));
        Ok(await session.Jobs.LookAsync(JobKind.Write, job, CancellationToken));
        Ok(await session.Jobs.StartQueryAsync(new(RecordType.Contact, [Email], RecordFilter.Everything), CancellationToken));

        var sent = org.Sent.Skip(before).ToList();
        sent.Count.ShouldBeGreaterThan(24);
        sent.Where(call => call.Client != "client=liaison").ShouldBeEmpty();

        // What travels inside a composite call has headers of its own.
        var parts = org.Channel.Calls.Where(call => call.Path.EndsWith("/composite", StringComparison.Ordinal)).SelectMany(PartsOf).ToList();
        parts.Count.ShouldBe(3);
        parts.ShouldAllBe(client => client == "client=liaison");
    }

    [Fact]
    public async Task A_statement_that_is_too_long_for_an_address_travels_in_a_body_and_gives_the_same()
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var before = await CountAsync(org);

        var page = Ok(await session.QueryAsync(new(RecordType.Contact, [Email], Long()), null, CancellationToken));

        page.Records.ShouldHaveSingleItem().Values["Email"].Raw.ShouldBe(SmallWorld.Email(1));
        var after = await CountAsync(org);
        (after.GetValueOrDefault("POST /composite") - before.GetValueOrDefault("POST /composite")).ShouldBe(1);
        after.GetValueOrDefault("GET /query").ShouldBe(before.GetValueOrDefault("GET /query"));
        org.Sent.ShouldAllBe(call => call.Path.Length < 16_384);
    }

    // Each of the addresses is of nobody but the first; encoded, they are 60,000 letters.
    private static RecordFilter.OneOf Long() => new(
        FieldNames.Email, [.. Enumerable.Range(1, 800).Select(FieldValue (number) => new FieldValue.Text(number == 1 ? SmallWorld.Email(1) : $"{new string('x', 50)}{number}@none.example"))]);

    private static async Task<Dictionary<string, int>> CountAsync(EmulatedOrg org)
    {
        using var ledger = await org.GetAsync("/_emulator/ledger", CancellationToken);
        return ledger.RootElement.GetProperty("operations").EnumerateArray()
            .GroupBy(entry => entry.GetProperty("operation").GetString()!)
            .ToDictionary(same => same.Key, same => same.Sum(entry => entry.GetProperty("count").GetInt32()));
    }

    private static IEnumerable<string?> PartsOf(CrmCall call)
    {
        using var body = JsonDocument.Parse(call.Body);
        return [.. body.RootElement.GetProperty("compositeRequest").EnumerateArray().Select(part => part.GetProperty("httpHeaders").GetProperty("Sforce-Call-Options").GetString())];
    }

    private static RecordWrite Update(string id) => new(id, id, new Dictionary<string, NativeValue> { ["Title"] = NativeValue.OfText("Head") });

    private static Dictionary<string, NativeValue> Named(string name) => new() { ["LastName"] = NativeValue.OfText(name) };

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, 2_100).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-key)))]),
        CancellationToken,
        configure: options => options.AiFields = true);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
