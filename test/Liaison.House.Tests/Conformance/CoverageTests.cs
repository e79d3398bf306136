using System.Reflection;
using Liaison.Connectors;
using Liaison.House.Tests.Compiled;
using Liaison.Testing.Conformance;
using Liaison.Testing.Connectors.Conformance;

namespace Liaison.House.Tests.Conformance;

/// <summary>Every implementation of a contract is held to every suite of it, the in-memory one included.</summary>
public sealed class CoverageTests
{
    private static readonly Assembly[] Suites = [OurAssemblies.Load(OurAssemblies.Testing)];
    private static readonly IReadOnlyList<Assembly> Ours = [.. OurAssemblies.Names.Select(OurAssemblies.Load)];

    [Fact]
    public void Every_store_derives_every_suite() =>
        ConformanceCoverage.Missing(Suites, Ours, TestAssemblies.Loaded).ShouldBeEmpty();

    [Fact]
    public void Every_store_interface_has_a_suite()
    {
        var proven = Suites.SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetCustomAttribute<ConformanceSuiteAttribute>()?.Contract)
            .OfType<Type>();

        Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && (type.Name.EndsWith("Store", StringComparison.Ordinal) || type == typeof(ICallLog)))
            .Except(proven)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_connector_has_a_fixture() =>
        WithoutFixture(Connectors, TestAssemblies.Loaded, TestAssemblies.Compiled).ShouldBe(Unproven);

    [Fact]
    public void What_is_not_proven_is_offered_to_nobody()
    {
        foreach (var connector in Unproven)
        {
            OurAssemblies.Of(OurAssemblies.Cli).UsesOf(connector, ".ctor").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_fixture_derives_every_suite_of_connectors() =>
        TestAssemblies.Loaded.SelectMany(ConnectorSuites.MissingFrom).ShouldBeEmpty();

    [Fact]
    public void Without_the_tests_everything_is_missing()
    {
        ConformanceCoverage.Missing(Suites, Ours, []).ShouldNotBeEmpty();
        WithoutFixture(Connectors, [], []).ShouldBe(Connectors);
    }

    // A connector whose suites cannot run yet, for want of an emulator, stands here and in no executable; with a fixture it has to go.
    private static readonly string[] Unproven = [];

    private static IReadOnlyList<string> Connectors =>
    [
        .. Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsClass && typeof(IConnector).IsAssignableFrom(type))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    // A fixture is proof for the connector that it makes.
    private static IReadOnlyList<string> WithoutFixture(
        IReadOnlyList<string> connectors, IReadOnlyList<Assembly> loaded, IReadOnlyList<CompiledAssembly> compiled)
    {
        var fixtures = loaded.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(ConnectorFixture)))
            .Select(type => type.FullName)
            .ToHashSet();
        var proven = compiled.SelectMany(assembly => assembly.Uses)
            .Where(use => fixtures.Contains(use.By.FullName) && use.Member == ".ctor")
            .Select(use => use.Of.FullName);
        return [.. connectors.Except(proven)];
    }
}
