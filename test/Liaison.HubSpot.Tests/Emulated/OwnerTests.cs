using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>The users of the account: all of them, each once, by the ids that records and rights name.</summary>
public sealed class OwnerTests
{
    private static readonly FieldDefinition Owner = new(FieldNames.Owner, "hubspot_owner_id", "Owner", FieldType.Reference);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-09")]
    [InlineData("v3")]
    public async Task More_owners_than_a_page_holds_come_once_each_and_those_who_left_are_inactive(string version)
    {
        var small = SmallWorld.Of([]);
        var owners = Enumerable.Range(10, 260).Select(key => new WorldOwner(
            key, $"First{key}", $"Last{key}", $"owner{key}@liaison.test", WorldRole.Rep, (key % 2) + 1, key % 2 == 0, "Europe/Berlin"));
        await using var account = await EmulatedAccount.StartAsync(small with { Owners = [.. small.Owners, .. owners] }, version, CancellationToken);

        var users = Ok(await account.Open().ListUsersAsync(CancellationToken)).Where(user => user.Email.StartsWith("owner", StringComparison.Ordinal)).ToList();

        users.Count.ShouldBe(260);
        users.Select(user => user.OwnerId).ShouldBeUnique();
        users.ShouldAllBe(user => user.UserId != null && user.Teams.Count == 1 && user.Teams[0].Primary);
        users.Count(user => user.Active).ShouldBe(130);
        account.Channel.Calls.Count(call => call.Name == "owners.list").ShouldBe(4);
    }

    [Fact]
    public async Task A_user_is_found_by_address_and_by_the_owner_id_that_records_hold()
    {
        var world = WorldGenerator.Generate(new WorldOptions { Now = SmallWorld.Now, Contacts = 200, Companies = 30, NewLeads = 20 });
        await using var account = await EmulatedAccount.StartAsync(world, "2026-09", CancellationToken);
        var session = account.Open();
        var users = Ok(await session.ListUsersAsync(CancellationToken));
        using var rights = await account.GetAsync("/_emulator/rights", CancellationToken);

        foreach (var told in rights.RootElement.GetProperty("users").EnumerateArray())
        {
            var user = users.Single(user => user.Email == told.GetProperty("email").GetString());
            user.OwnerId.ShouldBe(told.GetProperty("ownerId").GetString());
            user.UserId.ShouldBe(told.GetProperty("userId").GetString());
            user.OwnerId.ShouldNotBe(user.UserId);
            user.Teams.Select(team => team.Id).SingleOrDefault().ShouldBe(told.GetProperty("teamId").GetString());
        }

        var ids = (await account.IdsByAsync("contacts", "hs_object_id", CancellationToken)).Values.Take(100).ToList();
        var held = Ok(await session.ReadAsync(RecordType.Contact, ids, [Owner], CancellationToken)).Records
            .Select(record => record.Values[Owner.NativeName].Raw).OfType<string>().Where(id => id.Length > 0).Distinct().ToList();
        held.Count.ShouldBeGreaterThan(3);
        held.ShouldBeSubsetOf(users.Select(user => user.OwnerId));
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
