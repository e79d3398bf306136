using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;

namespace Liaison.Safety.Tests.Installed;

/// <summary>A HubSpot stand-in, with what an administrator and a person at its screens do, and its own ledger of what was written.</summary>
internal sealed class EmulatedCrm : IAsyncDisposable
{
    private const string Objects = "/crm/objects/2026-09";
    private const int Batch = 100;

    private readonly HubSpotEmulator emulator;
    private readonly HttpClient http;

    private EmulatedCrm(HubSpotEmulator emulator)
    {
        this.emulator = emulator;
        http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = emulator.BaseAddress };
    }

    public Uri Address => emulator.BaseAddress;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EmulatedCrm> StartAsync(int contacts, LimitMode limits = LimitMode.Off)
    {
        var world = WorldGenerator.Generate(new WorldOptions { Contacts = contacts, Companies = contacts / 10, Now = TimeProvider.System.GetUtcNow() });
        var options = new HubSpotEmulatorOptions { Limits = limits, SearchLag = TimeSpan.Zero, AiFields = true };
        return new EmulatedCrm(await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, Token));
    }

    public DemoCredential UserOf(string name) => emulator.Credentials.Single(credential => credential.Name == name);

    /// <summary>Gives the owner id of a demo user.</summary>
    public async Task<string> OwnerOfAsync(string name)
    {
        using var rights = await SendAsync(HttpMethod.Get, $"/_emulator/rights?user={name}");
        return rights.RootElement.GetProperty("users")[0].GetProperty("ownerId").GetString()!;
    }

    /// <summary>Gives the ids of the records of a type that one record is linked with, as the account's token sees them.</summary>
    public async Task<IReadOnlyList<string>> LinkedAsync(string type, string id, string other)
    {
        using var links = await SendAsync(HttpMethod.Get, $"{Objects}/{type}/{id}/associations/{other}");
        return [.. links.RootElement.GetProperty("results").EnumerateArray().Select(link => $"{link.GetProperty("toObjectId")}")];
    }

    /// <summary>Makes the fields of a type that say which workflow wrote when, without which nothing is written.</summary>
    /// <param name="group">The group of the type's own properties.</param>
    public async Task AddStampsAsync(string type, string group)
    {
        object[] inputs =
        [
            new { name = "ai_source_pipeline", label = "AI source pipeline", type = "string", fieldType = "text", groupName = group },
            new { name = "ai_last_updated", label = "AI last updated", type = "datetime", fieldType = "date", groupName = group },
        ];
        (await SendAsync(HttpMethod.Post, $"/crm/properties/2026-09/{type}/batch/create", new { inputs })).Dispose();
    }

    /// <summary>Creates records with the account's token and gives their ids in the order given.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(string type, IReadOnlyList<Dictionary<string, string>> records)
    {
        var ids = new string[records.Count];
        foreach (var batch in records.Index().Chunk(Batch))
        {
            var inputs = batch.Select(record => new { objectWriteTraceId = $"{record.Index}", properties = record.Item });
            using var answer = await SendAsync(HttpMethod.Post, $"{Objects}/{type}/batch/create", new { inputs });
            foreach (var made in answer.RootElement.GetProperty("results").EnumerateArray())
            {
                ids[int.Parse(made.GetProperty("objectWriteTraceId").GetString()!, CultureInfo.InvariantCulture)] = made.GetProperty("id").GetString()!;
            }
        }

        return ids;
    }

    /// <summary>Edits a record as a person does at the CRM's own screens.</summary>
    public async Task EditAsync(string type, string id, string property, string value) =>
        (await SendAsync(HttpMethod.Post, $"/_emulator/records/{type}/{id}", new { properties = new Dictionary<string, string> { [property] = value } })).Dispose();

    public async Task ArchiveAsync(string type, string id) => (await SendAsync(HttpMethod.Delete, $"{Objects}/{type}/{id}")).Dispose();

    /// <summary>Gives every record of a type with these properties as the account's token sees it: byte by byte, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SnapshotAsync(string type, params string[] properties)
    {
        var records = new Dictionary<string, string>();
        var after = "";
        do
        {
            using var page = await SendAsync(HttpMethod.Get, $"{Objects}/{type}?limit=100&properties={string.Join(',', properties)}{after}");
            foreach (var record in page.RootElement.GetProperty("results").EnumerateArray())
            {
                var values = record.GetProperty("properties");
                records[record.GetProperty("id").GetString()!] = string.Join(
                    '\n', properties.Select(name => values.TryGetProperty(name, out var value) ? value.GetRawText() : "absent"));
            }

            after = page.RootElement.TryGetProperty("paging", out var paging) ? $"&after={paging.GetProperty("next").GetProperty("after").GetString()}" : "";
        }
        while (after.Length > 0);

        return records;
    }

    public async Task ClearLedgerAsync() => (await SendAsync(HttpMethod.Delete, "/_emulator/ledger")).Dispose();

    /// <summary>Gives what was written since the ledger was cleared: the properties by record, for one type.</summary>
    public async Task<IReadOnlyList<LedgerLine>> WritesAsync(string type)
    {
        var lines = await http.GetStringAsync(new Uri($"/_emulator/ledger/writes?type={type}", UriKind.Relative), Token);
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Where(line => line.TryGetProperty("id", out _))
                .Select(line => new LedgerLine(
                    line.GetProperty("id").GetString()!,
                    line.GetProperty("writes").GetInt32(),
                    [.. line.GetProperty("properties").EnumerateObject().Select(property => property.Name)])),
        ];
    }

    /// <summary>Gets what the ledger counted of requests since it was cleared.</summary>
    public async Task<LedgerRequests> RequestsAsync()
    {
        using var ledger = await SendAsync(HttpMethod.Get, "/_emulator/ledger");
        var root = ledger.RootElement;
        return new LedgerRequests(
            root.GetProperty("requests").GetInt32(),
            root.GetProperty("throttled").GetInt32(),
            root.GetProperty("maxInTenSeconds").GetInt32(),
            root.GetProperty("lastRequestAt").GetDateTimeOffset() - root.GetProperty("firstRequestAt").GetDateTimeOffset());
    }

    /// <summary>Lists the operations that were asked for and taken since the ledger was cleared.</summary>
    public async Task<IReadOnlyList<string>> OperationsAsync()
    {
        using var ledger = await SendAsync(HttpMethod.Get, "/_emulator/ledger");
        return
        [
            .. ledger.RootElement.GetProperty("operations").EnumerateArray()
                .Where(entry => entry.GetProperty("status").GetInt32() < 300)
                .Select(entry => entry.GetProperty("operation").GetString()!)
                .Distinct(),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await emulator.DisposeAsync();
    }

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", UserOf("account").Token);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text.Length > 0 ? text : "{}");
    }
}

/// <summary>How many requests came, how many were refused for their number, and the most in any ten seconds.</summary>
internal sealed record LedgerRequests(int Total, int Throttled, int MostInTenSeconds, TimeSpan Span);

/// <summary>How often one record was written, and which of its properties.</summary>
internal sealed record LedgerLine(string Id, int Writes, IReadOnlyList<string> Properties);
