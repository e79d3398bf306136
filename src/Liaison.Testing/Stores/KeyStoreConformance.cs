using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every key store must do: keep keys as they were given, and revoke them for good.</summary>
[ConformanceSuite(typeof(IKeyStore))]
public abstract class KeyStoreConformance
{
    private static readonly byte[] Hash = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<IKeyStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<IKeyStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task A_key_survives_a_kill_with_everything_that_it_is_bound_to()
    {
        var store = await OpenAsync(clock);
        var narrow = Key("key-1") with
        {
            Purposes = [Purpose.Qualification, Purpose.Assistance],
            Connections = [new ConnectionName("hubspot-demo"), new ConnectionName("sales.eu_1")],
        };
        var wide = Key("key-2") with { Subject = new Subject(SubjectKind.Principal, "qualification") };

        await store.AddAsync(new StoredKey(narrow, Hash), Token);
        await store.AddAsync(new StoredKey(wide, Hash), Token);

        var reopened = await ReopenAsync(clock);
        ShouldBe(await FoundAsync(reopened, "key-1"), narrow);
        ShouldBe(await FoundAsync(reopened, "key-2"), wide);
        (await reopened.FindAsync("key-1", Token))!.SecretHash.ShouldBe(Hash);
    }

    [Fact]
    public async Task An_id_is_never_given_twice()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync(new StoredKey(Key("key-1"), Hash), Token);

        await Should.ThrowAsync<Exception>(() => store.AddAsync(new StoredKey(Key("key-1") with { Name = "Another" }, Hash), Token));

        (await FoundAsync(store, "key-1")).Name.ShouldBe("A key");
    }

    [Fact]
    public async Task Only_a_whole_id_in_its_own_case_finds_a_key()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync(new StoredKey(Key("key-1"), Hash), Token);

        (await store.FindAsync("key", Token)).ShouldBeNull();
        (await store.FindAsync("KEY-1", Token)).ShouldBeNull();
        (await store.FindAsync("key-1' OR 1 = 1 --", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_are_listed_newest_first_all_of_them_or_one_subjects()
    {
        var store = await OpenAsync(clock);
        var ann = Key("key-2") with { CreatedAt = clock.GetUtcNow().AddDays(1) };
        var bob = Key("key-1") with { Subject = new Subject(SubjectKind.User, "bob@example.com") };
        var later = Key("key-3") with { CreatedAt = clock.GetUtcNow().AddDays(2) };
        foreach (var key in new[] { ann, bob, later })
        {
            await store.AddAsync(new StoredKey(key, Hash), Token);
        }

        (await store.ListAsync(subject: null, Token)).Select(key => key.Id).ShouldBe(["key-3", "key-2", "key-1"]);
        (await store.ListAsync("ann@example.com", Token)).Select(key => key.Id).ShouldBe(["key-3", "key-2"]);
        (await store.ListAsync("ANN@example.com", Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_revoked_once_and_stays_so_after_a_kill()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync(new StoredKey(Key("key-1"), Hash), Token);
        var first = clock.GetUtcNow().AddHours(1);

        (await store.RevokeAsync("key-1", first, Token)).ShouldNotBeNull().RevokedAt.ShouldBe(first);
        (await store.RevokeAsync("key-1", first.AddHours(1), Token)).ShouldNotBeNull().RevokedAt.ShouldBe(first);

        (await FoundAsync(await ReopenAsync(clock), "key-1")).RevokedAt.ShouldBe(first);
    }

    [Fact]
    public async Task Revoking_one_key_leaves_the_others_and_one_that_is_not_there_is_told()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync(new StoredKey(Key("key-1"), Hash), Token);
        await store.AddAsync(new StoredKey(Key("key-2"), Hash), Token);

        await store.RevokeAsync("key-1", clock.GetUtcNow(), Token);

        (await FoundAsync(store, "key-2")).RevokedAt.ShouldBeNull();
        (await store.RevokeAsync("key-3", clock.GetUtcNow(), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_revoked_in_one_process_is_revoked_in_the_other()
    {
        var (one, other) = (await OpenAsync(clock), await OpenAsync(clock));
        await one.AddAsync(new StoredKey(Key("key-1"), Hash), Token);
        await FoundAsync(other, "key-1");

        await one.RevokeAsync("key-1", clock.GetUtcNow(), Token);

        (await FoundAsync(other, "key-1")).RevokedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_last_use_only_moves_forward()
    {
        var store = await OpenAsync(clock);
        await store.AddAsync(new StoredKey(Key("key-1"), Hash), Token);
        var used = clock.GetUtcNow().AddHours(2);

        await store.TouchAsync("key-1", used, Token);
        await store.TouchAsync("key-1", used.AddHours(-1), Token);
        await store.TouchAsync("nobody", used, Token);

        (await FoundAsync(await ReopenAsync(clock), "key-1")).LastUsedAt.ShouldBe(used);
    }

    private ApiKey Key(string id) => new(
        id, "A key", new Subject(SubjectKind.User, "ann@example.com"), new Actor("assistant"), [Purpose.Assistance], Connections: null,
        clock.GetUtcNow(), clock.GetUtcNow().AddDays(90));

    private static async Task<ApiKey> FoundAsync(IKeyStore store, string id) => (await store.FindAsync(id, Token)).ShouldNotBeNull().Key;

    // Lists are equal by their entries here, which records do not know.
    private static void ShouldBe(ApiKey key, ApiKey expected)
    {
        key.Purposes.ShouldBe(expected.Purposes);
        key.Connections.ShouldBe(expected.Connections);
        (key with { Purposes = expected.Purposes, Connections = expected.Connections }).ShouldBe(expected);
    }
}
