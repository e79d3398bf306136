using Liaison.Identity;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every secret store must do: the bytes as they were given, under the name they were given.</summary>
[ConformanceSuite(typeof(ISecretStore))]
public abstract class SecretStoreConformance
{
    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed.</remarks>
    protected abstract ValueTask<ISecretStore> OpenAsync(TimeProvider time);

    /// <summary>Opens the test's storage as it is found after every process that had it open was killed.</summary>
    protected virtual ValueTask<ISecretStore> ReopenAsync(TimeProvider time) => OpenAsync(time);

    [Fact]
    public async Task A_secret_survives_a_kill_byte_by_byte()
    {
        var store = await OpenAsync(clock);
        byte[] secret = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        await store.PutAsync("hubspot-demo", secret, Token);

        (await (await ReopenAsync(clock)).GetAsync("hubspot-demo", Token)).ShouldBe(secret);
    }

    [Fact]
    public async Task A_second_put_replaces_the_first()
    {
        var store = await OpenAsync(clock);
        await store.PutAsync("hubspot-demo", [1, 2, 3], Token);

        await store.PutAsync("hubspot-demo", [4], Token);

        (await store.GetAsync("hubspot-demo", Token)).ShouldBe([4]);
    }

    [Fact]
    public async Task Names_are_told_apart_by_case()
    {
        var store = await OpenAsync(clock);
        await store.PutAsync("demo", [1], Token);

        (await store.GetAsync("Demo", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_secret_is_gone_and_deleting_it_again_is_no_failure()
    {
        var store = await OpenAsync(clock);
        await store.PutAsync("demo", [1], Token);
        await store.PutAsync("other", [2], Token);

        await store.DeleteAsync("demo", Token);
        await store.DeleteAsync("demo", Token);

        var reopened = await ReopenAsync(clock);
        (await reopened.GetAsync("demo", Token)).ShouldBeNull();
        (await reopened.GetAsync("other", Token)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_was_given_and_what_is_handed_out_are_the_callers_to_change()
    {
        var store = await OpenAsync(clock);
        byte[] secret = [1, 2, 3];
        await store.PutAsync("demo", secret, Token);

        secret[0] = 9;
        (await store.GetAsync("demo", Token))![1] = 9;

        (await store.GetAsync("demo", Token)).ShouldBe([1, 2, 3]);
    }
}
