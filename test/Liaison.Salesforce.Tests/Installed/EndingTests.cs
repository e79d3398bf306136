using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>That a version ends is announced by a <c>Warning</c> in the organisation's answers (contracts/salesforce.md 2; R189).</summary>
public sealed class EndingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warning_in_an_answer_stands_in_the_connection_s_state()
    {
        await using var org = await EmulatedOrg.StartAsync(SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now)]), Token);
        await using var engine = new OrgEngine(
            new ConnectionOptions
            {
                Crm = "salesforce",
                Environment = CrmEnvironment.Sandbox,
                BaseUrl = org.Address,
                Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { ["admin"] = new() { Token = "env:ADMIN" } } },
            },
            new Dictionary<string, string> { ["ADMIN"] = EmulatedOrg.AdministratorToken },
            OrgEngine.Reading(["admin"], "contact"));
        (await EndingsAsync(engine)).ShouldBeEmpty();
        var headers = new Dictionary<string, string> { ["Warning"] = "299 - \"This API is deprecated and will be removed by Summer '29.\"" };
        (await org.PostAsync("/_emulator/headers", new { operation = "GET /query", headers }, Token)).Dispose();

        (await EndingsAsync(engine)).ShouldBe([new EndpointEnding("searches", null, null)]);
    }

    private static async Task<IReadOnlyList<EndpointEnding>> EndingsAsync(OrgEngine engine)
    {
        (await engine.Gateway.QueryAsync(OrgEngine.User("admin"), new QueryRequest(OrgEngine.Org, RecordType.Contact, ["email"]), Token)).Failure.ShouldBeNull();
        return (await engine.States.ReadAsync(OrgEngine.Org, Token)).TryGet(out var state, out var failure) ? state.Endings : throw new ShouldAssertException(failure.Message);
    }
}
