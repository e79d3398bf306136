using System.Text;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>A request to an OAuth or identity address, with the parameters of its form and of its query string.</summary>
internal sealed class SignInRequest(HttpRequest request, IFormCollection? form)
{
    /// <summary>Gets scheme and host as the client spelled them: the org's address.</summary>
    public string Origin => $"{request.Scheme}://{request.Host.Value}";

    /// <summary>Gets the token of the Authorization header.</summary>
    public string? Bearer => request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    public string? ClientId => this["client_id"] ?? Basic?[0];

    public string? ClientSecret => this["client_secret"] ?? (Basic is [_, var secret] ? secret : null);

    private string[]? Basic => request.Headers.Authorization.ToString() is { } header && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..].Trim())).Split(':', 2) : null;

    public string? this[string name] =>
        form?.TryGetValue(name, out var given) == true && given.Count > 0 ? given[^1]
        : request.Query.TryGetValue(name, out var asked) && asked.Count > 0 ? asked[^1] : null;
}
