using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Http;

/// <summary>One request on its way through a route.</summary>
internal sealed class Call(Account account, VersionedPath path, IReadOnlyDictionary<string, string> values, HttpRequest request, JsonElement body, DateTimeOffset now)
{
    public Account Account => account;

    public ApiVersion Version => path.Version;

    public string VersionText => path.VersionText;

    public HttpRequest Request => request;

    /// <summary>Gets the JSON body; undefined where the request had none.</summary>
    public JsonElement Body => body;

    public DateTimeOffset Now => now;

    /// <summary>Gets who calls; routes without authorization never ask.</summary>
    public Credential Caller { get; set; } = null!;

    /// <summary>Gets the user whom the token acts as, with the role and the teams of today.</summary>
    public CrmUser? User => Caller.User is { } user ? account.Current(user) : null;

    /// <summary>Gets scheme and host as the client spelled them, for absolute links.</summary>
    public string Origin => $"{request.Scheme}://{request.Host.Value}";

    public bool IsSeptember2026 => path.Version == ApiVersion.September2026;

    /// <summary>Gives the same request with a part of its body in place of the whole.</summary>
    public Call WithBody(JsonElement part) => new(account, path, values, request, part, now) { Caller = Caller };

    public string this[string name] => values[name];

    public string? Value(string name) => values.GetValueOrDefault(name);

    public string? Query(string name) => request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;

    /// <summary>Reads a list given as a,b or as the same parameter twice.</summary>
    public IReadOnlyList<string> QueryList(string name)
    {
        if (!request.Query.TryGetValue(name, out var given) || given.Count == 0)
        {
            return [];
        }

        return [.. given.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }

    public bool QueryFlag(string name, bool otherwise = false) =>
        Query(name) is { } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : otherwise;

    /// <summary>Reads a number from the query; <see langword="null"/> where the text is none.</summary>
    public int? QueryNumber(string name, int otherwise) =>
        Query(name) is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a member of the body as text.</summary>
    public string? Text(string name) => body.TextOf(name);

    /// <summary>Reads an array of the body; empty where it is missing.</summary>
    public IEnumerable<JsonElement> Items(string name) => body.ItemsOf(name);
}
