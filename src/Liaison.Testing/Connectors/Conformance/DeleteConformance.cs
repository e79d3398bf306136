using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A deleted record is gone, and a delete says truly whether there was one.</summary>
public abstract class DeleteConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task A_deleted_record_is_missing()
    {
        Needs(ConnectorCapabilities.Delete);

        var outcomes = Ok(await DeleteAsync(new("a", Facts.Ids[0]), new("b", Facts.Ids[1])));

        outcomes.Select(outcome => (outcome.Key, outcome.Id, outcome.Failure)).ShouldBe(
            [("a", Facts.Ids[0], null), ("b", Facts.Ids[1], null)], ignoreOrder: true);
        var batch = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[0], Facts.Ids[1], Facts.Ids[2]], [], CancellationToken));
        batch.Missing.ShouldBe([Facts.Ids[0], Facts.Ids[1]], ignoreOrder: true);
        batch.Records.ShouldHaveSingleItem().Id.ShouldBe(Facts.Ids[2]);
    }

    [Fact]
    public async Task What_is_gone_already_fails_alone()
    {
        Needs(ConnectorCapabilities.Delete);
        Ok(await DeleteAsync(new RecordDelete("first", Facts.Ids[0])));

        var outcomes = Ok(await DeleteAsync(
            new("again", Facts.Ids[0]), new("never", Facts.UnknownId), new("climbs", "../1"), new("sound", Facts.Ids[1])));

        outcomes.Count.ShouldBe(4);
        outcomes.Where(outcome => outcome.Key != "sound").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.NotFound);
        outcomes.Single(outcome => outcome.Key == "sound").Failure.ShouldBeNull();
        Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[1]], [], CancellationToken)).Missing.ShouldBe([Facts.Ids[1]]);
    }

    [Fact]
    public async Task Only_what_is_gone_is_no_failure_of_the_batch()
    {
        Needs(ConnectorCapabilities.Delete);

        Ok(await DeleteAsync(new RecordDelete("never", Facts.UnknownId))).ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
    }

    [Fact]
    public async Task An_id_of_another_type_deletes_nothing()
    {
        Needs(ConnectorCapabilities.Delete);
        Assert.SkipWhen(Facts.Links is null, "The fixture knows no second type.");
        var (type, id) = (Facts.Links.To, Facts.Links.ToIds[0]);

        var outcome = Ok(await DeleteAsync(new RecordDelete("foreign", id))).ShouldHaveSingleItem();

        outcome.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        Ok(await Session.ReadAsync(type, [id], [], CancellationToken)).Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_created_can_be_undone_with_its_links()
    {
        Needs(ConnectorCapabilities.Delete);
        Needs(ConnectorCapabilities.Create);
        Needs(ConnectorCapabilities.Link);
        Needs(ConnectorCapabilities.Associations);
        var (to, toId) = (Facts.Links!.To, Facts.Links.ToIds[0]);
        var values = Facts.NewRecord!(1).ToDictionary(value => value.Key, value => NativeValue.OfText(value.Value));
        var create = new RecordWrite("create", null, values) { Links = [new RecordLink(to, toId)] };
        var id = Ok(await Session.WriteAsync(Facts.Type, [create], CancellationToken)).ShouldHaveSingleItem().Id.ShouldNotBeNull();
        Ok(await Session.ReadAssociationsAsync(to, Facts.Type, [toId], CancellationToken)).Select(link => link.ToId).ShouldContain(id);

        Ok(await DeleteAsync(new RecordDelete("undo", id))).ShouldHaveSingleItem().Failure.ShouldBeNull();

        Ok(await Session.ReadAssociationsAsync(to, Facts.Type, [toId], CancellationToken)).Select(link => link.ToId).ShouldNotContain(id);
    }

    [Fact]
    public async Task A_delete_from_an_unknown_type_is_not_found()
    {
        Needs(ConnectorCapabilities.Delete);

        Refused(await Session.DeleteAsync(Facts.UnknownType, [new RecordDelete("a", Facts.Ids[0])], CancellationToken), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_batch_past_the_declared_size_is_a_bug_of_the_caller()
    {
        Needs(ConnectorCapabilities.Delete);
        var size = Fixture.Connector.Descriptor.Operations[CrmOperation.Delete].BatchSize;
        RecordDelete[] deletes = [.. Enumerable.Range(1, size + 1).Select(number => new RecordDelete($"{number}", $"{number}"))];

        await Should.ThrowAsync<ArgumentException>(() => DeleteAsync(deletes));
    }

    private Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(params RecordDelete[] deletes) =>
        Session.DeleteAsync(Facts.Type, deletes, CancellationToken);
}
