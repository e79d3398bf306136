using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Limits;

namespace Liaison.Emulators.HubSpot.Http;

/// <summary>Which scopes a route asks for; any one of the list suffices.</summary>
internal delegate IReadOnlyList<string> ScopeRule(Call call);

/// <summary>One operation of the API, for every version style.</summary>
/// <param name="Template">The path without version: /crm/objects/{type}/batch/read.</param>
/// <param name="Scopes">The scopes; <see langword="null"/> for routes that need no token.</param>
/// <param name="ScopesAtTop">In which of its two shapes a refusal for scopes comes.</param>
/// <param name="UserLevel">Whether HubSpot has published it for user-level apps (contract section 2.2).</param>
/// <param name="TakesForm">Whether the body is a form with files and not JSON.</param>
internal sealed record Route(
    string Method,
    string Template,
    Func<Call, Reply> Handle,
    ScopeRule? Scopes,
    Meter Meter = Meter.Ordinary,
    bool ScopesAtTop = false,
    bool UserLevel = false,
    bool TakesForm = false) : IRoute
{
    private readonly PathPattern _pattern = new(Template, StringComparison.Ordinal);

    public bool Matches(string[] path, Dictionary<string, string> values) => _pattern.Matches(path, values);
}
