using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;

namespace Liaison.HubSpot.Tests.Rights;

/// <summary>What a user may see and edit, as the emulator tells it.</summary>
internal sealed record UserRights(
    string Name,
    string Token,
    string Email,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Visible,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Hidden,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Locked);

/// <summary>An emulated account and the truth about it, learned by plain HTTP and never through the connector.</summary>
internal sealed class RightsPortal : IAsyncDisposable
{
    /// <summary>The record types by HubSpot's names.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["contacts"] = "contact", ["companies"] = "company", ["deals"] = "deal", ["tickets"] = "ticket", ["leads"] = "lead",
        ["notes"] = "note", ["tasks"] = "task", ["calls"] = "call", ["emails"] = "email", ["meetings"] = "meeting",
    };

    private readonly HubSpotEmulator emulator;
    private readonly SocketsHttpHandler handler = new();
    private readonly PortalClient http;

    private RightsPortal(HubSpotEmulator emulator)
    {
        this.emulator = emulator;
        http = new PortalClient(handler) { BaseAddress = emulator.BaseAddress };
    }

    internal Uri Address => emulator.BaseAddress;

    internal IReadOnlyList<UserRights> Users { get; private set; } = [];

    /// <summary>Gets every value of every record, by type, id and property; what holds nothing is not in it.</summary>
    internal Dictionary<string, Dictionary<string, Dictionary<string, string>>> Truth { get; } = [];

    /// <summary>Gets the names of every type's properties.</summary>
    internal Dictionary<string, IReadOnlySet<string>> Properties { get; } = [];

    internal static async Task<RightsPortal> StartAsync(CancellationToken cancellationToken)
    {
        var world = WorldGenerator.Generate(new WorldOptions
        {
            Now = Emulated.SmallWorld.Now, Contacts = 120, Companies = 20, NewLeads = 40, ActivitiesPerContact = 1.2,
        });
        var options = new HubSpotEmulatorOptions { Limits = LimitMode.Off, SearchLag = TimeSpan.Zero, AiFields = true };
        var portal = new RightsPortal(await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken));
        await portal.LearnAsync(cancellationToken);
        return portal;
    }

    /// <summary>Gives the pairs that the account links.</summary>
    internal async Task<IReadOnlyList<(string From, string To)>> LinksAsync(string from, string to, CancellationToken cancellationToken)
    {
        var inputs = Truth[from].Keys.Select(id => new { id }).ToList();
        using var answer = await PostAsync($"/crm/associations/2026-09/{from}/{to}/batch/read", new { inputs }, cancellationToken);
        return
        [
            .. answer.RootElement.GetProperty("results").EnumerateArray().SelectMany(result => result.GetProperty("to").EnumerateArray().Select(end =>
                (result.GetProperty("from").GetProperty("id").GetString()!, end.GetProperty("toObjectId").ToString()))).Distinct(),
        ];
    }

    /// <summary>Counts the writes that reached the account's records of a type.</summary>
    internal async Task<int> WritesAsync(string type, CancellationToken cancellationToken)
    {
        var lines = await http.GetStringAsync($"/_emulator/ledger/writes?type={type}", cancellationToken);
        using var last = JsonDocument.Parse(lines.TrimEnd('\n').Split('\n')[^1]);
        return last.RootElement.GetProperty("summary").GetProperty("writes").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        handler.Dispose();
        await emulator.DisposeAsync();
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        using var rights = await GetAsync("/_emulator/rights", cancellationToken);
        Users = [.. rights.RootElement.GetProperty("users").EnumerateArray().Select(user => new UserRights(
            user.GetProperty("name").GetString()!,
            user.GetProperty("token").GetString()!,
            user.GetProperty("email").GetString()!,
            PartOf(user, "visible"),
            PartOf(user, "hiddenProperties"),
            PartOf(user, "lockedProperties")))];
        foreach (var type in Types.Keys)
        {
            using var properties = await GetAsync($"/crm/properties/2026-09/{type}", cancellationToken);
            Properties[type] = properties.RootElement.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("name").GetString()!).ToHashSet();
            Truth[type] = [];

            // The manager sees every record; which those are is the emulator's word.
            foreach (var ids in Users.Single(user => user.Name == "manager").Visible[type].Chunk(100))
            {
                await LearnAsync(type, ids, cancellationToken);
            }
        }
    }

    private async Task LearnAsync(string type, string[] ids, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(
            $"/crm/objects/2026-09/{type}/batch/read", new { inputs = ids.Select(id => new { id }), properties = Properties[type] }, cancellationToken);
        foreach (var record in answer.RootElement.GetProperty("results").EnumerateArray())
        {
            Truth[type][record.GetProperty("id").GetString()!] = record.GetProperty("properties").EnumerateObject()
                .Where(property => property.Value.GetString() is { Length: > 0 })
                .ToDictionary(property => property.Name, property => property.Value.GetString()!);
        }
    }

    private static Dictionary<string, IReadOnlySet<string>> PartOf(JsonElement user, string part) =>
        user.GetProperty("types").EnumerateObject().ToDictionary(
            type => type.Name,
            IReadOnlySet<string> (type) => type.Value.GetProperty(part).EnumerateArray().Select(one => one.GetString()!).ToHashSet());

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<JsonDocument> PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await SendAsync(request, cancellationToken);
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Emulated.EmulatedAccount.AccountToken);
        using var response = await http.SendAsync(request, cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    // The client's plain constructor is banned in the product; a test has no factory to take one from.
    private sealed class PortalClient(HttpMessageHandler handler) : HttpClient(handler, disposeHandler: false);
}
