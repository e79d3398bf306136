using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>A record that was merged away is given as the one that it lives on in (contracts/salesforce.md 12).</summary>
public sealed class MergeTests
{
    private static readonly FieldDefinition Email = new(FieldNames.Email, "Email", "Email", FieldType.Text);
    private static readonly FieldDefinition Company = new("Account.Name", "Account.Name", "Account Name", FieldType.Text);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_survivor_is_given_under_the_id_that_was_asked_for(bool withParent)
    {
        await using var org = await StartAsync();
        var ids = await org.IdsByAsync("Contact", "Email", CancellationToken);
        var (winner, loser, other) = (ids[SmallWorld.Email(1)], ids[SmallWorld.Email(2)], ids[SmallWorld.Email(4)]);
        await MergeAsync(org, winner, loser);

        var read = Ok(await org.Open().ReadAsync(RecordType.Contact, [loser, other], withParent ? [Email, Company] : [Email], CancellationToken));

        read.Missing.ShouldBeEmpty();
        var survivor = read.Records.Single(record => record.RequestedId == loser);
        (survivor.Id, survivor.Values["Email"].Raw).ShouldBe((winner, SmallWorld.Email(1)));
        read.Records.Single(record => record.Id == other).RequestedId.ShouldBeNull();
    }

    [Fact]
    public async Task A_survivor_that_was_merged_in_its_turn_is_followed_too()
    {
        await using var org = await StartAsync();
        var ids = await org.IdsByAsync("Contact", "Email", CancellationToken);
        var (first, second, last) = (ids[SmallWorld.Email(1)], ids[SmallWorld.Email(2)], ids[SmallWorld.Email(3)]);
        await MergeAsync(org, second, first);
        await MergeAsync(org, last, second);

        var read = Ok(await org.Open().ReadAsync(RecordType.Contact, [first, second, last], [Email], CancellationToken));

        read.Missing.ShouldBeEmpty();
        read.Records.ShouldAllBe(record => record.Id == last);
        read.Records.Select(record => record.RequestedId).ShouldBe([first, second, null], ignoreOrder: true);
    }

    [Fact]
    public async Task A_record_that_was_deleted_and_not_merged_is_gone()
    {
        await using var org = await StartAsync();
        var id = (await org.IdsByAsync("Contact", "Email", CancellationToken))[SmallWorld.Email(1)];
        var session = org.Open();
        Ok(await session.DeleteAsync(RecordType.Contact, [new("gone", id)], CancellationToken)).ShouldHaveSingleItem().Failure.ShouldBeNull();

        var read = Ok(await session.ReadAsync(RecordType.Contact, [id], [Email], CancellationToken));

        read.Records.ShouldBeEmpty();
        read.Missing.ShouldBe([id]);
    }

    private static async Task MergeAsync(EmulatedOrg org, string winner, string loser) =>
        (await org.PostAsync("/_emulator/merge", new { winner, losers = new[] { loser } }, CancellationToken)).Dispose();

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, 4).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddHours(-key), company: 1))]), CancellationToken);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
