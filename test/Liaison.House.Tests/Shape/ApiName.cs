using System.Reflection;

namespace Liaison.House.Tests.Shape;

/// <summary>Names of types and methods as C# writes them, nullable or not, with the namespaces that are ours.</summary>
internal static class ApiName
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(char)] = "char", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <param name="nullness">What the compiler noted of the place where the type stands; without it references are named plainly.</param>
    public static string Of(Type type, NullabilityInfo? nullness = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner) + "?";
        }

        var mark = !type.IsValueType && !type.IsGenericParameter && nullness is { ReadState: NullabilityState.Nullable } ? "?" : "";
        if (type.HasElementType)
        {
            return Of(type.GetElementType()!, nullness?.ElementType) + (type.IsArray ? "[]" : "&") + mark;
        }

        return Outer(type) + Plain(type) + Arguments(type, nullness) + mark;
    }

    public static string Of(MethodInfo method) =>
        method.Name + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(each => Of(each)))}>" : "");

    private static string Outer(Type type)
    {
        if (type.DeclaringType is { } outer && !type.IsGenericParameter)
        {
            return Of(outer) + ".";
        }

        return type.Namespace?.StartsWith("Liaison", StringComparison.Ordinal) == true && !type.IsGenericParameter ? type.Namespace + "." : "";
    }

    private static string Plain(Type type) => Words.TryGetValue(type, out var word) ? word : type.Name.Split('`')[0];

    private static string Arguments(Type type, NullabilityInfo? nullness)
    {
        var given = type.Name.Contains('`') ? type.GetGenericArguments() : [];
        var notes = nullness?.GenericTypeArguments ?? [];
        var names = given.Select((argument, place) => Of(argument, place < notes.Length ? notes[place] : null));
        return given.Length == 0 ? "" : $"<{string.Join(", ", names)}>";
    }
}
