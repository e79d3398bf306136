using Liaison.Connectors;
using Liaison.Failures;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A failure comes out as the kind that the engine branches on, whatever the CRM called it.</summary>
public abstract class FailureConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task A_credential_that_is_not_accepted_is_unauthenticated()
    {
        var session = Fixture.OpenUnauthenticated();
        Assert.SkipWhen(session is null, "The fixture knows no credentials.");

        Refused(await session.DescribeAsync(Facts.Type, CancellationToken), FailureKind.Unauthenticated);
        Refused(await session.ReadAsync(Facts.Type, [Facts.Ids[0]], [], CancellationToken), FailureKind.Unauthenticated);
    }

    [Fact]
    public async Task A_write_without_the_right_to_it_is_forbidden_and_changes_nothing()
    {
        var session = Fixture.OpenReadOnly();
        Assert.SkipWhen(session is null, "The fixture knows no rights.");
        var field = (await FieldsAsync(Facts.TextField))[0];
        var before = (await ReadBackAsync(Facts.Ids[0], field)).Raw;

        var result = await session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "forbidden")], CancellationToken);

        Refused(result, FailureKind.Forbidden);
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe(before);
    }

    [Fact]
    public async Task Neither_links_nor_deletes_go_without_the_right_to_them()
    {
        var session = Fixture.OpenReadOnly();
        Assert.SkipWhen(session is null || Facts.Links is null, "The fixture knows no rights or no links.");
        Needs(ConnectorCapabilities.Link | ConnectorCapabilities.Delete);
        var (to, lonely) = (Facts.Links.To, Facts.Links.LonelyId);

        Refused(await session.LinkAsync(Facts.Type, to, [new LinkWrite("a", lonely, Facts.Links.ToIds[0])], CancellationToken), FailureKind.Forbidden);
        Refused(await session.DeleteAsync(Facts.Type, [new RecordDelete("b", lonely)], CancellationToken), FailureKind.Forbidden);

        Ok(await Session.ReadAsync(Facts.Type, [lonely], [], CancellationToken)).Missing.ShouldBeEmpty();
        Ok(await Session.ReadAssociationsAsync(Facts.Type, to, [lonely], CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CrmOperation.Read, FailureKind.RateLimited)]
    [InlineData(CrmOperation.Read, FailureKind.Unavailable)]
    [InlineData(CrmOperation.Query, FailureKind.RateLimited)]
    [InlineData(CrmOperation.Write, FailureKind.RateLimited)]
    [InlineData(CrmOperation.Write, FailureKind.Ambiguous)]
    [InlineData(CrmOperation.WriteAssociations, FailureKind.RateLimited)]
    [InlineData(CrmOperation.WriteAssociations, FailureKind.Ambiguous)]
    [InlineData(CrmOperation.Delete, FailureKind.RateLimited)]
    [InlineData(CrmOperation.Delete, FailureKind.Ambiguous)]
    public async Task A_fault_is_told_as_what_it_is_and_the_next_call_works(CrmOperation operation, FailureKind kind)
    {
        Needs(operation switch
        {
            CrmOperation.Query => ConnectorCapabilities.Query,
            CrmOperation.Write => ConnectorCapabilities.Update,
            CrmOperation.WriteAssociations => ConnectorCapabilities.Link,
            CrmOperation.Delete => ConnectorCapabilities.Delete,
            _ => ConnectorCapabilities.None,
        });
        var fields = await FieldsAsync(Facts.TextField);
        Assert.SkipUnless(await Fixture.FailNextAsync(operation, kind, CancellationToken), "The fixture cannot make this fault.");

        (await RunAsync()).ShouldNotBeNull().Kind.ShouldBe(kind);
        (await RunAsync()).ShouldBeNull();

        async Task<Failure?> RunAsync() => operation switch
        {
            CrmOperation.Query => (await Session.QueryAsync(await QueryAsync(), null, CancellationToken)).Failure,
            CrmOperation.Write => (await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], fields[0], "x")], CancellationToken)).Failure,
            CrmOperation.WriteAssociations => (await Session.LinkAsync(
                Facts.Type, Facts.Links!.To, [new LinkWrite("a", Facts.Links.LonelyId, Facts.Links.ToIds[0])], CancellationToken)).Failure,
            CrmOperation.Delete => (await Session.DeleteAsync(Facts.Type, [new RecordDelete("a", Facts.Ids[0])], CancellationToken)).Failure,
            _ => (await Session.ReadAsync(Facts.Type, [Facts.Ids[0]], fields, CancellationToken)).Failure,
        };
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Session.DescribeAsync(Facts.Type, cancelled.Token));
    }
}
