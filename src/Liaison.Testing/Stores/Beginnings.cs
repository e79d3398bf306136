namespace Liaison.Testing.Stores;

/// <summary>Finds by an id or an unambiguous beginning of one.</summary>
internal static class Beginnings
{
    public static TValue? Find<TValue>(Dictionary<string, TValue> values, string beginning)
        where TValue : class
    {
        if (values.TryGetValue(beginning, out var exact))
        {
            return exact;
        }

        var found = values.Where(pair => pair.Key.StartsWith(beginning, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count == 1 ? found[0].Value : null;
    }
}
