using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every token store must do: one renewer at a time, nothing stored by an outdated one, and how each credential stands.</summary>
[ConformanceSuite(typeof(ITokenStore))]
public abstract class TokenStoreConformance
{
    private const string Owner = "ada@acme.test";

    private static readonly ConnectionName Demo = new("demo");
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<ITokenStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<ITokenStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task A_sign_in_survives_a_kill_byte_by_byte()
    {
        var store = await OpenAsync(clock);

        await store.ConnectAsync(Demo, Owner, Sealed(1, 0, 255), Token);

        var found = (await (await ReopenAsync(clock)).FindAsync(Demo, Owner, Token)).ShouldNotBeNull();
        found.Tokens!.Bytes.ToArray().ShouldBe([1, 0, 255]);
        found.Tokens.ExpiresAt.ShouldBe(clock.GetUtcNow() + TimeSpan.FromMinutes(30));
        (found.Version, found.ConnectedAt, found.RenewedAt, found.NeedsAuthorization).ShouldBe((1, clock.GetUtcNow(), null, false));
    }

    [Fact]
    public async Task What_nobody_stored_is_not_found()
    {
        var store = await OpenAsync(clock);
        await store.ConnectAsync(Demo, Owner, Sealed(1), Token);

        (await store.FindAsync(Demo, "Ada@acme.test", Token)).ShouldBeNull();
        (await store.FindAsync(new ConnectionName("other"), Owner, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task One_lease_is_held_at_a_time_and_each_has_a_higher_number()
    {
        var (here, there) = (await OpenAsync(clock), await OpenAsync(clock));

        var first = (await here.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();
        (await there.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldBeNull();
        (await there.TryLeaseAsync(Demo, "(account)", Length, Token)).ShouldNotBeNull();
        await here.ReleaseAsync(Demo, Owner, first, Token);

        (await there.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull().ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_the_lease()
    {
        var stores = new List<ITokenStore>();
        for (var process = 0; process < 3; process++)
        {
            stores.Add(await OpenAsync(clock));
        }

        var leases = await Task.WhenAll(Enumerable.Range(0, 60).Select(at => Task.Run(() => stores[at % 3].TryLeaseAsync(Demo, Owner, Length, Token))));

        leases.Count(lease => lease is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_renewal_is_stored_and_gives_the_lease_back_in_one()
    {
        var store = await OpenAsync(clock);
        await store.ConnectAsync(Demo, Owner, Sealed(1), Token);
        clock.Advance(TimeSpan.FromMinutes(24));
        var lease = (await store.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();

        (await store.RenewAsync(Demo, Owner, lease, Sealed(2), Token)).ShouldBeTrue();

        var found = (await store.FindAsync(Demo, Owner, Token)).ShouldNotBeNull();
        found.Tokens!.Bytes.ToArray().ShouldBe([2]);
        (found.Version, found.RenewedAt).ShouldBe((2, clock.GetUtcNow()));
        (await store.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_dead_holders_lease_falls_to_the_next_and_the_dead_one_stores_nothing_any_more()
    {
        var (dead, alive) = (await OpenAsync(clock), await OpenAsync(clock));
        await dead.ConnectAsync(Demo, Owner, Sealed(1), Token);
        var old = (await dead.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();
        clock.Advance(Length);

        var next = (await alive.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();

        (await dead.RenewAsync(Demo, Owner, old, Sealed(9), Token)).ShouldBeFalse();
        await dead.ReleaseAsync(Demo, Owner, old, Token);
        (await dead.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldBeNull();
        (await alive.RenewAsync(Demo, Owner, next, Sealed(2), Token)).ShouldBeTrue();
        (await alive.FindAsync(Demo, Owner, Token))!.Tokens!.Bytes.ToArray().ShouldBe([2]);
    }

    [Fact]
    public async Task A_new_sign_in_ends_the_lease_of_a_renewal_that_is_under_way()
    {
        var store = await OpenAsync(clock);
        await store.ConnectAsync(Demo, Owner, Sealed(1), Token);
        var lease = (await store.TryLeaseAsync(Demo, Owner, Length, Token)).ShouldNotBeNull();

        await store.ConnectAsync(Demo, Owner, Sealed(2), Token);

        (await store.RenewAsync(Demo, Owner, lease, Sealed(3), Token)).ShouldBeFalse();
        (await store.FindAsync(Demo, Owner, Token))!.Tokens!.Bytes.ToArray().ShouldBe([2]);
    }

    [Fact]
    public async Task A_failure_is_noted_and_stays_known_when_the_credential_works_again()
    {
        var store = await OpenAsync(clock);
        await store.NoteAsync(Demo, "(account)", new CredentialNote("The token was refused.", NeedsAuthorization: true), Token);
        var failed = (await store.FindAsync(Demo, "(account)", Token)).ShouldNotBeNull();

        await store.NoteAsync(Demo, "(account)", new CredentialNote(null, NeedsAuthorization: false), Token);
        var mended = (await store.FindAsync(Demo, "(account)", Token)).ShouldNotBeNull();

        (failed.Tokens, failed.Failure, failed.FailedAt, failed.NeedsAuthorization).ShouldBe((null, "The token was refused.", clock.GetUtcNow(), true));
        (mended.Failure, mended.NeedsAuthorization).ShouldBe(("The token was refused.", false));
    }

    [Fact]
    public async Task A_failure_of_tokens_that_were_replaced_meanwhile_is_dropped()
    {
        var store = await OpenAsync(clock);
        await store.ConnectAsync(Demo, Owner, Sealed(1), Token);
        await store.ConnectAsync(Demo, Owner, Sealed(2), Token);

        await store.NoteAsync(Demo, Owner, new CredentialNote("The old ones are gone.", NeedsAuthorization: true, Version: 1), Token);

        var found = (await store.FindAsync(Demo, Owner, Token)).ShouldNotBeNull();
        (found.Failure, found.NeedsAuthorization).ShouldBe((null, false));
    }

    [Fact]
    public async Task A_connections_credentials_are_listed_by_owner_and_removed_together()
    {
        var store = await OpenAsync(clock);
        await store.ConnectAsync(Demo, "ben@acme.test", Sealed(1), Token);
        await store.ConnectAsync(Demo, Owner, Sealed(2), Token);
        await store.ConnectAsync(new ConnectionName("other"), Owner, Sealed(3), Token);

        (await store.ListAsync(Demo, Token)).Select(stored => stored.Owner).ShouldBe([Owner, "ben@acme.test"]);
        await store.RemoveAsync(Demo, Token);

        (await store.ListAsync(Demo, Token)).ShouldBeEmpty();
        (await store.FindAsync(new ConnectionName("other"), Owner, Token)).ShouldNotBeNull();
    }

    private SealedTokens Sealed(params byte[] bytes) => new(bytes, clock.GetUtcNow() + TimeSpan.FromMinutes(30));
}
