using System.Reflection;
using System.Runtime.CompilerServices;
using Liaison.Testing.Conformance;

namespace Liaison.House.Tests.Shape;

/// <summary>Sealed by default: what may be derived is decided, never left open.</summary>
public sealed class SealedTests
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<string> Assemblies => [.. OurAssemblies.Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_class_is_sealed_static_or_a_closed_family(string name) => Open(OurAssemblies.Load(name).GetTypes()).ShouldBeEmpty();

    [Fact]
    public void Open_classes_are_named() => Open([typeof(Derivable), typeof(OpenFamily), typeof(ClosedFamily), typeof(ClosedFamily.Member)]).ShouldBe(
    [
        $"{typeof(Derivable).FullName} is not sealed",
        $"{typeof(OpenFamily).FullName} is abstract and anybody can join it",
    ]);

    private static IReadOnlyList<string> Open(IEnumerable<Type> types) =>
    [
        .. types
            .Where(type => type.IsClass && !type.IsSealed && IsWritten(type))
            .Where(type => !type.IsAbstract || (!IsClosed(type) && !IsSuite(type)))
            .Select(type => $"{type.FullName} {(type.IsAbstract ? "is abstract and anybody can join it" : "is not sealed")}")
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsWritten(Type type) =>
        !type.Name.Contains('<') && type.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic) is null
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    /// <summary>A family is closed when only types inside it can call its constructor; the copy that a record has is for its members.</summary>
    private static bool IsClosed(Type type) => Array.TrueForAll(
        type.GetConstructors(Constructors),
        constructor => constructor.IsPrivate
            || (constructor.IsFamily && constructor.GetParameters() is [var original] && original.ParameterType == type));

    // What connector and store authors derive to prove their work, with what such a suite is given.
    private static bool IsSuite(Type type) =>
        type.IsDefined(typeof(ConformanceSuiteAttribute), inherit: false)
        || (type.Assembly == typeof(ConformanceSuiteAttribute).Assembly && type.Namespace == "Liaison.Testing.Connectors.Conformance");

    // Deliberately wrong, and right beside it.
#pragma warning disable CA1852 // The sample is about what this rule forbids.
    private class Derivable;
#pragma warning restore CA1852

    private abstract class OpenFamily;

    private abstract record ClosedFamily
    {
        private ClosedFamily()
        {
        }

        public sealed record Member : ClosedFamily;
    }
}
