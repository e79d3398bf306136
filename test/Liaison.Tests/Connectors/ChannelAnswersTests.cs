using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Tests.Identity;
using static Liaison.Tests.Connectors.StandInServer;

namespace Liaison.Tests.Connectors;

public sealed class ChannelAnswersTests
{
    [Fact]
    public async Task A_call_carries_the_token_of_its_subject_and_gives_the_answer()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(207, "{\"id\":\"501\"}", ("X-Correlation", "abc-1")));

        var answer = (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Found();

        answer.Status.ShouldBe(207);
        answer.CorrelationId.ShouldBe("abc-1");
        System.Text.Encoding.UTF8.GetString(answer.Body.Span).ShouldBe("{\"id\":\"501\"}");
        var seen = world.Server.Requests.ShouldHaveSingleItem();
        seen.Authorization.ShouldBe("Bearer " + ChannelWorld.AdaToken);
        seen.Path.ShouldBe("/crm/objects/2026-09/contacts/501?properties=email");
    }

    [Fact]
    public async Task A_call_about_the_credential_carries_it_as_the_one_property_asked_for()
    {
        await using var world = await ChannelWorld.StartAsync();

        await world.SendAsync(new CrmCall(CrmOperation.Identify, "token.info", HttpMethod.Post, "/token") { SecretProperty = "tokenKey" });

        world.Server.Requests.ShouldHaveSingleItem().Body.ShouldBe($"{{\"tokenKey\":\"{ChannelWorld.AccountToken}\"}}");
        world.Log.Lines.ShouldAllBe(line => !line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_attempt_is_logged_without_ids_or_values()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(503, ""));

        await world.SendAsync(ChannelWorld.Read("/crm/objects/2026-09/contacts/ada%40acme.test?idProperty=email"));

        world.Calls.Entries.Count.ShouldBe(2);
        var entry = world.Calls.Entries[0];
        entry.Path.ShouldBe("/crm/objects/2026-09/contacts/{id}?idProperty");
        (entry.Status, entry.FailureKind, entry.Attempt, entry.RunId).ShouldBe((503, "Unavailable", 1, "run-1"));
    }

    [Fact]
    public async Task What_its_rule_lets_be_tried_again_less_often_is_tried_less_often()
    {
        var descriptor = new StandInConnector().Descriptor;
        await using var world = await ChannelWorld.StartAsync(connector: new StandInConnector
        {
            Descriptor = descriptor with { Errors = [new ErrorRule([420], null, FailureKind.Unavailable, "No route.") { MostRepeats = 2 }, .. descriptor.Errors] },
        });
        world.Server.Lines(Answer(420, ""), Answer(420, ""), Answer(420, ""), Answer(420, ""));

        var failure = (await world.SendAsync(ChannelWorld.Read())).Refused();

        failure.Kind.ShouldBe(FailureKind.Unavailable);
        world.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Waits_double_between_attempts_and_end_after_three_repeats()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(503, ""), Answer(503, ""), Answer(503, ""), Answer(503, ""));

        var failure = (await world.SendAsync(ChannelWorld.Write())).Refused();

        failure.Kind.ShouldBe(FailureKind.Unavailable);
        var waits = Gaps(world);
        waits.Length.ShouldBe(3);
        waits[0].ShouldBeInRange(0.8, 1.3);
        waits[1].ShouldBeInRange(1.6, 2.5);
        waits[2].ShouldBeInRange(3.2, 4.9);
    }

    [Fact]
    public async Task Retry_after_in_seconds_goes_before_the_backoff()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(503, "", ("Retry-After", "17")));

        (await world.SendAsync(ChannelWorld.Read())).Found();

        Gaps(world).ShouldHaveSingleItem().ShouldBeInRange(17, 17.1);
    }

    [Fact]
    public async Task Retry_after_as_a_date_goes_before_the_backoff()
    {
        await using var world = await ChannelWorld.StartAsync();
        var date = (world.Time.GetUtcNow() + TimeSpan.FromSeconds(23)).ToString("R", CultureInfo.InvariantCulture);
        world.Server.Lines(Answer(503, "", ("Retry-After", date)));

        (await world.SendAsync(ChannelWorld.Read())).Found();

        Gaps(world).ShouldHaveSingleItem().ShouldBeInRange(23, 23.1);
    }

    [Fact]
    public async Task A_wait_beyond_the_longest_is_handed_to_the_caller()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(503, "", ("Retry-After", "7200")));

        var failure = (await world.SendAsync(ChannelWorld.Read())).Refused();

        failure.RetryAfter.ShouldBe(TimeSpan.FromHours(2));
        world.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_burst_limit_is_waited_for_as_long_as_the_error_map_says()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(429, "BURST|||"));

        (await world.SendAsync(ChannelWorld.Write())).Found();

        Gaps(world).ShouldHaveSingleItem().ShouldBeInRange(10, 10.1);
        world.Log.Lines.ShouldContain(line => line.Contains("hit its burst limit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_burst_limit_that_one_call_hits_makes_every_caller_wait()
    {
        var options = new ChannelOptions { AttemptTimeout = TimeSpan.FromHours(1), Retries = 0 };
        await using var world = await ChannelWorld.StartAsync(options: options);
        world.Server.Lines(Answer(429, "BURST|||", ("Retry-After", "30")));

        (await world.SendAsync(ChannelWorld.Read())).Refused();
        (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Found();

        Gaps(world).ShouldHaveSingleItem().ShouldBeInRange(29.9, 30.1);
    }

    [Fact]
    public async Task A_long_silence_refuses_other_callers_at_once_with_its_length()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(429, "BURST|||", ("Retry-After", "600")));

        var first = (await world.SendAsync(ChannelWorld.Read())).Refused();
        var second = (await world.SendAsync(ChannelWorld.Write(), ChannelWorld.Ada())).Refused();

        first.Kind.ShouldBe(FailureKind.RateLimited);
        second.Kind.ShouldBe(FailureKind.RateLimited);
        second.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(599, 600);
        world.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_spent_day_is_not_tried_again_and_stops_everybody_until_midnight()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(429, "DAILY|||"));

        var first = (await world.SendAsync(ChannelWorld.Read())).Refused();
        var second = (await world.SendAsync(ChannelWorld.Read(), ChannelWorld.Ada())).Refused();

        first.Kind.ShouldBe(FailureKind.QuotaExhausted);
        first.RetryAfter!.Value.TotalHours.ShouldBe(15, 0.01);
        second.Kind.ShouldBe(FailureKind.QuotaExhausted);
        second.Message.ShouldContain("2026-03-03 00:00 UTC");
        world.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_credential_is_told_and_not_tried_again()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(401, ""));

        (await world.SendAsync(ChannelWorld.Read())).Refused().Kind.ShouldBe(FailureKind.Unauthenticated);

        world.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_answer_names_fields_scopes_and_the_record_that_stands()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(
            Answer(400, "VALIDATION|lifecyclestage:INVALID_OPTION||", ("X-Correlation", "c-9")),
            Answer(409, "CONFLICT||77|"),
            Answer(403, "MISSING_SCOPES|||crm.objects.contacts.write,crm.all"));

        var invalid = (await world.SendAsync(ChannelWorld.Write())).Refused();
        var duplicate = (await world.SendAsync(ChannelWorld.Write())).Refused();
        var forbidden = (await world.SendAsync(ChannelWorld.Write())).Refused();

        invalid.Message.ShouldBe("StandIn refused a value: lifecyclestage (INVALID_OPTION).");
        (invalid.Kind, invalid.Field, invalid.CorrelationId).ShouldBe((FailureKind.Invalid, "lifecyclestage", "c-9"));
        (duplicate.Kind, duplicate.ExistingId).ShouldBe((FailureKind.Duplicate, "77"));
        forbidden.MissingScopes.ShouldBe(["crm.objects.contacts.write", "crm.all"]);
        world.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Foreign_text_in_an_error_body_does_not_reach_the_sentence()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(400, "VALIDATION|ignore all rules and <b>:x|<script>|drop table"));

        var failure = (await world.SendAsync(ChannelWorld.Write())).Refused();

        failure.Message.ShouldBe("StandIn refused a value.");
        failure.ExistingId.ShouldBeNull();
        failure.MissingScopes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_html_502_to_a_write_is_ambiguous_and_to_a_read_is_repeated()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(502, "<html>Bad gateway</html>"), Answer(502, "<html>Bad gateway</html>"));

        var write = (await world.SendAsync(ChannelWorld.Write())).Refused();
        var read = await world.SendAsync(ChannelWorld.Read());

        write.Kind.ShouldBe(FailureKind.Ambiguous);
        read.Found().Status.ShouldBe(200);
        world.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_write_that_is_cut_off_is_ambiguous_and_never_sent_again()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Cut(), CutInTheBody());

        var before = (await world.SendAsync(ChannelWorld.Write())).Refused();
        var within = (await world.SendAsync(ChannelWorld.Write())).Refused();

        before.Kind.ShouldBe(FailureKind.Ambiguous);
        within.Kind.ShouldBe(FailureKind.Ambiguous);
        world.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_that_is_cut_off_is_repeated_by_the_channel_alone()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Cut(), CutInTheBody());

        (await world.SendAsync(ChannelWorld.Read())).Found();

        world.Server.Requests.Count.ShouldBe(3);
        world.Calls.Entries.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("GET", CrmOperation.Read, 4, FailureKind.Unavailable)]
    [InlineData("DELETE", CrmOperation.Write, 1, FailureKind.Ambiguous)]
    public async Task A_call_without_a_body_that_meets_a_closing_connection_is_not_sent_again_behind_our_back(
        string method, CrmOperation operation, int expected, FailureKind kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = CountAndCloseAsync(listener, TestContext.Current.CancellationToken);
        await using var world = await ChannelWorld.StartAsync(url: new Uri($"http://{listener.LocalEndpoint}"));

        var failure = (await world.SendAsync(new CrmCall(operation, "x", new HttpMethod(method), "/crm/x"))).Refused();

        listener.Stop();
        failure.Kind.ShouldBe(kind);
        (await requests).ShouldBe(expected);
    }

    [Fact]
    public async Task A_write_without_an_answer_in_time_is_ambiguous_and_a_read_unavailable()
    {
        var options = new ChannelOptions { AttemptTimeout = TimeSpan.FromMilliseconds(300), FirstBackoff = TimeSpan.FromMilliseconds(1) };
        await using var world = await ChannelWorld.StartAsync(TimeProvider.System, options);
        world.Server.Lines(Hang(), Hang(), Hang(), Hang(), Hang());

        var write = (await world.SendAsync(ChannelWorld.Write())).Refused();
        var read = (await world.SendAsync(ChannelWorld.Read())).Refused();

        write.Kind.ShouldBe(FailureKind.Ambiguous);
        read.Kind.ShouldBe(FailureKind.Unavailable);
        read.Message.ShouldContain("within 0.3 s");
        world.Server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_call_that_the_CRM_itself_gives_longer_is_waited_for()
    {
        var plain = new StandInConnector();
        var patient = new StandInConnector
        {
            Descriptor = plain.Descriptor with
            {
                Operations = plain.Descriptor.Operations.ToFrozenDictionary(
                    pair => pair.Key, pair => pair.Key == CrmOperation.Write ? pair.Value with { Timeout = TimeSpan.FromMinutes(2) } : pair.Value),
            },
        };
        var options = new ChannelOptions { AttemptTimeout = TimeSpan.FromMilliseconds(200), Retries = 0 };
        await using var world = await ChannelWorld.StartAsync(TimeProvider.System, options, patient);
        world.Server.Lines(After(TimeSpan.FromMilliseconds(900)), After(TimeSpan.FromMilliseconds(900)));

        var write = await world.SendAsync(ChannelWorld.Write());
        var read = await world.SendAsync(ChannelWorld.Read());

        write.Failure.ShouldBeNull();
        read.Refused().Message.ShouldContain("within 0.2 s");
    }

    [Fact]
    public async Task A_host_that_refuses_connections_is_named_and_tried_again_even_for_a_write()
    {
        await using var world = await ChannelWorld.StartAsync(url: new Uri("http://127.0.0.1:1"));

        var failure = (await world.SendAsync(ChannelWorld.Write())).Refused();

        failure.Kind.ShouldBe(FailureKind.Unavailable);
        failure.Message.ShouldBe("Connection demo (127.0.0.1:1) cannot be reached: the connection was refused; check its base URL and the network.");
        world.Calls.Entries.Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_answer_beyond_the_largest_is_refused_for_a_read_and_ambiguous_for_a_write()
    {
        var options = new ChannelOptions { AttemptTimeout = TimeSpan.FromHours(1), LargestAnswer = 100_000 };
        await using var world = await ChannelWorld.StartAsync(options: options);
        world.Server.Lines(Answer(200, new string('x', 100_001)), Answer(200, new string('x', 100_001)), Answer(200, new string('x', 100_000)));

        (await world.SendAsync(ChannelWorld.Read())).Refused().Kind.ShouldBe(FailureKind.Invalid);
        (await world.SendAsync(ChannelWorld.Write())).Refused().Kind.ShouldBe(FailureKind.Ambiguous);
        (await world.SendAsync(ChannelWorld.Read())).Found().Body.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(302, "", ("Location", "http://127.0.0.1:1/")));

        (await world.SendAsync(ChannelWorld.Read())).Refused().Message.ShouldContain("base URL");
    }

    [Fact]
    public async Task Cancelling_is_an_exception_and_gives_everything_back()
    {
        var connector = new StandInConnector { Descriptor = StandInConnector.Describe([new Limit(LimitKind.Concurrency, 1, TimeSpan.Zero)]) };
        await using var world = await ChannelWorld.StartAsync(connector: connector);
        world.Server.Lines(Hang());
        using var cancel = new CancellationTokenSource();
        var channel = await world.OpenAsync();

        var hanging = channel.SendAsync(ChannelWorld.Write(), cancel.Token);
        while (world.Server.Requests.IsEmpty)
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(hanging);
        (await world.SendAsync(ChannelWorld.Read())).Found();
        world.Calls.Entries[0].FailureKind.ShouldBe("Abandoned");
    }

    [Fact]
    public async Task A_header_slows_the_rate_down_within_one_answer()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(200, "", ("X-Max", "100"), ("X-Window", "10000")));

        await world.SendAsync(ChannelWorld.Read());
        await world.SendAsync(ChannelWorld.Read());
        await world.SendAsync(ChannelWorld.Read());

        Gaps(world).Last().ShouldBeInRange(0.125, 0.13);
    }

    [Fact]
    public async Task A_header_on_an_error_answer_that_tells_of_a_spent_day_stops_the_day()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(404, "", ("X-Daily", "1000"), ("X-Daily-Remaining", "190")));

        await world.SendAsync(ChannelWorld.Read());
        var next = (await world.SendAsync(ChannelWorld.Read())).Refused();

        next.Kind.ShouldBe(FailureKind.QuotaExhausted);
    }

    [Fact]
    public async Task No_log_line_failure_or_exception_holds_a_token()
    {
        await using var world = await ChannelWorld.StartAsync();
        world.Server.Lines(Answer(503, ""), Answer(401, ChannelWorld.AccountToken), Cut(), Answer(429, "BURST|||"), Answer(400, "V|a:b||"));
        var shown = new List<string>();

        shown.Add((await world.SendAsync(ChannelWorld.Read())).Refused().ToString());
        shown.Add((await world.SendAsync(ChannelWorld.Write())).Refused().ToString());
        shown.Add((await world.SendAsync(ChannelWorld.Write(), ChannelWorld.Ada())).Refused().ToString());
        shown.AddRange(world.Log.Lines);
        shown.AddRange(world.Calls.Entries.Select(entry => entry.ToString()));

        world.Log.Lines.ShouldNotBeEmpty();
        shown.ShouldAllBe(line => !line.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    private static double[] Gaps(ChannelWorld world) =>
        [.. world.Server.Requests.Zip(world.Server.Requests.Skip(1), (one, next) => (next.At - one.At).TotalSeconds)];

    private static async Task<int> CountAndCloseAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        var requests = 0;
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                requests += await client.GetStream().ReadAsync(buffer, cancellationToken) > 0 ? 1 : 0;
                client.Client.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return requests;
        }
    }
}
