using Liaison.HubSpot.Schema;
using Liaison.HubSpot.Tests.Emulated;
using Liaison.HubSpot.Wire;
using Liaison.Model;
using Liaison.Testing;

namespace Liaison.HubSpot.Tests.Schema;

/// <summary>What is kept of an account from one session to the next.</summary>
public sealed class AccountShelfTests
{
    private static readonly AccountShelf.Key Anna = new(new Uri("https://api.hubapi.com"), new ConnectionName("hubspot"), "anna");

    private readonly ManualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Details_are_believed_for_five_minutes_and_by_their_own_credential_alone()
    {
        var shelf = new AccountShelf(time);
        var account = new AccountDocument(PortalId: 1, TimeZone: null, "EUR");

        shelf.Keep(Anna, account);
        time.Advance(TimeSpan.FromMinutes(4));
        var lately = shelf.Find(Anna);
        var other = shelf.Find(Anna with { Identity = "bob" });
        time.Advance(TimeSpan.FromMinutes(1));

        lately.ShouldBeSameAs(account);
        other.ShouldBeNull();
        shelf.Find(Anna).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_of_one_credential_ask_for_the_currency_once_and_who_they_are_each_for_itself()
    {
        await using var account = await EmulatedAccount.StartAsync(SmallWorld.Of([]), "2026-09", Token);

        await account.Open().DescribeAsync(RecordType.Contact, Token);
        await account.Open().DescribeAsync(RecordType.Company, Token);
        (await AskedAsync(account)).ShouldBe(1);
        await account.Open().IdentifyAsync(Token);
        await account.Open().IdentifyAsync(Token);

        (await AskedAsync(account)).ShouldBe(3);
    }

    private static async Task<long> AskedAsync(EmulatedAccount account)
    {
        using var ledger = await account.GetAsync("/_emulator/ledger", Token);
        return ledger.RootElement.GetProperty("operations").EnumerateArray()
            .Where(operation => operation.GetProperty("operation").GetString()!.EndsWith("/details", StringComparison.Ordinal))
            .Sum(operation => operation.GetProperty("count").GetInt64());
    }
}
