using Liaison.Connectors;
using Liaison.Failures;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Links are given in the asked direction, each once, and a record without any has no row.</summary>
public abstract class AssociationConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private LinkFacts Links => Facts.Links.ShouldNotBeNull("A connector that declares links needs a fixture with links.");

    [Fact]
    public async Task Links_are_given_once_each()
    {
        Needs(ConnectorCapabilities.Associations);

        var links = Ok(await Session.ReadAssociationsAsync(
            Facts.Type, Links.To, [Links.LinkedId, Links.LinkedId], CancellationToken));

        links.ShouldAllBe(link => link.FromId == Links.LinkedId);
        links.Select(link => link.ToId).ShouldBe(Links.ToIds, ignoreOrder: true);
    }

    [Fact]
    public async Task The_primary_link_is_marked_and_no_other()
    {
        Needs(ConnectorCapabilities.Associations);

        var links = Ok(await Session.ReadAssociationsAsync(Facts.Type, Links.To, [Links.LinkedId], CancellationToken));

        links.Where(link => link.IsPrimary).Select(link => link.ToId).ShouldBe(Links.PrimaryId is { } id ? [id] : []);
    }

    [Fact]
    public async Task A_record_without_links_has_no_row()
    {
        Needs(ConnectorCapabilities.Associations);

        var links = Ok(await Session.ReadAssociationsAsync(
            Facts.Type, Links.To, [Links.LonelyId, Links.LinkedId], CancellationToken));

        links.ShouldAllBe(link => link.FromId == Links.LinkedId);
        links.Count.ShouldBe(Links.ToIds.Count);
    }

    [Fact]
    public async Task Only_records_without_links_give_an_empty_list()
    {
        Needs(ConnectorCapabilities.Associations);

        Ok(await Session.ReadAssociationsAsync(Facts.Type, Links.To, [Links.LonelyId], CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_record_has_no_links()
    {
        Needs(ConnectorCapabilities.Associations);

        Ok(await Session.ReadAssociationsAsync(Facts.Type, Links.To, [Facts.UnknownId], CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_of_an_unknown_type_are_not_found()
    {
        Needs(ConnectorCapabilities.Associations);

        Refused(
            await Session.ReadAssociationsAsync(Facts.Type, Facts.UnknownType, [Links.LinkedId], CancellationToken), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_batch_past_the_declared_size_is_a_bug_of_the_caller()
    {
        Needs(ConnectorCapabilities.Associations);
        var size = Fixture.Connector.Descriptor.Operations[CrmOperation.ReadAssociations].BatchSize;
        IReadOnlyList<string> ids = [.. Enumerable.Range(1, size + 1).Select(number => $"{number}")];

        await Should.ThrowAsync<ArgumentException>(() =>
            Session.ReadAssociationsAsync(Facts.Type, Links.To, ids, CancellationToken));
    }
}
