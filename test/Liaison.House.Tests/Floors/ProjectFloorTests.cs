namespace Liaison.House.Tests.Floors;

/// <summary>References between projects run downward only.</summary>
public sealed class ProjectFloorTests
{
    public static TheoryData<string> Assemblies => [.. OurAssemblies.Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_project_knows_only_the_floors_below(string name)
    {
        var known = OurAssemblies.Of(name).References.Where(IsOurs);

        known.Except(MayKnow(name)).ShouldBeEmpty($"{name} may know only {string.Join(", ", MayKnow(name))}");
    }

    [Fact]
    public void There_are_connectors_and_each_stands_alone()
    {
        OurAssemblies.Connectors.ShouldContain("Liaison.HubSpot");
        OurAssemblies.Connectors.ShouldContain("Liaison.Salesforce");
        OurAssemblies.Connectors.ShouldAllBe(name => MayKnow(name).Single() == OurAssemblies.Abstractions);
    }

    [Fact]
    public void The_references_are_really_read() =>
        OurAssemblies.Of(OurAssemblies.Cli).References.Where(IsOurs).ShouldContain(OurAssemblies.Engine);

    private static IReadOnlyList<string> MayKnow(string name) => name switch
    {
        OurAssemblies.Abstractions or OurAssemblies.Emulators => [],
        OurAssemblies.Engine => [OurAssemblies.Abstractions],
        OurAssemblies.Storage or OurAssemblies.Server or OurAssemblies.Testing => [OurAssemblies.Abstractions, OurAssemblies.Engine],

        // Everything is put together in the executable; what only tests need is not shipped with it.
        OurAssemblies.Cli => [.. OurAssemblies.Names.Except([OurAssemblies.Cli, OurAssemblies.Testing])],
        _ when OurAssemblies.Connectors.Contains(name) => [OurAssemblies.Abstractions],
        _ => throw new InvalidOperationException($"The project {name} has no floor yet; give it one here."),
    };

    private static bool IsOurs(string reference) => OurAssemblies.Names.Contains(reference);
}
