using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity.Tokens;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Every way to a token that a connector declares lives as every other: got, shared, renewed ahead, once for all, and told when it is gone (R10).</summary>
/// <remarks>The engine's own layer against a login host by real HTTP, which answers as RFC 6749 says at the paths that the connector declares.</remarks>
public abstract class TokenLifeConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private const int Callers = 200;
    private const int Nodes = 3;

    private static readonly string[] Secrets = ["access-", "refresh-", "suite-secret"];

    [Fact]
    public Task A_call_signs_in_first_and_those_after_it_share_the_token() => ForEachGrantAsync(TimeProvider.System, async (nodes, host) =>
    {
        Ok(await nodes.SendAsync(CancellationToken));
        Ok(await nodes.SendAsync(CancellationToken));

        host.Grants.Count.ShouldBe(1);
        host.Calls.ShouldBe([200, 200]);
    });

    [Fact]
    public async Task A_token_is_renewed_ahead_of_its_end_and_no_call_is_refused()
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            Ok(await nodes.SendAsync(CancellationToken));
            time.Advance(TokenHost.Lifetime * 0.9);
            Ok(await nodes.SendAsync(CancellationToken));

            host.Grants.Count.ShouldBe(2);
            host.Calls.ShouldBe([200, 200]);
        });
    }

    [Fact]
    public Task A_refused_token_is_replaced_once_and_the_call_goes_through() => ForEachGrantAsync(TimeProvider.System, async (nodes, host) =>
    {
        Ok(await nodes.SendAsync(CancellationToken));
        host.EndAll();
        Ok(await nodes.SendAsync(CancellationToken));

        host.Grants.Count.ShouldBe(2);
        host.Calls.ShouldBe([200, 401, 200]);
    });

    [Fact]
    public Task Two_hundred_callers_on_three_nodes_renew_once() => ForEachGrantAsync(TimeProvider.System, async (nodes, host) =>
    {
        var first = Ok(await nodes.GetAsync(0, CancellationToken));
        host.EndAll();

        var held = await Task.WhenAll(Enumerable.Range(0, Callers).Select(
            caller => Task.Run(() => nodes.ReplaceAsync(caller % Nodes, first.Version, CancellationToken), CancellationToken)));

        host.Grants.Count.ShouldBe(2);
        held.Select(result => Ok(result).Tokens.AccessToken).Distinct().ShouldHaveSingleItem().ShouldNotBe(first.Tokens.AccessToken);
    });

    [Fact]
    public Task A_consent_that_is_gone_is_told_at_once_noted_and_alerted() => ForEachGrantAsync(TimeProvider.System, async (nodes, host) =>
    {
        Ok(await nodes.SendAsync(CancellationToken));
        host.RefusesAll = true;
        host.EndAll();

        Refused(await nodes.SendAsync(CancellationToken), FailureKind.Unauthenticated);

        (await nodes.Store.FindAsync(nodes.SignIn.Connection.Profile.Name, SignIn.Account, CancellationToken)).ShouldNotBeNull().NeedsAuthorization.ShouldBeTrue();
        nodes.Alerts.Raised.ShouldContain(alert => alert.Kind == AlertKind.NeedsAuthorization);
    });

    [Fact]
    public Task No_token_and_no_secret_stands_in_the_call_log() => ForEachGrantAsync(TimeProvider.System, async (nodes, host) =>
    {
        Ok(await nodes.SendAsync(CancellationToken));
        host.EndAll();
        Ok(await nodes.SendAsync(CancellationToken));

        nodes.Calls.Entries.ShouldContain(entry => entry.Name == "oauth.token");
        foreach (var entry in nodes.Calls.Entries)
        {
            var told = $"{entry} {entry.RequestBody} {entry.AnswerBody}";
            Secrets.ShouldAllBe(secret => !told.Contains(secret, StringComparison.Ordinal), told);
        }
    });

    private async Task ForEachGrantAsync(TimeProvider time, Func<TokenNodes, TokenHost, Task> prove)
    {
        var descriptor = Fixture.Connector.Descriptor;
        var grants = descriptor.SignIn.Grants.Where(grant => grant.Kind != GrantKind.StaticToken).ToList();
        Assert.SkipWhen(grants.Count == 0, "The connector declares static tokens only.");
        foreach (var grant in grants)
        {
            await using var host = await TokenHost.StartAsync(descriptor.SignIn.Paths!(descriptor.ApiVersions[0].Version), time, CancellationToken);
            await using var nodes = new TokenNodes(Fixture.Connector, grant.Kind, host, time, Nodes);
            await nodes.ConsentAsync(host, CancellationToken);
            await prove(nodes, host);
        }
    }
}
