using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Makers;

/// <summary>The types are the path: each step asks for what only the step before can make.</summary>
public sealed class PathTests
{
    private const string Permit = "Liaison.Policy.Permit";
    private const string Credential = "Liaison.Identity.UserCredential";
    private const string ValidChange = "Liaison.Writeback.ValidatedChangeSet";
    private const string Connector = "Liaison.Connectors.IConnector";

    // Whoever writes a connector tests it with credentials and a channel of the kit's own.
    private static readonly IReadOnlyList<CompiledAssembly> Shipped =
        [.. OurAssemblies.All.Where(assembly => assembly.Name != OurAssemblies.Testing)];

    [Fact]
    public void Only_the_policy_engine_makes_permits() =>
        Rule.MakersOf(Permit, OurAssemblies.All, "Liaison.Policy.PolicyEngine").ShouldBeEmpty();

    [Fact]
    public void Only_the_broker_makes_credentials() =>
        Rule.MakersOf(Credential, Shipped, "Liaison.Identity.CredentialBroker").ShouldBeEmpty();

    [Fact]
    public void Only_the_validator_makes_valid_changes() =>
        Rule.MakersOf(ValidChange, OurAssemblies.All, "Liaison.Writeback.ChangeValidator").ShouldBeEmpty();

    [Fact]
    public void Only_the_channel_reveals_a_token() =>
        Rule.CallersOf(Credential, "Reveal", Shipped, "Liaison.Connectors.CrmChannel").ShouldBeEmpty();

    [Fact]
    public void Only_the_opener_opens_sessions() =>
        Rule.CallersOf(Connector, "OpenSession", Shipped, "Liaison.Connectors.SessionOpener").ShouldBeEmpty();

    [Fact]
    public void No_connector_is_asked_for_a_session_behind_its_interface() => Rule.Others(
        Shipped.SelectMany(assembly => assembly.Uses.Where(use => use.Member == "OpenSession" && use.Of.FullName != Connector)), []).ShouldBeEmpty();

    [Fact]
    public void The_makers_do_make_them()
    {
        Rule.MakersOf(Permit, OurAssemblies.All).ShouldNotBeEmpty();
        Rule.MakersOf(Credential, Shipped).ShouldNotBeEmpty();
        Rule.MakersOf(ValidChange, OurAssemblies.All).ShouldNotBeEmpty();
        Rule.CallersOf(Credential, "Reveal", Shipped).ShouldNotBeEmpty();
        Rule.CallersOf(Connector, "OpenSession", Shipped).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_forged_permit_is_seen() =>
        Rule.MakersOf(Permit, [OurAssemblies.Samples], "Liaison.Policy.PolicyEngine").ShouldBe(
            ["Liaison.House.Tests.Samples.ForgedPermit.Make uses Liaison.Policy.Permit..ctor"]);

    [Fact]
    public void What_the_kit_for_connector_authors_does_would_be_seen_elsewhere()
    {
        var kit = new[] { OurAssemblies.Of(OurAssemblies.Testing) };

        Rule.MakersOf(Credential, kit, "Liaison.Identity.CredentialBroker").ShouldNotBeEmpty();
        Rule.CallersOf(Credential, "Reveal", kit, "Liaison.Connectors.CrmChannel").ShouldNotBeEmpty();
    }
}
