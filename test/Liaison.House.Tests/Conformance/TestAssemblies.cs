using System.Reflection;
using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Conformance;

/// <summary>The built test assemblies in which suites are derived, opened beside this one.</summary>
internal static class TestAssemblies
{
    private static readonly string[] Projects = ["Liaison.Tests", "Liaison.HubSpot.Tests", "Liaison.Salesforce.Tests", "Liaison.Storage.Tests"];

    public static IReadOnlyList<Assembly> Loaded { get; } = [.. Projects.Select(name => Assembly.LoadFrom(PathOf(name)))];

    public static IReadOnlyList<CompiledAssembly> Compiled { get; } = [.. Projects.Select(name => CompiledAssembly.Read(PathOf(name)))];

    // artifacts/bin/<project>/<configuration>/: the same configuration as this assembly's own.
    private static string PathOf(string project)
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.Combine(own, "..", "..", project, Path.GetFileName(own), project + ".dll");
    }
}
