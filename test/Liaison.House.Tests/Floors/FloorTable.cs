using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Floors;

/// <summary>Which namespaces stand on which, bottom up; those of one floor may know each other.</summary>
internal sealed class FloorTable(params IReadOnlyList<IReadOnlyList<string>> floors)
{
    private readonly Dictionary<string, int> heights = floors
        .SelectMany((floor, height) => floor.Select(name => (name, height)))
        .ToDictionary(pair => pair.name, pair => pair.height, StringComparer.Ordinal);

    /// <summary>Lists the references upward, both types named.</summary>
    public IReadOnlyList<string> Upward(CompiledAssembly assembly) =>
    [
        .. assembly.Uses
            .Where(use => use.Of.Assembly == assembly.Name)
            .Where(use => HeightOf(use.Of) is { } there && HeightOf(use.By) is { } here && there > here)
            .Select(use => $"{use.By} reaches up to {use.Of}")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Lists the namespaces of ours that have no floor; those that generators make are not ours.</summary>
    public IReadOnlyList<string> Homeless(CompiledAssembly assembly, string root) =>
    [
        .. assembly.Uses
            .Select(use => use.By.Namespace)
            .Where(name => (name == root || name.StartsWith(root + ".", StringComparison.Ordinal)) && !heights.ContainsKey(name))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private int? HeightOf(TypeKey type) => heights.TryGetValue(type.Namespace, out var height) ? height : null;
}
