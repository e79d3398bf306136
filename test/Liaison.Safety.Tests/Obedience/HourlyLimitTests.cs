using Liaison.Model;
using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Obedience;

/// <summary>How much an agent may write in an hour holds for all processes together (R210).</summary>
public sealed class HourlyLimitTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_engines_on_one_store_let_out_no_more_than_the_one_limit()
    {
        const int most = 10;
        await using var account = await HostileAccount.StartAsync();
        await using var first = await account.OpenAsync(most);
        await using var second = await account.OpenAsync(most);
        Engine[] engines = [first, second];
        await account.Crm.ClearLedgerAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), TestContext.Current.CancellationToken, async (index, token) => await engines[index % 2].Changes.ProposeAsync(
            account.Assistant,
            new ChangeRequest(new ChangeAction.LogSummary(account.Own[index % account.Own.Count], RecordType.Note, null, "Buy."), "Told to."),
            token));

        var written = await account.Crm.WritesAsync("notes");
        output.WriteLine($"{written.Count} of 60 writes by two engines went out; {most} are allowed an hour.");
        written.Count.ShouldBe(most);
    }
}
