using System.Text.Json;
using Liaison.Salesforce.Tests.Emulated;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>What a user may see, as the emulator tells it.</summary>
internal sealed record UserRights(
    string Name, string Token, string Username, IReadOnlyDictionary<string, IReadOnlySet<string>> Visible, IReadOnlyDictionary<string, IReadOnlySet<string>> Hidden, IReadOnlySet<string> Unreadable);

/// <summary>The truth about an emulated org, learned by plain HTTP and never through the connector.</summary>
internal sealed class OrgTruth
{
    private const string Root = "/services/data/v66.0";

    /// <summary>The record types by the names of their objects.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["Contact"] = "contact", ["Account"] = "company", ["Opportunity"] = "deal", ["Lead"] = "lead", ["Case"] = "ticket", ["Event"] = "meeting",
        ["Subscription__c"] = "Subscription__c",
    };

    internal IReadOnlyList<UserRights> Users { get; private set; } = [];

    /// <summary>Gets the names of every object's fields; those whose value is made of others are not in it.</summary>
    internal Dictionary<string, IReadOnlySet<string>> Fields { get; } = [];

    /// <summary>Gets every value of every record, by object, id and field; what holds nothing is not in it.</summary>
    internal Dictionary<string, Dictionary<string, Dictionary<string, string>>> Records { get; } = [];

    internal static async Task<OrgTruth> OfAsync(EmulatedOrg org, CancellationToken cancellationToken)
    {
        var truth = new OrgTruth();
        using var rights = await org.GetAsync("/_emulator/rights", cancellationToken);
        truth.Users = [.. rights.RootElement.GetProperty("users").EnumerateArray().Select(RightsOf)];
        foreach (var type in Types.Keys)
        {
            await truth.LearnAsync(org, type, cancellationToken);
        }

        return truth;
    }

    private async Task LearnAsync(EmulatedOrg org, string type, CancellationToken cancellationToken)
    {
        using var described = await org.GetAsync($"{Root}/sobjects/{type}/describe", cancellationToken);
        var fields = described.RootElement.GetProperty("fields").EnumerateArray()
            .Where(field => field.GetProperty("type").GetString() is not ("address" or "location"))
            .Select(field => field.GetProperty("name").GetString()!).ToHashSet();
        Fields[type] = fields;
        Records[type] = [];
        for (var path = $"{Root}/query?q=SELECT+{string.Join(',', fields)}+FROM+{type}"; path is not null;)
        {
            using var page = await org.GetAsync(path, cancellationToken);
            foreach (var row in page.RootElement.GetProperty("records").EnumerateArray())
            {
                Records[type][row.GetProperty("Id").GetString()!] = row.EnumerateObject()
                    .Where(member => member.Name != "attributes" && member.Value.ValueKind != JsonValueKind.Null)
                    .ToDictionary(member => member.Name, member => TextOf(member.Value));
            }

            path = page.RootElement.TryGetProperty("nextRecordsUrl", out var next) ? next.GetString() : null;
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static UserRights RightsOf(JsonElement user)
    {
        var objects = user.GetProperty("objects").EnumerateObject().ToList();
        IReadOnlyDictionary<string, IReadOnlySet<string>> Part(string name) => objects.ToDictionary(
            type => type.Name, IReadOnlySet<string> (type) => type.Value.GetProperty(name).EnumerateArray().Select(one => one.GetString()!).ToHashSet());

        return new(
            user.GetProperty("name").GetString()!,
            user.GetProperty("token").GetString()!,
            user.GetProperty("username").GetString()!,
            Part("visible"),
            Part("hiddenFields"),
            objects.Where(type => !type.Value.GetProperty("readable").GetBoolean()).Select(type => type.Name).ToHashSet());
    }
}
