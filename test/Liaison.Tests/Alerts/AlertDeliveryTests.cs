using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liaison.Alerts;
using Liaison.Model;
using Liaison.Telemetry;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Tests.Alerts;

/// <summary>Alerts on their way to a receiver: signed, grouped, kept until they are taken.</summary>
public sealed class AlertDeliveryTests : IAsyncLifetime
{
    private static readonly Alert Refused = new(AlertKind.Forbidden, new ConnectionName("crm"), "contacts.write", "A scope is missing.")
    {
        MissingScopes = ["contacts.write"],
        ScopesBefore = ["contacts.read", "contacts.write"],
        ScopesAfter = ["contacts.read"],
    };

    private readonly ManualTime time = new();
    private readonly LiaisonTelemetry telemetry = new();
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private readonly AlertOptions options = new();
    private readonly InMemoryAlertStore store;
    private Receiver receiver = null!;

    public AlertDeliveryTests() => store = new InMemoryAlertStore(time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AlertDesk Desk => new(store, options, new IdSource(time), telemetry, NullLogger<AlertDesk>.Instance);

    private AlertDelivery Delivery => new(
        store,
        new AlertWebhook(services.GetRequiredService<IHttpClientFactory>(), options, _ => Task.FromResult<string?>("a secret"), time),
        options,
        NullLogger<AlertDelivery>.Instance);

    public async ValueTask InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        options.Webhook = new WebhookOptions { Url = receiver.Url, Secret = "env:ALERT_SECRET" };
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await services.DisposeAsync();
        telemetry.Dispose();
    }

    [Fact]
    public async Task A_receiver_can_prove_who_sent_an_alert_and_when()
    {
        await Desk.RaiseAsync(Refused, Token);

        (await Delivery.DeliverAsync(Token)).ShouldBe(1);

        var got = receiver.Got.ShouldHaveSingleItem();
        var timestamp = got.Headers["Liaison-Timestamp"];
        var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes("a secret"), Encoding.UTF8.GetBytes($"{timestamp}.{got.Body}"));
        got.Headers["Liaison-Signature"].ShouldBe("v1=" + Convert.ToHexString(proof).ToLowerInvariant());
        timestamp.ShouldBe(time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var body = JsonDocument.Parse(got.Body).RootElement;
        body.GetProperty("id").GetString().ShouldBe(got.Headers["Liaison-Alert"]);
        (body.GetProperty("kind").GetString(), body.GetProperty("connection").GetString()).ShouldBe(("Forbidden", "crm"));
        body.GetProperty("scopesBefore").GetArrayLength().ShouldBe(2);
        body.GetProperty("scopesAfter").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_storm_is_one_delivery()
    {
        for (var number = 0; number < 500; number++)
        {
            await Desk.RaiseAsync(Refused, Token);
        }

        await Delivery.DeliverAsync(Token);
        await Delivery.DeliverAsync(Token);

        receiver.Got.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_receiver_does_not_take_is_kept_and_sent_again_with_growing_waits()
    {
        receiver.Refuses = 3;
        await Desk.RaiseAsync(Refused, Token);

        (await Delivery.DeliverAsync(Token)).ShouldBe(0);
        (await AfterAsync(TimeSpan.FromSeconds(1))).ShouldBe(0);
        (await AfterAsync(TimeSpan.FromSeconds(2))).ShouldBe(0);
        (await AfterAsync(TimeSpan.FromSeconds(4))).ShouldBe(1);

        receiver.Got.Count.ShouldBe(4);
        receiver.Got.Select(got => got.Headers["Liaison-Alert"]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_a_webhook_an_alert_is_kept_and_nothing_is_sent()
    {
        options.Webhook = null;

        await Desk.RaiseAsync(Refused, Token);

        (await Delivery.DeliverAsync(Token)).ShouldBe(0);
        (await store.ListAsync(new AlertQuery(10), Token)).ShouldHaveSingleItem();
        receiver.Got.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://alerts.example.com/x", "env:SECRET", "alerts.webhook.url")]
    [InlineData("https://alerts.example.com/x", null, "alerts.webhook.secret")]
    [InlineData("https://alerts.example.com/x", "env:SECRET", null)]
    [InlineData("http://127.0.0.1:9/x", "env:SECRET", null)]
    public void A_webhook_is_https_or_on_loopback_and_has_a_secret(string url, string? secret, string? fault)
    {
        options.Webhook = new WebhookOptions { Url = new Uri(url), Secret = secret };

        AlertOptionsValidator.Faults(options).Select(told => told.Split(':')[0]).ShouldBe(fault is null ? [] : [fault]);
    }

    // Just before its time nothing is sent.
    private async Task<int> AfterAsync(TimeSpan wait)
    {
        var before = receiver.Got.Count;
        time.Advance(wait - TimeSpan.FromMilliseconds(1));
        await Delivery.DeliverAsync(Token);
        receiver.Got.Count.ShouldBe(before);
        time.Advance(TimeSpan.FromMilliseconds(1));
        return await Delivery.DeliverAsync(Token);
    }
}
