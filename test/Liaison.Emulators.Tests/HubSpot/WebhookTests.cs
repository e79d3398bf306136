using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Events arrive signed, in batches, out of order and some twice, under old and new names, and again when they were not taken.</summary>
public sealed class WebhookTests
{
    private const string Secret = "liaison-demo-secret";

    [Fact]
    public async Task An_event_is_signed_over_method_address_body_and_time()
    {
        await using var portal = await StartAsync(duplicates: 0);
        await using var hook = await Receiver.StartAsync(portal);
        await hook.SubscribeAsync(new { eventType = "contact.propertyChange", propertyName = "city", active = true });

        await portal.Patch($"/crm/objects/2026-09/contacts/{(await portal.Ids())[0]}", new { properties = new { city = "Oslo" } });

        var delivery = await hook.NextAsync();
        var source = Encoding.UTF8.GetBytes($"POST{hook.Address}{delivery.Body}{delivery.Timestamp}");
        delivery.SignatureV3.ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), source)));
        var told = delivery.Events.ShouldHaveSingleItem()!;
        ((string?)told["subscriptionType"]).ShouldBe("contact.propertyChange");
        ((string?)told["propertyValue"]).ShouldBe("Oslo");
        ((int)told["attemptNumber"]!).ShouldBe(0);
        ((string?)told["changeSource"]).ShouldBe("INTEGRATION");
        told["objectTypeId"].ShouldBeNull();
    }

    [Fact]
    public async Task New_names_carry_the_type_and_days_come_as_milliseconds()
    {
        await using var portal = await StartAsync(duplicates: 0);
        await using var hook = await Receiver.StartAsync(portal);
        await hook.SubscribeAsync(new { eventType = "object.propertyChange", objectTypeId = "0-3", propertyName = "closedate", active = true });

        await portal.Post(
            "/crm/objects/2026-09/deals",
            new { properties = new { dealname = "New", pipeline = "default", dealstage = "appointmentscheduled", closedate = "2026-12-31T00:00:00Z" } });

        var told = (await hook.NextAsync()).Events.ShouldHaveSingleItem()!;
        ((string?)told["subscriptionType"]).ShouldBe("object.propertyChange");
        ((string?)told["objectTypeId"]).ShouldBe("0-3");
        ((string?)told["propertyValue"]).ShouldBe("1798675200000");
    }

    [Fact]
    public async Task Two_hundred_and_fifty_events_come_in_posts_of_at_most_a_hundred_and_out_of_order()
    {
        await using var portal = await StartAsync(duplicates: 0.2);
        await using var hook = await Receiver.StartAsync(portal);
        await hook.SubscribeAsync(new { eventType = "company.creation", active = true });
        hook.Holds = true;

        foreach (var batch in Enumerable.Range(0, 250).Chunk(100))
        {
            await portal.Post("/crm/objects/2026-09/companies/batch/create", A.Batch([.. batch.Select(number => new { properties = new { name = $"New {number}" } })]));
        }

        await hook.SettledAsync(250);
        hook.Holds = false;
        await portal.Post("/_emulator/clock", new { seconds = 60 }, null);
        var told = await hook.CollectAsync(distinct: 250);
        hook.Deliveries.ShouldAllBe(delivery => delivery.Events.Count <= 100);
        told.Count.ShouldBeGreaterThan(250);
        told.Select(one => (long)one["objectId"]!).Distinct().Count().ShouldBe(250);
        told.Select(one => (long)one["objectId"]!).ShouldNotBe(told.Select(one => (long)one["objectId"]!).Order());
        told.ShouldAllBe(one => (string?)one["changeFlag"] == "CREATED");
    }

    [Fact]
    public async Task What_was_not_taken_comes_again_ten_times_and_then_no_more()
    {
        await using var portal = await StartAsync(duplicates: 0);
        await using var hook = await Receiver.StartAsync(portal);
        await hook.SubscribeAsync(new { eventType = "contact.deletion", active = true });
        hook.Status = 500;

        await portal.Delete($"/crm/objects/2026-09/contacts/{(await portal.Ids())[0]}");

        for (var attempt = 0; attempt <= 10; attempt++)
        {
            ((int)(await hook.NextAsync()).Events.ShouldHaveSingleItem()!["attemptNumber"]!).ShouldBe(attempt);
            await hook.SettledAsync(attempt == 10 ? 0 : 1);
            await portal.Post("/_emulator/clock", new { seconds = 36_000 }, null);
        }

        ((int)(await portal.Get("/_emulator/webhooks", null)).Json["dropped"]!).ShouldBe(1);
        hook.Deliveries.Count.ShouldBe(11);
    }

    [Fact]
    public async Task A_merge_names_its_records_and_tells_no_change_of_values()
    {
        await using var portal = await StartAsync(duplicates: 0);
        await using var hook = await Receiver.StartAsync(portal);
        var ids = await portal.Ids();
        foreach (var eventType in A.List("contact.merge", "contact.deletion"))
        {
            await hook.SubscribeAsync(new { eventType, active = true });
        }

        await portal.Post("/crm/objects/2026-09/contacts/merge", new { primaryObjectId = ids[0], objectIdToMerge = ids[1] });

        var told = await hook.CollectAsync(distinct: 2);
        var merge = told.Single(one => (string?)one["subscriptionType"] == "contact.merge");
        ((long)merge["primaryObjectId"]!).ShouldBe(long.Parse(ids[0], System.Globalization.CultureInfo.InvariantCulture));
        merge["mergedObjectIds"]!.AsArray().Select(id => (long)id!).ShouldBe([long.Parse(ids[1], System.Globalization.CultureInfo.InvariantCulture)]);
        told.Single(one => (string?)one["subscriptionType"] == "contact.deletion")["objectId"]!.ToJsonString().ShouldBe(ids[1]);
    }

    [Fact]
    public async Task Nothing_is_sent_beyond_this_machine()
    {
        await using var portal = await StartAsync(duplicates: 0);

        var answer = await portal.Put("/app-webhooks/2026-09/1001/settings", new { targetUrl = "https://example.com/hook", throttling = new { maxConcurrentRequests = 1 } });

        answer.Status.ShouldBe(400);
    }

    private static Task<Portal> StartAsync(double duplicates) => Portal.StartAsync(options => options.WebhookDuplicates = duplicates);

    private sealed record Delivery(string Body, string SignatureV3, string Timestamp)
    {
        public JsonArray Events { get; } = JsonNode.Parse(Body)!.AsArray();
    }

    /// <summary>The app's own address.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly ConcurrentQueue<Delivery> _new = new();
        private readonly Portal _portal;
        private LoopbackServer _server = null!;

        private Receiver(Portal portal) => _portal = portal;

        public int Status { get; set; } = 200;

        /// <summary>Gets or sets a value indicating whether deliveries are refused for now.</summary>
        public bool Holds { get; set; }

        public ConcurrentQueue<Delivery> Deliveries { get; } = new();

        public string Address => $"{_server.BaseAddress}hook?of=app";

        private static CancellationToken Token => TestContext.Current.CancellationToken;

        public static async Task<Receiver> StartAsync(Portal portal)
        {
            var receiver = new Receiver(portal);
            receiver._server = await LoopbackServer.StartAsync(0, receiver.TakeAsync, Token);
            (await portal.Put("/app-webhooks/2026-09/1001/settings", new { targetUrl = receiver.Address, throttling = new { maxConcurrentRequests = 3 } })).Status.ShouldBe(200);
            return receiver;
        }

        public async Task SubscribeAsync(object subscription) =>
            (await _portal.Post("/app-webhooks/2026-09/1001/subscriptions", subscription)).Status.ShouldBe(201);

        public async Task<Delivery> NextAsync()
        {
            (await _arrived.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBeTrue("No event came.");
            _new.TryDequeue(out var delivery).ShouldBeTrue();
            return delivery!;
        }

        /// <summary>Reads until so many different records were told of.</summary>
        public async Task<IReadOnlyList<JsonNode>> CollectAsync(int distinct)
        {
            var told = new List<JsonNode>();
            while (told.Select(one => $"{one["objectId"]} {one["subscriptionType"]}").Distinct().Count() < distinct)
            {
                told.AddRange((await NextAsync()).Events.Select(one => one!));
                await _portal.Post("/_emulator/clock", new { seconds = 60 }, null);
            }

            await SettledAsync(0);
            while (_new.TryDequeue(out var more))
            {
                told.AddRange(more.Events.Select(one => one!));
            }

            return told;
        }

        /// <summary>Waits until the emulator has settled what it sent.</summary>
        public async Task SettledAsync(int pending)
        {
            for (var look = 0; look < 200; look++)
            {
                var now = (await _portal.Get("/_emulator/webhooks", null)).Json;
                if ((int)now["pending"]! == pending && (pending > 0 || (long)now["delivered"]! + (long)now["dropped"]! > 0))
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            }

            throw new ShouldAssertException("The emulator did not settle what it sent.");
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            _arrived.Dispose();
        }

        private async Task TakeAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(Token);
            context.Response.StatusCode = Holds ? 503 : Status;
            if (Holds)
            {
                return;
            }

            var headers = context.Request.Headers;
            var delivery = new Delivery(body, headers["X-HubSpot-Signature-v3"].ToString(), headers["X-HubSpot-Request-Timestamp"].ToString());
            Deliveries.Enqueue(delivery);
            _new.Enqueue(delivery);
            _arrived.Release();
        }
    }
}
