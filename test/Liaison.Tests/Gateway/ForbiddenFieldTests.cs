using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Gateway;

/// <summary>What a caller may not know of is told like what does not exist, so that no answer tells the two apart.</summary>
public sealed class ForbiddenFieldTests : IAsyncDisposable
{
    private readonly EngineWorld world = new();

    public ForbiddenFieldTests() => world.Grants.Add(EngineWorld.AdaGrant("email", "job_title"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("phone")]
    [InlineData("mem_phone")]
    public async Task In_the_asked_fields(string forbidden)
    {
        var denied = await QueryAsync([forbidden], null);
        var unknown = await QueryAsync(["shoe_size"], null);

        Blank(denied, forbidden).ShouldBe(Blank(unknown, "shoe_size"));
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("mem_phone")]
    public async Task In_a_read_by_id(string forbidden)
    {
        var id = world.AddContact();

        var denied = await world.Gateway.ReadAsync(EngineWorld.Ada, new ReadRequest(EngineWorld.Demo, RecordType.Contact, [id], [forbidden]), Token);
        var unknown = await world.Gateway.ReadAsync(EngineWorld.Ada, new ReadRequest(EngineWorld.Demo, RecordType.Contact, [id], ["shoe_size"]), Token);

        Blank(denied.Refused(), forbidden).ShouldBe(Blank(unknown.Refused(), "shoe_size"));
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("mem_phone")]
    public async Task In_a_filter(string forbidden)
    {
        var denied = await QueryAsync(["email"], $"{forbidden} is x");
        var unknown = await QueryAsync(["email"], "shoe_size is x");

        Blank(denied, forbidden).ShouldBe(Blank(unknown, "shoe_size"));
    }

    [Fact]
    public async Task In_a_description()
    {
        var schema = (await world.Gateway.DescribeAsync(EngineWorld.Ada, EngineWorld.Demo, RecordType.Contact, Token)).Found();

        schema.Fields.Keys.Order().ShouldBe(["email", "job_title"]);
        schema.ByNativeName.Keys.Order().ShouldBe(["mem_email", "mem_job_title"]);
        schema.Find("mem_phone").ShouldBeNull();
    }

    [Fact]
    public async Task A_sensitive_field_is_not_in_a_description_that_a_star_opened()
    {
        world.Alter("phone", field => field with { Sensitivity = Sensitivity.HighlySensitive });

        var schema = (await world.Gateway.DescribeAsync(EngineWorld.Pipeline, EngineWorld.Demo, RecordType.Contact, Token)).Found();

        schema.Find("phone").ShouldBeNull();
        schema.Find("mem_phone").ShouldBeNull();
        schema.Find("email").ShouldNotBeNull();
    }

    // The filter language writes names with spaces; which name was asked is the caller's own and tells nothing.
    private static Failure Blank(Failure failure, string name) => failure with
    {
        Message = Blank(failure.Message, name),
        Field = failure.Field is { } field ? Blank(field, name) : null,
    };

    private static string Blank(string text, string name) => text
        .Replace(name, "…", StringComparison.Ordinal)
        .Replace(name.Replace('_', ' '), "…", StringComparison.Ordinal);

    private async Task<Failure> QueryAsync(string[] fields, string? where) =>
        (await world.Gateway.QueryAsync(EngineWorld.Ada, new QueryRequest(EngineWorld.Demo, RecordType.Contact, fields, where), Token)).Refused();
}
