using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>A stand-in for a CRM in a process of its own, steered and questioned through its control routes.</summary>
internal sealed partial class Emulator : IAsyncDisposable
{
    private readonly LiaisonProcess process;
    private readonly HttpClient http;
    private readonly ContactNames names;

    private Emulator(LiaisonProcess process, Uri address, ContactNames names)
    {
        this.process = process;
        this.names = names;
        http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
    }

    /// <summary>Gets the address that it told.</summary>
    public Uri Address => http.BaseAddress!;

    public static async Task<Emulator> StartAsync(string folder, params string[] options)
    {
        var process = LiaisonProcess.Start(folder, ["emulate", "hubspot", "--port", "0", .. options]);
        return new Emulator(process, await AddressOfAsync(process), new("contacts", "ai_qualification_score"));
    }

    public static async Task<Emulator> StartSalesforceAsync(string folder, params string[] options)
    {
        var process = LiaisonProcess.Start(folder, ["emulate", "salesforce", "--port", "0", .. options]);
        return new Emulator(process, await AddressOfAsync(process, "Salesforce"), new("Contact", "AI_Qualification_Score__c"));
    }

    /// <summary>Waits until an emulator serves, and gives the address that it told.</summary>
    public static async Task<Uri> AddressOfAsync(LiaisonProcess process, string crm = "HubSpot")
    {
        await process.LineWithAsync("Press Ctrl+C");
        return new Uri(AddressPattern().Match(await process.LineWithAsync($"{crm} emulator: ")).Value);
    }

    public static async Task<Ended> RefusedAsync(string folder, params string[] options) =>
        await LiaisonProcess.RunAsync(folder, ["emulate", "hubspot", .. options]);

    public Task<string> PrintedAsync(string text) => process.LineWithAsync(text);

    /// <summary>Arms a fault.</summary>
    public Task FaultAsync(object fault) => PostAsync("_emulator/faults", fault);

    public async Task ClearFaultsAsync() => (await http.DeleteAsync(new Uri("_emulator/faults", UriKind.Relative))).EnsureSuccessStatusCode();

    public async Task PostAsync(string path, object body) =>
        (await http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body))).EnsureSuccessStatusCode();

    /// <summary>Changes something as the owner of a token does.</summary>
    public async Task PatchAsync(string path, object body, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    /// <summary>Makes a record with the account's token.</summary>
    public async Task CreateAsync(string type, object properties)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"crm/objects/2026-09/{type}", UriKind.Relative)) { Content = JsonContent.Create(new { properties }) };
        request.Headers.Authorization = new("Bearer", Workplace.AccountToken);
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    public async Task<JsonElement> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await http.SendAsync(request);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>What the CRM itself counted of the writes to contacts.</summary>
    public async Task<ContactWrites> WritesAsync()
    {
        var lines = await http.GetStringAsync(new Uri($"_emulator/ledger/writes?type={names.Type}", UriKind.Relative));
        return ContactWrites.Parse(lines, names.Score);
    }

    public Task<Ended> TerminateAsync() => process.TerminateAsync();

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return process.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex AddressPattern();

    /// <param name="Type">What the CRM calls contacts.</param>
    /// <param name="Score">What it calls the field of the score.</param>
    private sealed record ContactNames(string Type, string Score);
}

/// <summary>How often each contact and each of its properties was written.</summary>
internal sealed record ContactWrites(int Records, int Writes, int MaxPerRecord, int Duplicates, IReadOnlyList<int> ScoreWrites)
{
    /// <summary>Reads the ledger: one line a record, and a last one with the sums.</summary>
    public static ContactWrites Parse(string lines, string score)
    {
        var documents = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var summary = documents[^1].GetProperty("summary");
        return new ContactWrites(
            summary.GetProperty("records").GetInt32(),
            summary.GetProperty("writes").GetInt32(),
            summary.GetProperty("maxPerRecord").GetInt32(),
            summary.GetProperty("duplicates").GetInt32(),
            [.. documents.SkipLast(1).Select(record => record.GetProperty("properties"))
                .Select(properties => properties.TryGetProperty(score, out var count) ? count.GetInt32() : 0)]);
    }

    /// <summary>Asserts that so many contacts were written, each once, each with its score.</summary>
    public void ShouldBeOnceEach(int contacts)
    {
        var lost = contacts - Records;
        this.ShouldSatisfyAllConditions(
            () => lost.ShouldBe(0, "contacts that were never written"),
            () => Duplicates.ShouldBe(0, "values that were written again"),
            () => MaxPerRecord.ShouldBe(1),
            () => Writes.ShouldBe(contacts),
            () => ScoreWrites.ShouldAllBe(count => count == 1));
    }
}
