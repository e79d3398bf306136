using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Which API versions may be pinned, and what is told of one that is not spoken (contracts/salesforce.md 0.2, 2; R128, R186, R189).</summary>
public sealed class VersionTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v60.0", 66)]
    [InlineData("v66.0", 66)]
    [InlineData("v67.0", 68)]
    [InlineData("v68.0", 68)]
    public async Task A_version_that_the_organisation_lists_is_spoken_in_every_path(string version, int newest)
    {
        await using var org = await StartAsync(version, newest);
        var session = org.Open();

        Ok(await session.IdentifyAsync(CancellationToken));
        Ok(await session.QueryAsync(new(RecordType.Contact, [], RecordFilter.Everything), null, CancellationToken)).Records.ShouldHaveSingleItem();

        org.Channel.Calls.Last().Path.ShouldStartWith($"/services/data/{version}/query");
    }

    [Theory]
    [InlineData("v67.0")]
    [InlineData("v68.0")]
    public async Task A_version_that_the_organisation_does_not_list_is_told_at_connecting(string version)
    {
        await using var org = await StartAsync(version, newest: 66);

        var refused = (await org.Open().IdentifyAsync(CancellationToken)).Failure.ShouldNotBeNull();

        refused.Kind.ShouldBe(FailureKind.Unsupported);
        refused.Message.ShouldContain($"does not speak API version {version}, its newest is v66.0");
    }

    [Theory]
    [InlineData("v59.0")]
    [InlineData("v69.0")]
    [InlineData("66.0")]
    public void A_version_that_the_connector_does_not_know_is_refused_before_anything_is_asked(string version)
    {
        var options = new ConnectionOptions { Crm = "salesforce", ApiVersion = version, Credentials = new CredentialOptions { Account = "env:TOKEN" } };

        var faults = new ConnectionOptionsValidator([new SalesforceConnector()]).Validate(new Dictionary<string, ConnectionOptions> { ["org"] = options }).ToList();

        faults.ShouldHaveSingleItem().ShouldContain($"apiVersion: Salesforce is not spoken at \"{version}\"; known are v66.0");
    }

    [Fact]
    public async Task A_version_that_was_retired_is_told_by_its_name()
    {
        await using var org = await StartAsync("v61.0", newest: 66);
        var fault = new { kind = "status", operation = "GET /query", count = 1, status = 410, code = "UNSUPPORTED_API_VERSION", message = "The requested API version has been retired." };
        (await org.PostAsync("/_emulator/faults", fault, CancellationToken)).Dispose();

        var refused = (await org.Open().QueryAsync(new(RecordType.Contact, [], RecordFilter.Everything), null, CancellationToken)).Failure.ShouldNotBeNull();

        refused.Kind.ShouldBe(FailureKind.Unsupported);
        refused.Message.ShouldContain("API version v61.0");
    }

    [Fact]
    public void Each_version_is_promised_for_three_years_from_its_release()
    {
        var versions = new SalesforceConnector().Descriptor.ApiVersions.ToDictionary(version => version.Version, version => version.EndOfSupport);

        // Spring '24, Winter '26, Spring '26, Winter '27 (contracts/salesforce.md 0.2, 2).
        versions["v60.0"].ShouldBe(new DateOnly(2027, 2, 1));
        versions["v65.0"].ShouldBe(new DateOnly(2028, 10, 1));
        versions["v66.0"].ShouldBe(new DateOnly(2029, 2, 1));
        versions["v68.0"].ShouldBe(new DateOnly(2029, 10, 1));
    }

    private static Task<EmulatedOrg> StartAsync(string version, int newest) => EmulatedOrg.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-2))]), CancellationToken, version, options => options.NewestVersion = newest);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
