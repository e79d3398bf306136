using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>What a connector does not declare, it refuses in words instead of trying.</summary>
public abstract class CapabilityConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task Queries_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Query);

        Refused(await Session.QueryAsync(await QueryAsync(), null, CancellationToken), FailureKind.Unsupported);
        Refused(await Session.CountAsync(await QueryAsync(), CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Updates_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];

        Refused(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "x")], CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Creates_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Create);
        var field = (await FieldsAsync(Facts.TextField))[0];

        Refused(
            await Session.WriteAsync(Facts.Type, [Update("", field, "x") with { Id = null }], CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Fields_are_not_created_where_not_declared()
    {
        Lacks(ConnectorCapabilities.CreateField);

        Refused(await Session.CreateFieldAsync(Facts.Type, Facts.NewField, CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Links_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Associations);

        Refused(await Session.ReadAssociationsAsync(Facts.Type, Facts.Type, [Facts.Ids[0]], CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Links_are_neither_made_nor_born_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Link);
        var link = new LinkWrite("a", Facts.Ids[0], Facts.Ids[1]);
        var field = (await FieldsAsync(Facts.TextField))[0];
        var born = Update("", field, "x") with { Id = null, Links = [new RecordLink(Facts.Type, Facts.Ids[0])] };

        Refused(await Session.LinkAsync(Facts.Type, Facts.Type, [link], CancellationToken), FailureKind.Unsupported);
        Refused(await Session.WriteAsync(Facts.Type, [born], CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Deletes_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Delete);

        Refused(await Session.DeleteAsync(Facts.Type, [new RecordDelete("a", Facts.Ids[0])], CancellationToken), FailureKind.Unsupported);
    }

    [Fact]
    public async Task Unique_fields_are_neither_asked_nor_written_by_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Upsert);
        var field = (await FieldsAsync(Facts.TextField))[0];

        Refused(await Session.FindAsync(Facts.Type, field, ["x"], [field], CancellationToken), FailureKind.Unsupported);
        Refused(
            await Session.UpsertAsync(Facts.Type, field, [new RecordUpsert("a", "x", new Dictionary<string, NativeValue>())], CancellationToken),
            FailureKind.Unsupported);
    }

    [Fact]
    public async Task Pipelines_are_refused_where_not_declared()
    {
        Lacks(ConnectorCapabilities.Pipelines);

        Refused(await Session.ReadPipelinesAsync(Facts.Type, null, CancellationToken), FailureKind.Unsupported);
    }

    private void Lacks(ConnectorCapabilities capability) =>
        Assert.SkipWhen(Fixture.Connector.Descriptor.Capabilities.HasFlag(capability), $"The connector declares {capability}.");
}
