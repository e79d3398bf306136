using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing.Postgres;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>Three processes on one database, and one token that has ended under all of them (R13).</summary>
public sealed class TokenClusterTests
{
    private const int Callers = 200;
    private const string App = "Liaison demo account app";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_callers_in_three_processes_renew_a_token_once()
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
        }

        await using var database = await PrivatePostgres.StartAsync(Token);
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "50", "--companies", "5", "--limits", "off");
        var manager = await EmailAsync(crm, "user-manager-demo");
        place.Write("database", database.ConnectionString("postgres") + "\n");
        place.Write("secret", "liaison-demo-secret");
        place.With(Yaml(crm.Address, manager));
        await Consents.GiveAsync(place, "hub");
        var nodes = Enumerable.Range(0, 3).Select(_ => place.Start("serve", "--urls", "http://127.0.0.1:0")).ToList();
        var doors = new List<RestDoor>();
        try
        {
            foreach (var node in nodes)
            {
                doors.Add(await RestDoor.OpenAsync(node));
            }

            var key = await RestDoor.KeyAsync(place, Workplace.Manager);
            var contact = (await doors[0].PostAsync(key, "api/v1/connections/hub/records/contact/query", """{"pageSize":1}""")).GetProperty("records")[0].GetProperty("id").GetString();
            var path = $"api/v1/connections/hub/records/contact/{contact}";
            await Task.WhenAll(doors.Select(door => door.GetAsync(key, path)));
            var before = await RenewalsAsync(place);

            await EndTokensAsync(crm);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => doors[caller % doors.Count].GetAsync(key, path)));

            (await RenewalsAsync(place) - before).ShouldBe(1);
            (await LiveAsync(crm)).ShouldBe(1);
            (await place.JsonAsync("connect", "list"))[0].GetProperty("health").GetProperty("credentials")[0].GetProperty("needsAuthorization").GetBoolean().ShouldBeFalse();
        }
        finally
        {
            doors.ForEach(door => door.Dispose());
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static string Yaml(Uri crm, string manager) => $$"""
        connections:
          hub:
            crm: hubspot
            environment: sandbox
            baseUrl: {{crm}}
            limitProfile: professional
            share: 1.0
            credentials:
              app: { clientId: liaison-demo-account-app, clientSecret: file:secret }
              account: { grant: authorization-code }
            mapped:
              users:
                {{Workplace.Manager}}: { email: {{manager}}, sees: all }
        policy:
          members: [{ subject: operator, roles: [operator, admin] }]
          grants:
            - subject: {{Workplace.Manager}}
              actors: [cli]
              purposes: [assistance]
              connections: [hub]
              read: { contact: ["*"] }
        server: { requestsPerSecond: 1000, concurrentRequests: 500 }
        storage: { folder: state }
        store: { kind: postgres, connectionString: file:database }
        """;

    // What the log of all processes says was asked of the token endpoint.
    private static async Task<int> RenewalsAsync(Workplace place)
    {
        // A line waits for a second at the most.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Token);
        var calls = await place.JsonAsync("audit", "show", "--calls", "--limit", "5000");
        return calls.EnumerateArray().Count(call => call.GetProperty("name").GetString() == "oauth.token");
    }

    private static async Task<List<JsonElement>> TokensAsync(Emulator crm) =>
        [.. (await crm.GetAsync("_emulator/tokens")).GetProperty("tokens").EnumerateArray()];

    private static async Task<string> EmailAsync(Emulator crm, string token) =>
        (await TokensAsync(crm)).Single(known => known.GetProperty("token").GetString() == token).GetProperty("user").GetString()!;

    private static async Task EndTokensAsync(Emulator crm)
    {
        foreach (var known in (await TokensAsync(crm)).Where(IsOurs))
        {
            await crm.PostAsync("_emulator/tokens", new { token = known.GetProperty("token").GetString(), expired = "true" });
        }
    }

    private static async Task<int> LiveAsync(Emulator crm) => (await TokensAsync(crm)).Count(known =>
        IsOurs(known) && DateTimeOffset.Parse(known.GetProperty("expiresAt").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow());

    private static bool IsOurs(JsonElement known) => known.GetProperty("app").GetString() == App;
}
