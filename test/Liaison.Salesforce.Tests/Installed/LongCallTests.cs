using Liaison.Connectors;
using Liaison.Emulators.Hosting;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>Of the calls of 20 seconds and more that an organisation runs at once, four fifths are ours at the most (contracts/salesforce.md 9; R94).</summary>
public sealed class LongCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("developer", 4)]
    [InlineData("enterprise", 20)]
    public async Task As_many_as_the_share_of_the_profile_run_at_once_and_none_is_refused(string profile, int ours)
    {
        await using var org = await StartAsync(allowed: ours);
        await using var engine = Compose(org, profile);
        await QueryAsync(engine, Token);
        await SlowAsync(org);

        await Task.WhenAll(Enumerable.Range(0, ours * 3).Select(_ => QueryAsync(engine, Token)));

        (await RefusedAsync(org)).ShouldBe(0);
    }

    [Theory]
    [InlineData("developer", 5, 4)]
    [InlineData("enterprise", 25, 20)]
    [InlineData("unlimited", 25, 20)]
    [InlineData("sandbox", 25, 20)]
    public async Task The_connection_s_state_tells_how_many_may_run_at_once(string profile, int published, int ours)
    {
        await using var org = await StartAsync(allowed: published);
        await using var engine = Compose(org, profile);

        var budgets = (await engine.States.ReadAsync(OrgEngine.Org, Token)).TryGet(out var state, out _) ? state.Budgets : [];

        new SalesforceConnector().Descriptor.LimitProfiles.Single(each => each.Name == profile).Limits.Single(limit => limit.Kind == LimitKind.Concurrency).Permits.ShouldBe(published);
        budgets.Single(budget => budget.Kind == LimitKind.Concurrency).Permitted.ShouldBe(ours);
    }

    [Fact]
    public void What_never_runs_long_holds_no_place()
    {
        var operations = new SalesforceConnector().Descriptor.Operations;

        operations[CrmOperation.Identify].Spends.ShouldNotContain(LimitKind.Concurrency);
        operations[CrmOperation.Describe].Spends.ShouldNotContain(LimitKind.Concurrency);
        operations[CrmOperation.Query].Spends.ShouldContain(LimitKind.Concurrency);
        operations[CrmOperation.Write].Spends.ShouldContain(LimitKind.Concurrency);
    }

    private static Task<EmulatedOrg> StartAsync(int allowed) => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-2))]),
        Token,
        configure: options =>
        {
            options.Limits = LimitMode.Real;
            options.LongRunningRequests = allowed;
        });

    private static async Task SlowAsync(EmulatedOrg org)
    {
        var fault = new Dictionary<string, object> { ["kind"] = "slow", ["operation"] = "GET /query", ["count"] = 1_000, ["delayMs"] = 300, ["long"] = true };
        (await org.PostAsync("/_emulator/faults", fault, Token)).Dispose();
    }

    private static async Task<int> RefusedAsync(EmulatedOrg org)
    {
        using var ledger = await org.GetAsync("/_emulator/ledger", Token);
        return ledger.RootElement.GetProperty("throttled").GetInt32();
    }

    private static async Task QueryAsync(OrgEngine engine, CancellationToken cancellationToken)
    {
        var read = await engine.Gateway.QueryAsync(OrgEngine.User("admin"), new QueryRequest(OrgEngine.Org, RecordType.Contact, ["email"]), cancellationToken);
        read.Failure.ShouldBeNull();
    }

    private static OrgEngine Compose(EmulatedOrg org, string profile) => new(
        new ConnectionOptions
        {
            Crm = "salesforce",
            Environment = CrmEnvironment.Sandbox,
            BaseUrl = org.Address,
            LimitProfile = profile,
            Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" } } },
        },
        new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken },
        OrgEngine.Reading(["admin"], "contact"));
}
