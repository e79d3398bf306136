using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Makers;

/// <summary>Policy and audit stand at the gateway: nothing reaches a use case but through it.</summary>
public sealed class GateTests
{
    private const string Gateway = "Liaison.Gateway";

    private static readonly CompiledAssembly Engine = OurAssemblies.Of(OurAssemblies.Engine);

    [Fact]
    public void Only_the_gateway_and_their_own_folder_execute_use_cases() => BackDoors(OurAssemblies.All).ShouldBeEmpty();

    [Fact]
    public void The_gateway_does_execute_them() =>
        Engine.Uses.Where(use => use.By.Namespace == Gateway && Executes(use)).Select(use => use.Of.Name).Distinct().Order().ShouldBe(
            ["ApplyApproved", "CompareVersions", "DescribeType", "IdentifyAccount", "MatchCompany", "ProposeChange", "ProvisionFields", "QueryRecords", "ReadLimits", "ReadRecords", "ReportSafety", "SubmitChanges", "UndoChanges"]);

    [Fact]
    public void A_back_door_is_seen() => BackDoors([OurAssemblies.Samples]).ShouldBe(
        ["Liaison.House.Tests.Samples.BackDoor.DescribeAsync uses Liaison.Reading.DescribeType.ExecuteAsync"]);

    // Looking at what the audit keeps encrypted asks no CRM, and is recorded where it is done.
    [Fact]
    public void Only_the_gateway_opens_and_closes_the_audit() => Rule.Others(
        OurAssemblies.All.SelectMany(assembly => assembly.UsesOf("Liaison.Audit.AuditTrail", "OpenAsync").Concat(assembly.UsesOf("Liaison.Audit.AuditTrail", "CloseAsync"))),
        ["Liaison.Audit.AuditTrail", "Liaison.Audit.RevealValues", "Liaison.Gateway.Gate"]).ShouldBeEmpty();

    [Fact]
    public void Only_the_gateway_asks_the_policy() => Rule.CallersOf(
        "Liaison.Policy.PolicyEngine", "Judge", OurAssemblies.All, "Liaison.Gateway.Gate").ShouldBeEmpty();

    private static IReadOnlyList<string> BackDoors(IEnumerable<CompiledAssembly> assemblies) => Rule.Others(
        assemblies.SelectMany(assembly => assembly.Uses)
            .Where(Executes)
            .Where(use => use.By.Namespace != use.Of.Namespace && use.By.Namespace != Gateway),
        []);

    // A use case takes a permit and is executed; pipelines and runs are above the gate and call it.
    private static bool Executes(Use use) =>
        use is { Member: "ExecuteAsync", Of.Assembly: OurAssemblies.Engine } && !use.Of.Namespace.StartsWith("Liaison.Pipelines", StringComparison.Ordinal);
}
