using Liaison.Audit;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Work;

namespace Liaison.Tests.Identity.Keys;

public sealed class KeyTests : IAsyncDisposable
{
    private static readonly Caller Admin = new(new Subject(SubjectKind.User, "root@acme.test"), new Actor("cli"), Purpose.Administration);

    private readonly EngineWorld world = new();

    public KeyTests() => world.Policy.Members =
    [
        new MemberOptions { Subject = "root@acme.test", Roles = ["admin"] },
        new MemberOptions { Subject = "ada@acme.test", Roles = ["user", "operator", "approver", "auditor"] },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AdministrationGateway Administration => world.Get<AdministrationGateway>();

    private Admission Admission => world.Get<Admission>();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_key_proves_its_subject_actor_and_purposes()
    {
        var issued = await IssueAsync(For("ada@acme.test") with { Purposes = [Purpose.Qualification, Purpose.Assistance] });

        var key = (await Admission.ProveAsync(issued.Reveal(), Token)).Result.Found();

        var caller = Admission.CallerOf(key, stated: null).Found();
        caller.ShouldBe(new Caller(new Subject(SubjectKind.User, "ada@acme.test"), new Actor("assistant"), Purpose.Qualification) { KeyId = issued.Key.Id });
        Admission.CallerOf(key, Purpose.Assistance).Found().Purpose.ShouldBe(Purpose.Assistance);
    }

    [Fact]
    public async Task A_purpose_that_the_key_does_not_name_is_denied_by_purpose()
    {
        var issued = await IssueAsync(For("ada@acme.test"));

        var denied = Admission.CallerOf(issued.Key, Purpose.Administration).Refused();

        denied.Kind.ShouldBe(FailureKind.Denied);
        denied.DeniedBy.ShouldBe(DeniedBy.Purpose);
    }

    [Fact]
    public async Task The_text_has_256_random_bits_behind_the_id_and_is_shown_once()
    {
        var (one, other) = (await IssueAsync(For("ada@acme.test")), await IssueAsync(For("ada@acme.test")));

        one.Reveal().ShouldMatch($"^lia_{one.Key.Id}_[A-Za-z0-9_-]{{43}}$");
        one.Reveal()[^43..].ShouldNotBe(other.Reveal()[^43..]);
        one.ToString().ShouldNotContain(one.Reveal()[^43..]);
    }

    [Fact]
    public async Task The_store_and_the_audit_know_nothing_of_the_secret()
    {
        var issued = await IssueAsync(For("ada@acme.test"));
        var secret = issued.Reveal()[^43..];
        await Admission.ProveAsync(issued.Reveal(), Token);
        await Administration.RevokeKeyAsync(Admin, issued.Reveal(), Token);

        var stored = (await world.Keys.FindAsync(issued.Key.Id, Token)).ShouldNotBeNull();

        stored.SecretHash.ShouldBe(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret)));
        stored.ToString().ShouldNotContain(secret);
        (await world.Audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), Token).ToListAsync(Token)).Select(row => System.Text.Encoding.UTF8.GetString(row.Canonical.Span)).ShouldAllBe(text => !text.Contains(secret));
    }

    [Fact]
    public async Task Expired_revoked_unknown_and_malformed_keys_are_refused_alike()
    {
        var expired = await IssueAsync(For("ada@acme.test") with { Life = TimeSpan.FromHours(1) });
        world.Time.Advance(TimeSpan.FromHours(1));
        var revoked = await IssueAsync(For("ada@acme.test"));
        await Administration.RevokeKeyAsync(Admin, revoked.Key.Id, Token);
        var right = (await IssueAsync(For("ada@acme.test"))).Reveal();
        string[] texts =
        [
            expired.Reveal(), revoked.Reveal(), $"lia_key-00000000000000000000000000_{right[^43..]}", right[..^1] + (right[^1] == 'A' ? 'B' : 'A'),
            right[..^1], right + "A", right.ToUpperInvariant(), right[4..], " " + right, "lia_", "lia__", "", new string('a', 100_000), "lia_\0_" + right[^43..],
        ];

        foreach (var text in texts)
        {
            (await Admission.ProveAsync(text, Token)).Result.Refused().ShouldBeSameAs(Admission.RefusedKey);
        }

        (await Admission.ProveAsync(right, Token)).Result.Found();
    }

    [Fact]
    public async Task Revoking_one_key_leaves_the_others_working()
    {
        var (one, other) = (await IssueAsync(For("ada@acme.test")), await IssueAsync(For("ada@acme.test")));

        (await Administration.RevokeKeyAsync(Admin, one.Key.Id, Token)).Found().RevokedAt.ShouldBe(world.Time.GetUtcNow());

        (await Admission.ProveAsync(one.Reveal(), Token)).Result.Refused();
        (await Admission.ProveAsync(other.Reveal(), Token)).Result.Found();
    }

    [Fact]
    public async Task A_key_lives_90_days_unless_asked_otherwise_and_366_at_the_most()
    {
        (await IssueAsync(For("ada@acme.test"))).Key.ExpiresAt.ShouldBe(world.Time.GetUtcNow().AddDays(90));
        (await IssueAsync(For("ada@acme.test") with { Life = TimeSpan.FromDays(366) })).Key.ExpiresAt.ShouldBe(world.Time.GetUtcNow().AddDays(366));

        await RefuseAsync(For("ada@acme.test") with { Life = TimeSpan.FromDays(366) + TimeSpan.FromSeconds(1) });
        await RefuseAsync(For("ada@acme.test") with { Life = TimeSpan.Zero });
    }

    [Fact]
    public async Task What_names_nobody_or_nothing_is_refused()
    {
        await RefuseAsync(For(" "));
        await RefuseAsync(For("ada@acme.test") with { Name = "two\nlines" });
        await RefuseAsync(For("ada@acme.test") with { Actor = "*" });
        await RefuseAsync(For("ada@acme.test") with { Purposes = [] });
        await RefuseAsync(For("ada@acme.test") with { Purposes = [new Purpose("two words")] });
        await RefuseAsync(For("ada@acme.test") with { Connections = [] });
        await RefuseAsync(For("ada@acme.test") with { Connections = [new ConnectionName("nowhere")] });
    }

    [Fact]
    public async Task A_key_of_a_principal_is_a_principals_and_a_name_that_changed_sides_proves_nobody()
    {
        (await IssueAsync(For("qualification"))).Key.Subject.Kind.ShouldBe(SubjectKind.Principal);
        var turned = await IssueAsync(For("ada@acme.test"));
        var asPrincipal = new KeyRing(
            world.Keys, world.Get<ConnectionRegistry>(), new Principals(["ada@acme.test"]), world.Get<IdSource>(), world.Time);

        (await asPrincipal.CheckAsync(turned.Reveal(), Token)).ShouldBe(new KeyCheck(turned.Key.Id, Key: null));
    }

    [Fact]
    public async Task Only_an_administrator_makes_keys_and_only_for_that_purpose()
    {
        var byUser = await Administration.CreateKeyAsync(EngineWorld.Ada with { Purpose = Purpose.Administration }, For("ada@acme.test"), Token);
        var forAssistance = await Administration.CreateKeyAsync(Admin with { Purpose = Purpose.Assistance }, For("ada@acme.test"), Token);

        byUser.Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        forAssistance.Refused().DeniedBy.ShouldBe(DeniedBy.Purpose);
        (await world.Keys.ListAsync(subject: null, Token)).ShouldBeEmpty();
        (await world.AuditedAsync()).Where(entry => entry.Phase == AuditPhase.Closed).ShouldAllBe(
            entry => entry.Action == "keys.create" && entry.Outcome!.StartsWith("Denied: "));
    }

    [Fact]
    public async Task A_subject_lists_and_revokes_its_own_keys_and_no_others()
    {
        var (own, other) = (await IssueAsync(For("ada@acme.test")), await IssueAsync(For("bob@acme.test")));

        (await Administration.ListKeysAsync(EngineWorld.Ada, Token)).Found().ShouldHaveSingleItem().Id.ShouldBe(own.Key.Id);
        (await Administration.ListKeysAsync(Admin, Token)).Found().Count.ShouldBe(2);
        var denied = (await Administration.RevokeKeyAsync(EngineWorld.Ada, other.Key.Id, Token)).Refused();
        var unknown = (await Administration.RevokeKeyAsync(EngineWorld.Ada, "key-0", Token)).Refused();
        (await Administration.RevokeKeyAsync(EngineWorld.Ada, own.Key.Id, Token)).Found();

        denied.ShouldBe(unknown);
        denied.DeniedBy.ShouldBe(DeniedBy.Policy);
        (await Admission.ProveAsync(other.Reveal(), Token)).Result.Found();
    }

    [Fact]
    public async Task A_key_that_reaches_one_connection_is_stopped_at_every_other()
    {
        world.Grants.Add(EngineWorld.AdaGrant("*"));
        var bound = EngineWorld.Ada with { Connections = [new ConnectionName("elsewhere")] };

        var denied = await world.Gateway.DescribeAsync(bound, EngineWorld.Demo, RecordType.Contact, Token);

        denied.Refused().DeniedBy.ShouldBe(DeniedBy.Agent);
        (await Administration.ListConnectionsAsync(bound, Token)).Found().ShouldBeEmpty();
        (await Administration.ListConnectionsAsync(EngineWorld.Ada, Token)).Found().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_is_turned_away_is_recorded_with_the_key_where_it_is_known_and_as_nobody()
    {
        var issued = await IssueAsync(For("ada@acme.test"));
        var proof = await Admission.ProveAsync(issued.Reveal()[..^1] + "!", Token);
        var wrong = await Admission.ProveAsync($"lia_{issued.Key.Id}_{new string('A', 43)}", Token);
        wrong.KnownId.ShouldBe(issued.Key.Id);
        proof.KnownId.ShouldBeNull();

        await Admission.TurnAwayAsync("key.refused", wrong.KnownId, wrong.Result.Refused(), Token);

        var entry = (await world.AuditedAsync())[^1];
        entry.Action.ShouldBe("key.refused");
        entry.Records.ShouldBe([issued.Key.Id]);
        entry.Caller.Subject.Id.ShouldBe("(unproven)");
        entry.Outcome.ShouldBe($"Unauthenticated: {Admission.RefusedKey.Message}");
    }

    [Fact]
    public async Task The_last_use_is_kept_to_the_minute()
    {
        var issued = await IssueAsync(For("ada@acme.test"));
        await Admission.ProveAsync(issued.Reveal(), Token);
        var first = world.Time.GetUtcNow();
        world.Time.Advance(TimeSpan.FromSeconds(59));
        await Admission.ProveAsync(issued.Reveal(), Token);
        (await UsedAsync(issued)).ShouldBe(first);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await Admission.ProveAsync(issued.Reveal(), Token);

        (await UsedAsync(issued)).ShouldBe(first.AddMinutes(1));
    }

    [Fact]
    public async Task The_audit_is_for_auditors()
    {
        (await Administration.ReadAuditAsync(Admin, new AuditQuery(), Token)).Refused().DeniedBy.ShouldBe(DeniedBy.Policy);
        (await Administration.VerifyAuditAsync(Admin, cancellationToken: Token)).Refused().DeniedBy.ShouldBe(DeniedBy.Policy);

        (await Administration.ReadAuditAsync(EngineWorld.Ada, new AuditQuery(), Token)).Found().Count.ShouldBe(5);
        (await Administration.VerifyAuditAsync(EngineWorld.Ada, cancellationToken: Token)).Found().FirstBroken.ShouldBeNull();
    }

    private static KeyRequest For(string subject) => new("A key", subject, "assistant", [Purpose.Assistance]);

    private async Task<IssuedKey> IssueAsync(KeyRequest request) => (await Administration.CreateKeyAsync(Admin, request, Token)).Found();

    private async Task RefuseAsync(KeyRequest request) =>
        (await Administration.CreateKeyAsync(Admin, request, Token)).Refused().Kind.ShouldBe(FailureKind.Invalid);

    private async Task<DateTimeOffset?> UsedAsync(IssuedKey issued) =>
        (await world.Keys.FindAsync(issued.Key.Id, Token)).ShouldNotBeNull().Key.LastUsedAt;
}
