namespace Liaison.House.Tests.Compiled;

/// <summary>A type by the assembly that defines it; a nested type and what the compiler makes count as the type around them.</summary>
internal readonly record struct TypeKey(string Assembly, string Namespace, string Name)
{
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    /// <inheritdoc/>
    public override string ToString() => FullName;
}

/// <summary>One place at which a type leans on another.</summary>
/// <param name="By">The type that leans.</param>
/// <param name="In">The method as it was written, also where the compiler moved its body; empty for a declaration.</param>
/// <param name="Of">The type that is leaned on.</param>
/// <param name="Member">The method or field that is touched; <see langword="null"/> where only the type is named.</param>
internal readonly record struct Use(TypeKey By, string In, TypeKey Of, string? Member)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{By}{(In.Length == 0 ? "" : "." + In)} uses {Of}{(Member is null ? "" : "." + Member)}";
}
