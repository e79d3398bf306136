using System.Reflection;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Tells which suites a test assembly leaves out, so that nobody skips one in silence.</summary>
public static class ConnectorSuites
{
    /// <summary>Gets every suite.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(ConnectorSuite<>).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: true, IsGenericTypeDefinition: true } && type.BaseType is { IsGenericType: true } parent
                && parent.GetGenericTypeDefinition() == typeof(ConnectorSuite<>)),
    ];

    /// <summary>Names the suites that an assembly does not derive for one of its fixtures, as <c>Fixture: Suite</c>.</summary>
    public static IReadOnlyList<string> MissingFrom(Assembly tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var types = tests.GetTypes();
        var derived = types
            .Where(type => type is { IsAbstract: false } && type.BaseType is { IsGenericType: true })
            .Select(type => type.BaseType!)
            .ToHashSet();

        return
        [
            .. from fixture in types
               where !fixture.IsAbstract && fixture.IsSubclassOf(typeof(ConnectorFixture))
               from suite in All
               where !derived.Contains(suite.MakeGenericType(fixture))
               select $"{fixture.Name}: {suite.Name[..^2]}",
        ];
    }
}
