namespace Liaison.House.Tests.Floors;

/// <summary>Folders inside a project have floors too: whoever reads a step needs to know only the steps below it.</summary>
public sealed class FolderFloorTests
{
    private static readonly FloorTable Engine = new(
        ["Liaison.Telemetry", "Liaison.Alerts", "Liaison.Policy", "Liaison.Audit", "Liaison.Work"],
        ["Liaison.Identity", "Liaison.Identity.Keys", "Liaison.Identity.Tokens"],
        ["Liaison.Connectors.Mapped"],
        ["Liaison.Connectors"],
        ["Liaison.Schema"],
        ["Liaison.Normalization"],
        ["Liaison.Reading", "Liaison.Reading.Filters"],
        ["Liaison.Writeback.Checks"],
        ["Liaison.Writeback", "Liaison.Writeback.Operations"],
        ["Liaison.Context"],
        ["Liaison.Gateway", "Liaison.Gateway.Documents"],
        ["Liaison.Pipelines", "Liaison.Pipelines.Scorecards"],
        ["Liaison.Operations"],
        ["Liaison"]);

    private static readonly FloorTable Abstractions = new(
        ["Liaison.Failures", "Liaison.Model"],
        ["Liaison.Identity"],
        ["Liaison.Connectors"],
        ["Liaison.Wire"]);

    private static readonly FloorTable Server = new(
        ["Liaison.Server.Rest.Problems", "Liaison.Server.Rest.Views"],
        ["Liaison.Server.Rest.Authentication"],
        ["Liaison.Server.Rest.Hosting", "Liaison.Server.Rest.Routes"],
        ["Liaison.Server.Rest"]);

    private static readonly FloorTable Samples = new(
        ["Liaison.House.Tests.Samples.Below"],
        ["Liaison.House.Tests.Samples.Above"]);

    [Fact]
    public void No_step_of_the_engine_reaches_up() => Engine.Upward(OurAssemblies.Of(OurAssemblies.Engine)).ShouldBeEmpty();

    [Fact]
    public void No_folder_of_the_abstractions_reaches_up() =>
        Abstractions.Upward(OurAssemblies.Of(OurAssemblies.Abstractions)).ShouldBeEmpty();

    [Fact]
    public void No_folder_of_the_server_reaches_up() => Server.Upward(OurAssemblies.Of(OurAssemblies.Server)).ShouldBeEmpty();

    [Fact]
    public void Every_folder_has_its_floor()
    {
        Server.Homeless(OurAssemblies.Of(OurAssemblies.Server), "Liaison.Server").ShouldBeEmpty();
        Engine.Homeless(OurAssemblies.Of(OurAssemblies.Engine), "Liaison").ShouldBeEmpty();
        Abstractions.Homeless(OurAssemblies.Of(OurAssemblies.Abstractions), "Liaison").ShouldBeEmpty();
    }

    [Fact]
    public void A_reference_upward_is_told_by_both_types() => Samples.Upward(OurAssemblies.Samples).ShouldBe(
    [
        "Liaison.House.Tests.Samples.Below.ReachesInABody reaches up to Liaison.House.Tests.Samples.Above.Attic",
        "Liaison.House.Tests.Samples.Below.ReachesInASignature reaches up to Liaison.House.Tests.Samples.Above.Attic",
        "Liaison.House.Tests.Samples.Below.ReachesWhereTheCompilerMovedIt reaches up to Liaison.House.Tests.Samples.Above.Attic",
    ]);

    [Fact]
    public void A_folder_without_a_floor_is_named() =>
        Samples.Homeless(OurAssemblies.Samples, "Liaison.House.Tests.Samples").ShouldContain("Liaison.House.Tests.Samples.Homeless");
}
