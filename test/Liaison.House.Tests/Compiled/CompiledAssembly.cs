using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Liaison.House.Tests.Compiled;

/// <summary>What a compiled assembly says of itself: what it references, and which type leans on which.</summary>
/// <remarks>Constants and <c>nameof</c> leave no trace in it, so that these are free.</remarks>
internal sealed record CompiledAssembly(string Name, IReadOnlyList<string> References, IReadOnlyList<Use> Uses)
{
    public static CompiledAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames(metadata);
        return new CompiledAssembly(
            names.AssemblyName,
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)],
            [.. new UseReader(file, metadata, names).Read().Distinct()]);
    }

    /// <summary>Finds where a member is called or touched.</summary>
    public IEnumerable<Use> UsesOf(string type, string member) =>
        Uses.Where(use => use.Of.FullName == type && use.Member == member);
}
