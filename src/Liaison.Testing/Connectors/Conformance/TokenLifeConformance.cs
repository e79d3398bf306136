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

        host.Grants.Count.ShouldBe(2);
        (await nodes.Store.FindAsync(nodes.SignIn.Connection.Profile.Name, SignIn.Account, CancellationToken)).ShouldNotBeNull().NeedsAuthorization.ShouldBeTrue();
        nodes.Alerts.Raised.ShouldContain(alert => alert.Kind == AlertKind.NeedsAuthorization);
    });

    [Fact]
    public async Task A_login_host_that_is_out_of_order_for_seconds_is_asked_again_and_the_call_goes_through()
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            Array.ForEach<TokenFault>([new(503), new(502), new(500)], host.Faults.Enqueue);
            var since = time.GetUtcNow();

            Ok(await time.PassAsync(nodes.GetAsync(0, CancellationToken), CancellationToken));

            // One second, doubled, each with a fifth of spread.
            (time.GetUtcNow() - since).TotalSeconds.ShouldBeInRange(5.6, 8.4);
            Ok(await nodes.SendAsync(CancellationToken));
            host.Grants.Count.ShouldBe(4);
            host.Calls.ShouldBe([200]);
        });
    }

    [Fact]
    public async Task A_login_host_that_stays_out_of_order_is_given_up_after_three_repeats_and_the_credential_is_not_broken()
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            Array.ForEach<TokenFault>([new(503), new(503), new(503), new(503)], host.Faults.Enqueue);

            Refused(await time.PassAsync(nodes.GetAsync(0, CancellationToken), CancellationToken), FailureKind.Unavailable);

            host.Grants.Count.ShouldBe(4);
            ((await nodes.Store.FindAsync(nodes.SignIn.Connection.Profile.Name, SignIn.Account, CancellationToken))?.NeedsAuthorization).ShouldNotBe(true);
            nodes.Alerts.Raised.ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task The_time_that_the_login_host_names_comes_first_unless_it_is_longer_than_the_right_to_renew_lasts()
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            host.Faults.Enqueue(new TokenFault(503, RetryAfter: 20));
            var since = time.GetUtcNow();
            Ok(await time.PassAsync(nodes.GetAsync(0, CancellationToken), CancellationToken));
            (time.GetUtcNow() - since).ShouldBe(TimeSpan.FromSeconds(20));

            time.Advance(TokenHost.Lifetime);
            host.Faults.Enqueue(new TokenFault(503, RetryAfter: 3600));
            Refused(await time.PassAsync(nodes.GetAsync(0, CancellationToken), CancellationToken), FailureKind.Unavailable);
            host.Grants.Count.ShouldBe(3);
        });
    }

    [Fact]
    public async Task While_the_token_of_before_is_good_nobody_waits_for_a_login_host_that_is_out_of_order()
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            Ok(await nodes.SendAsync(CancellationToken));
            time.Advance(TokenHost.Lifetime * 0.9);
            host.Faults.Enqueue(new TokenFault(503));
            Ok(await nodes.SendAsync(CancellationToken));
            host.Grants.Count.ShouldBe(2);

            time.Advance(TimeSpan.FromSeconds(11));
            Ok(await nodes.SendAsync(CancellationToken));
            host.Grants.Count.ShouldBe(3);
            host.Calls.ShouldBe([200, 200, 200]);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_is_lost_costs_a_person_only_where_each_use_of_a_refresh_token_gives_another(bool rotates)
    {
        var time = new ManualTime();
        await ForEachGrantAsync(time, async (nodes, host) =>
        {
            host.Rotates = rotates;
            host.Faults.Enqueue(new TokenFault());

            var held = await time.PassAsync(nodes.GetAsync(0, CancellationToken), CancellationToken);

            host.Grants.Count.ShouldBe(2);
            if (rotates && host.Grants.First() == "refresh_token")
            {
                Refused(held, FailureKind.Unauthenticated);
                nodes.Alerts.Raised.ShouldContain(alert => alert.Kind == AlertKind.NeedsAuthorization);
            }
            else
            {
                Ok(held).Tokens.AccessToken.ShouldBe("access-2");
            }
        });
    }

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
