namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Pieces of request bodies.</summary>
internal static class A
{
    public static T[] List<T>(params T[] items) => items;

    /// <summary>A batch body out of its inputs.</summary>
    public static object Batch(params object[] inputs) => new { inputs };

    /// <summary>A search body with one filter.</summary>
    public static object Search(string property, string @operator, object? value = null, int limit = 10, string? after = null) => new
    {
        filterGroups = List(new { filters = List(new { propertyName = property, @operator, value }) }),
        limit,
        after = after ?? "0",
    };
}
