using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Testing;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors;

/// <summary>What becomes of tokens while calls are made with them, over real HTTP.</summary>
public sealed class TokenLifeTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_of_half_an_hour_outlives_tokens_of_a_minute_and_sees_no_401()
    {
        await using var world = await TokenWorld.StartAsync(time);
        world.Server.Lifetime = TimeSpan.FromSeconds(60);
        world.Server.Rotates = true;
        await world.ConsentAsync();
        var channel = await world.World.OpenAsync();

        var failed = 0;
        for (var second = 0; second < 30 * 60; second += 5)
        {
            failed += (await world.World.SendAsync(ChannelWorld.Write(), channel)).Failure is null ? 0 : 1;
            time.Advance(TimeSpan.FromSeconds(5));
        }

        failed.ShouldBe(0);
        world.Server.Calls.Count.ShouldBe(360);
        world.Server.Calls.ShouldAllBe(call => call.Status == 200);

        // Renewed at four fifths of each minute, on the next call's five seconds: every 50 seconds.
        world.Server.Forms.Count.ShouldBe(36);
        world.World.Alerts.Raised.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_says_401_for_ever_sees_two_attempts_and_one_renewal_and_a_person_is_told()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync();
        await world.World.SendAsync(ChannelWorld.Read());
        world.Server.Calls.Clear();
        world.Server.Forms.Clear();
        world.Server.RefusesEveryCall = true;

        var failure = (await world.World.SendAsync(ChannelWorld.Write())).Refused();

        failure.Kind.ShouldBe(FailureKind.Unauthenticated);
        world.Server.Calls.Count.ShouldBe(2);
        world.Server.Calls.Select(call => call.Token).ShouldBeUnique();
        world.Server.Forms.Count.ShouldBe(1);
        var stored = await world.StoredAsync();
        (stored.NeedsAuthorization, stored.FailedAt).ShouldBe((true, time.GetUtcNow()));
        stored.Failure.ShouldBe(failure.Message);
        world.World.Alerts.Raised.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.NeedsAuthorization);
    }

    [Fact]
    public async Task A_401_that_no_token_mends_is_not_answered_with_a_renewal()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync();
        var channel = await world.World.OpenAsync();
        world.Server.RefusesEveryCall = true;
        world.Server.RefusalBody = "FUTILE|||";
        world.Server.Forms.Clear();

        var failure = (await world.World.SendAsync(ChannelWorld.Read(), channel)).Refused();

        failure.Message.ShouldStartWith("This session is not valid here");
        (world.Server.Calls.Count, world.Server.Forms.Count).ShouldBe((1, 0));
        (await world.StoredAsync()).NeedsAuthorization.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_the_crm_ended_early_is_renewed_and_the_call_made()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync();
        var channel = await world.World.OpenAsync();
        world.Server.Lifetime = TimeSpan.FromMinutes(30);
        await world.World.SendAsync(ChannelWorld.Read(), channel);
        time.Advance(TimeSpan.FromMinutes(20));
        world.Server.EndAll();

        (await world.World.SendAsync(ChannelWorld.Write(), channel)).Failure.ShouldBeNull();

        world.Server.Calls.Select(call => call.Status).ShouldBe([200, 401, 200]);
        (await world.StoredAsync()).NeedsAuthorization.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_token_is_kept_whether_it_is_rotated_or_not(bool rotates)
    {
        await using var world = await TokenWorld.StartAsync(time);
        world.Server.Rotates = rotates;
        await world.ConsentAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            (await world.World.SendAsync(ChannelWorld.Read())).Failure.ShouldBeNull();
            time.Advance(TimeSpan.FromHours(1));
        }

        world.Server.Forms.Select(form => form["refresh_token"]).ShouldBe(
            rotates ? ["canary-refresh-0", "canary-refresh-1", "canary-refresh-2"] : ["canary-refresh-0", "canary-refresh-0", "canary-refresh-0"]);
        world.Server.Forms.ShouldAllBe(form => form["client_secret"] == ChannelWorld.AppSecret && form["client_id"] == "app-1");
    }

    [Fact]
    public async Task A_consent_that_is_gone_is_asked_for_once_and_then_told_until_somebody_signs_in()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync(refreshToken: "canary-withdrawn");

        var first = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), Cancellation)).Refused();
        var second = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), Cancellation)).Refused();
        await world.ConsentAsync();
        var third = await world.World.SendAsync(ChannelWorld.Read());

        first.Message.ShouldBe("Connection demo cannot sign in: StandIn no longer takes what the sign-in gave; sign in again with liaison connect add.");
        second.Message.ShouldBe(first.Message);
        world.Server.Forms.Count(form => form["refresh_token"] == "canary-withdrawn").ShouldBe(1);
        third.Failure.ShouldBeNull();
        (await world.StoredAsync()).NeedsAuthorization.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stale_refresh_token_leads_to_the_store_and_not_to_a_person()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync(refreshToken: "canary-stale");

        // Somebody signs in anew just while the old consent is being refused.
        world.Server.Meanwhile = async () =>
        {
            world.Server.Meanwhile = () => Task.CompletedTask;
            await world.ConsentAsync();
        };
        var sent = await world.World.SendAsync(ChannelWorld.Read());

        sent.Failure.ShouldBeNull();
        world.World.Alerts.Raised.ShouldBeEmpty();
        world.Server.Forms.Select(form => form["refresh_token"]).ShouldBe(["canary-stale", "canary-refresh-0"]);
    }

    [Fact]
    public async Task Calls_follow_the_instance_of_the_newest_token()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await using var moved = await OAuthServer.StartAsync(time);
        await world.ConsentAsync();
        var channel = await world.World.OpenAsync();
        await world.World.SendAsync(ChannelWorld.Read(), channel);
        world.Server.InstanceUrl = moved.Url;
        time.Advance(TimeSpan.FromMinutes(25));

        await world.World.SendAsync(ChannelWorld.Read(), channel);

        // The organisation's new home knows nothing of the old one's tokens and refuses; what matters is where was asked.
        world.Server.Calls.Count.ShouldBe(1);
        moved.Calls.ShouldNotBeEmpty();
        moved.Calls.First().Token.ShouldBe("canary-access-2");
    }

    [Fact]
    public async Task A_token_of_another_account_is_refused()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync();
        world.Server.Account = "org-2";

        var failure = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), Cancellation)).Refused();

        failure.Message.ShouldBe(
            "Connection demo (sandbox) is for account org-1 and the credential opens org-2; give it a credential of its own account or correct accountId.");
        world.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_user_is_served_with_their_own_tokens_only()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync(TokenWorld.Ada);

        (await world.World.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Failure.ShouldBeNull();
        var ben = new Caller(new Subject(SubjectKind.User, TokenWorld.Ben), new Actor("cli"), Purpose.Assistance);
        var refused = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ben), Cancellation)).Refused();

        refused.Message.ShouldBe("The user has not signed in to connection demo yet; run liaison connect add demo --oauth --user with the user's id.");
        world.Server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_still_lives_goes_on_while_the_login_host_is_down()
    {
        await using var world = await TokenWorld.StartAsync(time);
        await world.ConsentAsync();
        var channel = await world.World.OpenAsync();
        await world.World.SendAsync(ChannelWorld.Read(), channel);
        time.Advance(TimeSpan.FromMinutes(25));
        world.Server.TokenTrouble = (502, "<html>bad gateway</html>");

        (await world.World.SendAsync(ChannelWorld.Read(), channel)).Failure.ShouldBeNull();
        time.Advance(TimeSpan.FromMinutes(6));
        var later = (await world.World.SendAsync(ChannelWorld.Read(), channel)).Refused();

        later.Kind.ShouldBe(FailureKind.Unavailable);
        (await world.StoredAsync()).NeedsAuthorization.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_hundred_callers_in_three_hosts_on_one_store_make_one_renewal_of_a_rotating_token()
    {
        await using var server = await OAuthServer.StartAsync(TimeProvider.System);
        server.Rotates = true;
        server.Meanwhile = () => Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
        await using var hosts = await TokenHosts.StartAsync(server, 3);

        var got = await Task.WhenAll(Enumerable.Range(0, 200).Select(at => Task.Run(() => hosts.GetAsync(at % 3))));

        server.Forms.Count.ShouldBe(1);
        got.Select(held => held.Found().Tokens.AccessToken).Distinct().ShouldHaveSingleItem().ShouldBe("canary-access-1");
    }

    [Fact]
    public async Task A_static_token_that_was_rotated_is_taken_up_on_a_401_and_one_that_was_not_is_told()
    {
        await using var world = await ChannelWorld.StartAsync();
        var channel = await world.OpenAsync();
        world.Server.Lines(StandInServer.Answer(401, ""));
        world.AccountSecret = "canary-rotated";
        (await world.SendAsync(ChannelWorld.Read(), channel)).Failure.ShouldBeNull();
        world.Server.Lines(StandInServer.Answer(401, ""));

        var refused = (await world.SendAsync(ChannelWorld.Read(), channel)).Refused();

        world.Server.Requests.Select(request => request.Authorization).ShouldBe(
            [$"Bearer {ChannelWorld.AccountToken}", "Bearer canary-rotated", "Bearer canary-rotated"]);
        refused.Kind.ShouldBe(FailureKind.Unauthenticated);
    }

    [Fact]
    public async Task No_token_or_secret_is_in_a_log_a_failure_or_the_call_log()
    {
        await using var world = await TokenWorld.StartAsync(time);
        world.Server.Rotates = true;
        await world.ConsentAsync();
        await world.World.SendAsync(ChannelWorld.Read());
        world.Server.RefusesEveryCall = true;
        var failure = (await world.World.SendAsync(ChannelWorld.Read())).Refused();
        world.Server.TokenTrouble = (400, """{"error":"invalid_grant","error_description":"canary-refresh-1 is spent"}""");
        time.Advance(TimeSpan.FromHours(1));
        var gone = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), Cancellation)).Refused();

        var told = string.Join('\n', [.. world.World.Log.Lines, failure.ToString(), gone.ToString(), .. world.World.Calls.Entries.Select(entry => entry.ToString()), .. world.World.Alerts.Raised.Select(alert => alert.ToString())]);

        told.ShouldContain("oauth.token");
        told.ShouldNotContain("canary");
    }
}
