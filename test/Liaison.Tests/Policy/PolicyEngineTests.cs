using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Policy;

public sealed class PolicyEngineTests
{
    private static readonly ConnectionProfile Connection = new(
        EngineWorld.Demo, "memory", CrmEnvironment.Sandbox, new Uri("https://memory.invalid"), "1", "generous");

    private static readonly FieldDefinition Score = new("ai_score", "mem_ai_score", "Score", FieldType.Number);

    private static readonly FieldDefinition Health = new("health", "mem_health", "Health", FieldType.Text) { Sensitivity = Sensitivity.Sensitive };

    [Fact]
    public void Without_a_grant_everything_is_denied_by_policy()
    {
        foreach (var access in Enum.GetValues<Access>())
        {
            Refusal([], access: access).DeniedBy.ShouldBe(DeniedBy.Policy);
        }
    }

    [Fact]
    public void A_grant_on_another_connection_is_none() =>
        Refusal([Grant(connection: "other")]).DeniedBy.ShouldBe(DeniedBy.Policy);

    [Fact]
    public void A_purpose_that_no_grant_serves_is_denied_by_purpose() =>
        Refusal([Grant(purpose: "assistance")]).DeniedBy.ShouldBe(DeniedBy.Purpose);

    [Fact]
    public void An_agent_that_no_grant_names_is_denied_by_agent() =>
        Refusal([Grant(actor: "claude")]).DeniedBy.ShouldBe(DeniedBy.Agent);

    [Fact]
    public void Purpose_and_agent_must_meet_in_one_grant() =>
        Refusal([Grant(actor: "claude"), Grant(purpose: "assistance")]).DeniedBy.ShouldBe(DeniedBy.Agent);

    [Fact]
    public void A_connection_that_the_callers_key_does_not_reach_is_denied_by_agent_and_opened_by_no_grant()
    {
        var policy = new PolicyEngine(new PolicyInForce(new PolicyOptions { Grants = [Grant()] }), new Members(new PolicyInForce(new PolicyOptions())), _ => false, (_, _) => PromotedWrites.All);
        var bound = EngineWorld.Pipeline with { Connections = [new ConnectionName("other")] };

        policy.Judge(bound, Connection, RecordType.Contact, Access.Read).Refused().DeniedBy.ShouldBe(DeniedBy.Agent);
        policy.Opens(bound, Connection).ShouldBeFalse();
        policy.Opens(bound with { Connections = [Connection.Name] }, Connection).ShouldBeTrue();
        policy.Opens(EngineWorld.Pipeline, Connection).ShouldBeTrue();
    }

    [Fact]
    public void A_record_type_that_no_grant_opens_is_denied()
    {
        Refusal([Grant()], type: RecordType.Deal).Kind.ShouldBe(FailureKind.Denied);
        Refusal([Grant()], type: RecordType.Deal).Message.ShouldContain("deal");
    }

    [Fact]
    public void Writing_is_closed_on_a_connection_that_nobody_has_opened()
    {
        var refusal = Refusal([Grant(write: WriteLevel.Auto)], access: Access.Write, open: false);

        refusal.DeniedBy.ShouldBe(DeniedBy.Policy);
        refusal.Message.ShouldContain("read-only");
    }

    [Fact]
    public void A_star_never_opens_a_sensitive_field()
    {
        var permit = Judge([Grant()]).Found();

        permit.MayRead(Score).ShouldBeTrue();
        permit.MayRead(Health).ShouldBeFalse();
        permit.MayRead(Health with { Sensitivity = Sensitivity.HighlySensitive }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("health")]
    [InlineData("mem_health")]
    public void A_sensitive_field_is_opened_by_either_of_its_names(string name) =>
        Judge([Grant(read: [name])]).Found().MayRead(Health).ShouldBeTrue();

    [Fact]
    public void There_is_no_star_for_writing()
    {
        var permit = Judge([Grant(field: "*", write: WriteLevel.Auto)], access: Access.Write).Found();

        permit.LevelOf(Score).ShouldBe(WriteLevel.Off);
    }

    [Fact]
    public void A_type_whose_every_field_is_off_may_not_be_written() =>
        Refusal([Grant(write: WriteLevel.Off)], access: Access.Write).DeniedBy.ShouldBe(DeniedBy.Policy);

    [Theory]
    [InlineData(WriteLevel.DryRun)]
    [InlineData(WriteLevel.Suggest)]
    [InlineData(WriteLevel.Auto)]
    public void A_level_opens_writing_as_far_as_it_says(WriteLevel level) =>
        Judge([Grant(write: level)], access: Access.Write).Found().LevelOf(Score).ShouldBe(level);

    [Fact]
    public void Of_two_grants_the_wider_holds_in_any_order()
    {
        GrantOptions[] grants = [Grant(write: WriteLevel.Suggest), Grant(write: WriteLevel.Auto)];

        Judge(grants, access: Access.Write).Found().LevelOf(Score).ShouldBe(WriteLevel.Auto);
        Judge([.. grants.Reverse()], access: Access.Write).Found().LevelOf(Score).ShouldBe(WriteLevel.Auto);
    }

    [Fact]
    public void Of_two_grants_that_name_a_field_differently_the_wider_holds_as_well()
    {
        GrantOptions[] grants = [Grant(write: WriteLevel.Suggest), Grant(field: "mem_ai_score", write: WriteLevel.Auto)];

        Judge(grants, access: Access.Write).Found().LevelOf(Score).ShouldBe(WriteLevel.Auto);
    }

    [Fact]
    public void A_permit_to_read_opens_no_write() =>
        Judge([Grant(write: WriteLevel.Auto)]).Found().LevelOf(Score).ShouldBe(WriteLevel.Off);

    [Fact]
    public void Administering_is_granted_by_name_and_opens_no_field()
    {
        Refusal([Grant()], access: Access.Administer).DeniedBy.ShouldBe(DeniedBy.Policy);

        var permit = Judge([Grant(administer: true)], access: Access.Administer).Found();

        permit.MayRead(Score).ShouldBeFalse();
        permit.LevelOf(Score).ShouldBe(WriteLevel.Off);
    }

    internal static GrantOptions Grant(
        string actor = "*",
        string purpose = "qualification",
        string connection = "demo",
        string field = "ai_score",
        WriteLevel? write = null,
        bool administer = false,
        params string[] read) => new()
        {
            Subject = EngineWorld.Pipeline.Subject.Id,
            Actors = [actor],
            Purposes = [purpose],
            Connections = [connection],
            Administer = administer,
            Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = read is [] ? ["*"] : read },
            Write = write is { } level
                ? new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["contact"] = new Dictionary<string, WriteLevel> { [field] = level } }
                : new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>(),
        };

    internal static Result<Permit> Judge(
        IReadOnlyList<GrantOptions> grants, RecordType? type = null, Access access = Access.Read, bool open = true) =>
        Engine(new PolicyOptions { Grants = grants }, open ? new HashSet<ConnectionName> { EngineWorld.Demo } : [])
            .Judge(EngineWorld.Pipeline, Connection, type ?? RecordType.Contact, access);

    private static Failure Refusal(
        IReadOnlyList<GrantOptions> grants, RecordType? type = null, Access access = Access.Read, bool open = true) =>
        Judge(grants, type, access, open).Refused();

    private static PolicyEngine Engine(PolicyOptions options, IReadOnlySet<ConnectionName> writable) =>
        new(new PolicyInForce(options), new Members(new PolicyInForce(options)), writable.Contains, (_, _) => PromotedWrites.All);
}
