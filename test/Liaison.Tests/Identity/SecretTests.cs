using Liaison.Failures;
using Liaison.Identity;
using Liaison.Testing.Stores;
using Microsoft.AspNetCore.DataProtection;

namespace Liaison.Tests.Identity;

public sealed class SecretTests
{
    private readonly InMemorySecretStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("env:HUBSPOT_TOKEN", SecretSource.Env, "HUBSPOT_TOKEN")]
    [InlineData("file:/run/secrets/hubspot", SecretSource.File, "/run/secrets/hubspot")]
    [InlineData("store:hubspot-demo/ada@acme.test", SecretSource.Store, "hubspot-demo/ada@acme.test")]
    public void A_reference_names_its_source(string text, SecretSource source, string name)
    {
        var reference = SecretReference.Parse(text).Found();

        (reference.Source, reference.Name).ShouldBe((source, name));
        reference.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("pat-na1-canary-0000")]
    [InlineData("env:pat-na1-canary-0000")]
    [InlineData("secret:canary")]
    [InlineData("env:")]
    [InlineData("")]
    [InlineData(null)]
    public void A_literal_secret_is_refused_and_not_repeated(string? text)
    {
        var failure = SecretReference.Parse(text).Refused();

        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldNotContain("canary");
        failure.Message.ShouldContain("env:NAME, file:PATH or store:NAME");
    }

    [Fact]
    public async Task A_stored_secret_comes_back_and_lies_encrypted()
    {
        var vault = new SecretVault(store, new EphemeralDataProtectionProvider());

        await vault.PutAsync("demo", "canary-1", Cancellation);

        (await vault.GetAsync("demo", Cancellation)).Found().ShouldBe("canary-1");
        System.Text.Encoding.UTF8.GetString((await store.GetAsync("demo", Cancellation))!).ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_stored_secret_does_not_open_under_another_name_or_other_keys()
    {
        var vault = new SecretVault(store, new EphemeralDataProtectionProvider());
        await vault.PutAsync("demo", "canary-1", Cancellation);
        await store.PutAsync("copy", (await store.GetAsync("demo", Cancellation))!, Cancellation);

        var copied = (await vault.GetAsync("copy", Cancellation)).Refused();
        var elsewhere = (await new SecretVault(store, new EphemeralDataProtectionProvider()).GetAsync("demo", Cancellation)).Refused();

        copied.Kind.ShouldBe(FailureKind.Unauthenticated);
        elsewhere.Kind.ShouldBe(FailureKind.Unauthenticated);
    }

    [Fact]
    public async Task A_deleted_secret_is_not_found()
    {
        var vault = new SecretVault(store, new EphemeralDataProtectionProvider());
        await vault.PutAsync("demo", "canary-1", Cancellation);

        await vault.DeleteAsync("demo", Cancellation);

        (await vault.GetAsync("demo", Cancellation)).Refused().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Theory]
    [InlineData("canary\nX-Injected: 1")]
    [InlineData("canary ü")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task What_cannot_be_a_token_is_refused_without_being_shown(string? value)
    {
        var secrets = new SecretResolver(new SecretVault(store, new EphemeralDataProtectionProvider()), _ => value);

        var failure = (await secrets.ResolveAsync(SecretReference.Parse("env:TOKEN").Found(), Cancellation)).Refused();

        failure.Kind.ShouldBe(FailureKind.Unauthenticated);
        failure.Message.ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_secret_file_is_read_anew_each_time_and_its_last_line_break_dropped()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "secret-under-test");
        var reference = SecretReference.Parse("file:" + path).Found();
        var secrets = new SecretResolver(new SecretVault(store, new EphemeralDataProtectionProvider()), _ => null);

        await File.WriteAllTextAsync(path, "first\n", Cancellation);
        var first = (await secrets.ResolveAsync(reference, Cancellation)).Found();
        await File.WriteAllTextAsync(path, "second\n", Cancellation);
        var second = (await secrets.ResolveAsync(reference, Cancellation)).Found();
        File.Delete(path);
        var gone = (await secrets.ResolveAsync(reference, Cancellation)).Refused();

        (first, second).ShouldBe(("first", "second"));
        gone.Message.ShouldContain("cannot be read");
    }
}
