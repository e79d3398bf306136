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
    bool TakesForm = false)
{
    private readonly string[] _segments = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Matches a path; the values of its parameters come back by name.</summary>
    public bool Matches(string[] path, Dictionary<string, string> values)
    {
        if (path.Length != _segments.Length)
        {
            return false;
        }

        values.Clear();
        for (var at = 0; at < path.Length; at++)
        {
            var expected = _segments[at];
            if (expected[0] == '{')
            {
                values[expected[1..^1]] = path[at];
            }
            else if (!string.Equals(expected, path[at], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>All operations; the first that matches answers, so literal paths stand before parameters.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly ILookup<string, Route> _byMethod = routes.ToLookup(route => route.Method);

    public Route? Find(string method, string[] path, Dictionary<string, string> values) =>
        _byMethod[method].FirstOrDefault(route => route.Matches(path, values));

    /// <summary>Tells whether the path exists under another method: then the answer is 405, not 404.</summary>
    public bool Knows(string[] path) => _byMethod.Any(group => group.Any(route => route.Matches(path, [])));
}
