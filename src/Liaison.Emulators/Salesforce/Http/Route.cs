namespace Liaison.Emulators.Salesforce.Http;

/// <summary>One operation of the data API.</summary>
/// <param name="Template">The path after the version: sobjects/{type}/{id}.</param>
/// <param name="Handle">Does the work, with the org held.</param>
internal sealed record Route(string Method, string Template, Func<Call, Reply> Handle)
{
    private readonly string[] _segments = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets what is done instead of <see cref="Handle"/> where the body must be read as it comes; it holds the org itself, and only while it must.</summary>
    public Func<Call, CancellationToken, Task<Reply>>? HandleUpload { get; init; }

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
            else if (!string.Equals(expected, path[at], StringComparison.OrdinalIgnoreCase))
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

    /// <summary>Gives the methods under which a path exists.</summary>
    public IEnumerable<string> MethodsOf(string[] path) => _byMethod.Where(group => group.Any(route => route.Matches(path, []))).Select(group => group.Key);
}
