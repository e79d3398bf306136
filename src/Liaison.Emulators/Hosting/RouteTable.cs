namespace Liaison.Emulators.Hosting;

/// <summary>One operation of an API, as far as finding it goes.</summary>
internal interface IRoute
{
    string Method { get; }

    /// <summary>Matches a path; the values of its parameters come back by name.</summary>
    bool Matches(string[] path, Dictionary<string, string> values);
}

/// <summary>A path with named parts: /crm/objects/{type}/batch/read.</summary>
/// <param name="literals">How the parts without a name are compared; CRMs differ in it.</param>
internal sealed class PathPattern(string template, StringComparison literals)
{
    private readonly string[] _segments = template.Split('/', StringSplitOptions.RemoveEmptyEntries);

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
            else if (!string.Equals(expected, path[at], literals))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>All operations; the first that matches answers, so literal paths stand before parameters.</summary>
internal sealed class RouteTable<TRoute>(IEnumerable<TRoute> routes)
    where TRoute : class, IRoute
{
    private readonly ILookup<string, TRoute> _byMethod = routes.ToLookup(route => route.Method);

    public TRoute? Find(string method, string[] path, Dictionary<string, string> values) =>
        _byMethod[method].FirstOrDefault(route => route.Matches(path, values));

    /// <summary>Gives the methods under which a path exists: where there is one, the answer is 405, not 404.</summary>
    public IEnumerable<string> MethodsOf(string[] path) =>
        _byMethod.Where(group => group.Any(route => route.Matches(path, []))).Select(group => group.Key);
}
