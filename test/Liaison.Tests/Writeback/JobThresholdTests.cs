using Liaison.Model;
using Liaison.Reading;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>From how many records on work goes as jobs is the connector's word, unless the connection has one (<c>jobsFrom</c>).</summary>
public sealed class JobThresholdTests : IAsyncDisposable
{
    private readonly JobWorld jobs = new();

    private EngineWorld World => jobs.Engine;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    [Theory]
    [InlineData(null, JobWorld.From - 1, 0)]
    [InlineData(null, JobWorld.From, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 3, 1)]
    [InlineData(7, 6, 0)]
    [InlineData(7, 7, 1)]
    [InlineData(0, 20, 0)]
    public async Task As_many_changes_as_the_connection_says_are_written_by_a_job_and_fewer_by_calls(int? from, int changes, int writeJobs)
    {
        World.JobsFrom = from;

        var outcomes = await jobs.SubmitAsync(await jobs.ScoresAsync(changes));

        outcomes.ShouldAllBe(outcome => outcome.Receipt!.State == ChangeState.Verified);
        World.Crm.WriteJobs.ShouldBe(writeJobs);
        World.Connector.Batches.Count.ShouldBe(1 - writeJobs);
        await jobs.EachIsWrittenOnceAsync(changes);
    }

    [Theory]
    [InlineData(null, JobWorld.From - 1, 0)]
    [InlineData(null, JobWorld.From, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 3, 1)]
    [InlineData(7, 6, 0)]
    [InlineData(7, 7, 1)]
    [InlineData(0, 20, 0)]
    public async Task A_selection_of_as_many_records_is_read_by_a_job_and_a_smaller_one_by_calls(int? from, int records, int readJobs)
    {
        World.JobsFrom = from;
        var started = 0;
        World.Connector.OnJob = step => Task.FromResult(step == WatchedJobs.Query ? ++started : started);
        for (var number = 0; number < records; number++)
        {
            World.AddContact();
        }

        var read = await World.Gateway.QueryAsync(
            EngineWorld.Pipeline, new QueryRequest(EngineWorld.Demo, RecordType.Contact, ["email"]) { Expected = records }, Token);

        read.Found().Records.Count.ShouldBe(Math.Min(records, readJobs == 1 ? JobWorld.Rows : int.MaxValue));
        started.ShouldBe(readJobs);
    }
}
