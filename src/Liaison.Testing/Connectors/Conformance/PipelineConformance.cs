using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A session tells the pipelines of a type with their stages in order, all of them or one by its id.</summary>
public abstract class PipelineConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task One_pipeline_is_read_by_its_id_with_its_stages_in_order()
    {
        var known = Known();

        var pipeline = Ok(await Session.ReadPipelinesAsync(known.Type, known.Id, CancellationToken)).ShouldHaveSingleItem();

        pipeline.Id.ShouldBe(known.Id);
        pipeline.Stages.Select(stage => stage.Id).ShouldBe(known.Stages);
        pipeline.Stages.Where(stage => stage.IsClosed).Select(stage => stage.Id).ShouldBe(known.Closed);
        pipeline.Stages.ShouldAllBe(stage => stage.Label.Length > 0 && (stage.Probability == null || (stage.Probability >= 0 && stage.Probability <= 1)));
    }

    [Fact]
    public async Task All_pipelines_are_listed_with_that_one_among_them()
    {
        var known = Known();

        var all = Ok(await Session.ReadPipelinesAsync(known.Type, null, CancellationToken));

        all.Select(pipeline => pipeline.Id).ShouldBeUnique();
        var listed = all.Single(pipeline => pipeline.Id == known.Id);
        listed.Stages.Select(stage => stage.Id).ShouldBe(known.Stages);
    }

    [Fact]
    public async Task A_pipeline_that_there_is_not_is_not_found()
    {
        var known = Known();

        Refused(await Session.ReadPipelinesAsync(known.Type, "no-such-pipeline", CancellationToken), FailureKind.NotFound);
        Refused(await Session.ReadPipelinesAsync(known.Type, "../../x", CancellationToken), FailureKind.NotFound);
    }

    [Fact]
    public async Task Stages_are_choices_of_the_stage_field()
    {
        var known = Known();

        var schema = Ok(await Session.DescribeAsync(known.Type, CancellationToken));

        known.Stages.ShouldBeSubsetOf(schema.Find(FieldNames.Stage).ShouldNotBeNull().Options.Select(option => option.Value));
    }

    [Fact]
    public async Task Where_records_hold_no_pipeline_there_is_one_and_it_is_the_default()
    {
        var known = Known();

        var schema = Ok(await Session.DescribeAsync(known.Type, CancellationToken));
        var all = Ok(await Session.ReadPipelinesAsync(known.Type, null, CancellationToken));

        all.Count(pipeline => pipeline.IsDefault).ShouldBe(schema.Find(FieldNames.Pipeline) is null ? 1 : 0);
    }

    private PipelineFacts Known()
    {
        Needs(ConnectorCapabilities.Pipelines);
        return Facts.Pipelines.ShouldNotBeNull();
    }
}
