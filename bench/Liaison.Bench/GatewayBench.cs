using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Liaison.Connectors;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.HubSpot;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Server.Rest;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;
using Liaison.Telemetry;
using Liaison.Testing.Connectors;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Bench;

/// <summary>
/// Claim: with policy, masking and a durable audit the gateway adds less than 5 ms to a call at the 95th percentile and less than 10 ms
/// at the 99th; REST serves ≥ 1,000 reads a second on two cores, warm.
/// </summary>
/// <remarks>What is added is the whole of a read less its time on the wire, which the engine's own instrument tells of the same call.</remarks>
internal static class GatewayBench
{
    private const int Warm = 200;
    private const int Reads = 2_000;
    private const int Requests = 10_000;
    private const int Clients = 32;

    private static readonly string[] Fields = ["email", "first_name", "last_name", "job_title", "lead_status", "city"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchFolder folder)
    {
        var world = WorldGenerator.Generate(new WorldOptions { Contacts = 200, Companies = 20, Now = TimeProvider.System.GetUtcNow() });
        await using var emulator = await HubSpotEmulator.StartAsync(
            world, new HubSpotEmulatorOptions { Limits = LimitMode.Off, SearchLag = TimeSpan.Zero }, TimeProvider.System, CancellationToken.None);
        await using var engine = await BenchEngine.OpenAsync(folder, emulator);
        var gateway = engine.GetRequiredService<LiaisonGateway>();
        var page = Value(await gateway.QueryAsync(BenchEngine.Caller, new QueryRequest(BenchEngine.Connection, RecordType.Contact, Fields)));
        var ids = page.Records.Select(record => record.Ref.Id).ToList();

        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var bare = Bare(emulator, http);
        IReadOnlyList<FieldDefinition> asked = [.. Value(await bare.DescribeAsync(RecordType.Contact, CancellationToken.None)).Fields.Values.Where(field => Fields.Contains(field.Name))];
        using var wire = new Wire(engine.GetRequiredService<LiaisonTelemetry>());
        var (called, served, added) = (new List<double>(), new List<double>(), new List<double>());
        for (var number = 0; number < Warm + Reads; number++)
        {
            // One after the other, so that whatever else the machine does falls on both.
            var id = ids[number % ids.Count];
            var direct = await TimeAsync(async () => Value(await bare.ReadAsync(RecordType.Contact, [id], asked, CancellationToken.None)));
            var through = await TimeAsync(async () => Value(await gateway.ReadAsync(BenchEngine.Caller, new ReadRequest(BenchEngine.Connection, RecordType.Contact, [id], Fields))));
            if (number >= Warm)
            {
                called.Add(direct);
                served.Add(through);
                added.Add(through - wire.LastMilliseconds);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{"gateway, one read by id, milliseconds",-58}{"p50",10}{"p95",10}{"p99",10}");
        Print("baseline: bare connector call", called);
        Print("through the gateway: policy, masking, audit, limits, log", served);
        Print("added by the gateway (targets: p95 < 5, p99 < 10)", added);
        return await ServeAsync(engine, ids);
    }

    private static async Task<IReadOnlyList<Figure>> ServeAsync(ServiceProvider engine, List<string> ids)
    {
        var root = BenchEngine.Caller with { Purpose = Purpose.Administration };
        var issued = Value(await engine.GetRequiredService<AdministrationGateway>().CreateKeyAsync(
            root, new KeyRequest("bench", BenchEngine.User, "console", [Purpose.Assistance])));
        var options = new ServerOptions { Urls = ["http://127.0.0.1:0"], RequestsPerSecond = 1_000_000, ConcurrentRequests = 1_000 };
        await using var server = await RestServer.StartAsync(engine, options, new AccessOptions(), _ => { });
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Clients }) { BaseAddress = server.Addresses[0] };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Reveal());
        var area = $"api/v1/connections/{BenchEngine.Connection}";
        await AskAsync(client, 1_000, _ => $"{area}/records/contact/{ids[0]}");

        var live = await Figure.MeasureAsync("baseline: GET /livez, no credential, no engine", Requests, () => AskAsync(client, Requests, _ => "livez"));
        var schemas = await Figure.MeasureAsync("GET schemas/contact, from the schema cache", Requests, () => AskAsync(client, Requests, _ => $"{area}/schemas/contact"), target: 1_000);
        var records = await Figure.MeasureAsync(
            "GET records/contact/{id}, a call to the CRM each, emulator beside it",
            Requests,
            () => AskAsync(client, Requests, number => $"{area}/records/contact/{ids[number % ids.Count]}"),
            target: 1_000);
        return [live, schemas, records];
    }

    private static Task AskAsync(HttpClient client, int count, Func<int, string> path)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                using var answer = await client.GetAsync(new Uri(path(number), UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{path(number)} was answered {answer.StatusCode}.");
                }
            }
        })));
    }

    private static IConnectorSession Bare(HubSpotEmulator emulator, HttpClient http)
    {
        var connector = new HubSpotConnector();
        var profile = TestCredentials.Connection(connector.Descriptor, emulator.BaseAddress);
        var token = emulator.Credentials.First(credential => credential.UserEmail is not null).Token;
        var credential = TestCredentials.Of(profile, CredentialReach.User, BenchEngine.User, token);
        return connector.OpenSession(profile, credential, new PlainChannel(http, connector.Descriptor, profile, credential));
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var began = TimeProvider.System.GetTimestamp();
        await action();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private static T Value<T>(Result<T> result) => result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    private static void Print(string name, List<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        double At(double part) => sorted[(int)(part * (sorted.Count - 1))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-56}{At(0.50),10:N2}{At(0.95),10:N2}{At(0.99),10:N2}"));
    }

    /// <summary>Hears how long each call took on the wire.</summary>
    private sealed class Wire : IDisposable
    {
        private readonly MeterListener listener = new();
        private double last;

        public Wire(LiaisonTelemetry telemetry)
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter, telemetry.Meter) && instrument.Name == Instruments.Duration)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => last = seconds * 1000);
            listener.Start();
        }

        public double LastMilliseconds => last;

        public void Dispose() => listener.Dispose();
    }
}
