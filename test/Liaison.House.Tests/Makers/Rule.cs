using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Makers;

/// <summary>Finds who does what only some may do.</summary>
internal static class Rule
{
    /// <summary>Lists who makes instances of a type, by its constructor or as a changed copy, beside those who may.</summary>
    public static IReadOnlyList<string> MakersOf(string type, IEnumerable<CompiledAssembly> assemblies, params IReadOnlyList<string> allowed) =>
        Others(assemblies.SelectMany(assembly => assembly.UsesOf(type, ".ctor").Concat(assembly.UsesOf(type, "<Clone>$"))), [type, .. allowed]);

    /// <summary>Lists who calls a member beside those who may.</summary>
    public static IReadOnlyList<string> CallersOf(string type, string member, IEnumerable<CompiledAssembly> assemblies, params IReadOnlyList<string> allowed) =>
        Others(assemblies.SelectMany(assembly => assembly.UsesOf(type, member)), [type, .. allowed]);

    /// <summary>Sums up uses as sentences, without those by allowed types.</summary>
    public static IReadOnlyList<string> Others(IEnumerable<Use> uses, IReadOnlyList<string> allowed) =>
        [.. uses.Where(use => !allowed.Contains(use.By.FullName)).Select(use => use.ToString()).Distinct().Order(StringComparer.Ordinal)];
}
