using System.Reflection;
using System.Xml.Linq;
using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests;

/// <summary>The assemblies that are built from <c>src</c>.</summary>
internal static class OurAssemblies
{
    public const string Abstractions = "Liaison.Abstractions";
    public const string Engine = "Liaison.Engine";
    public const string Storage = "Liaison.Storage";
    public const string Server = "Liaison.Server";
    public const string Emulators = "Liaison.Emulators";
    public const string Testing = "Liaison.Testing";
    public const string Cli = "liaison";

    private static readonly Dictionary<string, string> Projects = Repository.Files("src", ".csproj").ToDictionary(AssemblyNameOf, Repository.NameOf);

    /// <summary>Gets every assembly's name, in a stable order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Projects.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Gets the connectors: whatever is a project in their folder.</summary>
    public static IReadOnlyList<string> Connectors { get; } =
        [.. Names.Where(name => Projects[name].StartsWith("src/Connectors/", StringComparison.Ordinal))];

    /// <summary>Gets every assembly as it is compiled.</summary>
    public static IReadOnlyList<CompiledAssembly> All { get; } = [.. Names.Select(Read)];

    /// <summary>Gets the house tests themselves, which hold the deliberate violations.</summary>
    public static CompiledAssembly Samples { get; } = Read(typeof(OurAssemblies).Assembly.GetName().Name!);

    public static CompiledAssembly Of(string name) => All.First(assembly => assembly.Name == name);

    /// <summary>Loads an assembly, so that its types can be asked and its methods called.</summary>
    public static Assembly Load(string name) => Assembly.Load(new AssemblyName(name));

    private static CompiledAssembly Read(string name) => CompiledAssembly.Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    private static string AssemblyNameOf(string project) =>
        XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
}
