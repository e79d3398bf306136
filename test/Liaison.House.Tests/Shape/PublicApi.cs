using System.Reflection;
using System.Runtime.CompilerServices;

namespace Liaison.House.Tests.Shape;

/// <summary>The public surface of an assembly as text: one line a type, one line a member, in a stable order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullness = new();

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(IsWritten).OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines)];

    public static IEnumerable<string> Lines(Type type) =>
        Members(type).Distinct().Order(StringComparer.Ordinal).Prepend(Headline(type));

    private static string Headline(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new[] { type.BaseType }.OfType<Type>().Where(parent => parent != typeof(object) && parent != typeof(ValueType)).Select(parent => ApiName.Of(parent));
        var interfaces = type.GetInterfaces().Except(inherited).Where(face => !IsOfRecords(face, type)).Select(face => ApiName.Of(face)).Order(StringComparer.Ordinal);
        var above = type.IsEnum ? "" : string.Join(", ", bases.Concat(interfaces));
        return $"{KindOf(type)} {ApiName.Of(type)}{(above.Length > 0 ? " : " : "")}{above}";
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetValues(type).Cast<Enum>().Select(value => $"  {value} = {Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)}")
        : type.GetMembers(Declared).Select(LineOf).OfType<string>().Select(line => "  " + line);

    private static string? LineOf(MemberInfo member) => member switch
    {
        // What the compiler makes for records and events follows from the line of the type.
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && member is MethodBase => null,

        // What a conformance suite proves is for its own text to say; nobody calls it.
        _ when member.IsDefined(typeof(FactAttribute), inherit: false) => null,
        ConstructorInfo constructor when IsVisible(constructor) => $"{Reach(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Reach(method)}{ApiName.Of(method.ReturnType, Nullness.Create(method.ReturnParameter))} {ApiName.Of(method)}({Parameters(method)})",
        PropertyInfo property when IsVisible(property.GetMethod) || IsVisible(property.SetMethod) => LineOf(property),
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsStatic ? "static " : "")}{ApiName.Of(field.FieldType, Nullness.Create(field))} {field.Name}{ValueOf(field)}",
        EventInfo happening when IsVisible(happening.AddMethod) => $"event {ApiName.Of(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string LineOf(PropertyInfo property)
    {
        var get = IsVisible(property.GetMethod) ? " get;" : "";
        var set = IsVisible(property.SetMethod) ? IsInit(property.SetMethod!) ? " init;" : " set;" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        var owner = IsVisible(property.GetMethod) ? property.GetMethod! : property.SetMethod!;
        return $"{Reach(owner)}{required}{ApiName.Of(property.PropertyType, Nullness.Create(property))} {property.Name} {{{get}{set} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{ApiName.Of(parameter.ParameterType, Nullness.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string ValueOf(FieldInfo field) => field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "";

    private static string Reach(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "") + (method.IsStatic ? "static " : "") + Openness(method);

    private static string Openness(MethodBase method) => method switch
    {
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false, DeclaringType.IsSealed: false } => "virtual ",
        _ => "",
    };

    // Every record has it, and the word "record" says so.
    private static bool IsOfRecords(Type face, Type type) => IsRecord(type) && face == typeof(IEquatable<>).MakeGenericType(type);

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsWritten(Type type) => !type.Name.Contains('<') && type.Namespace?.StartsWith("Liaison", StringComparison.Ordinal) == true;

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        _ => $"{(type.IsAbstract ? "abstract " : "")}{(IsRecord(type) ? "record" : "class")}",
    };

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;
}
