using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Bulk;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Tests.Salesforce.Soql;

namespace Liaison.Emulators.Tests.Salesforce.Bulk;

/// <summary>What a job holds in memory does not grow with its rows.</summary>
/// <remarks>Memory is counted for the whole process, so nothing else may run beside it.</remarks>
[Collection(nameof(Alone))]
public sealed class BulkMemoryTests
{
    private const int Rows = 200_000;
    private const long MostGrowth = 16 * 1024 * 1024;

    [Fact]
    public void Rows_pass_through_memory_two_hundred_at_a_time()
    {
        var org = SoqlOrg.Sample();
        var routes = new Swallower();
        using var jobs = new BulkJobs();
        var caller = new BulkCaller("ada", routes, () => org, MayHardDelete: false);
        var request = new IngestRequest(org["Contact"], JobOperation.Insert, null, CsvDialect.Of(null, null)!);
        jobs.CreateIngest(request, caller, "v66.0", SoqlOrg.Now, out var job).ShouldBeNull();
        var upload = new SpillFile();
        using (var text = new StreamWriter(upload.End, leaveOpen: true))
        {
            text.Write("LastName,Title\n");
            for (var row = 0; row < Rows; row++)
            {
                text.Write($"Person {row},\"Chief, of {row}\"\n");
            }
        }

        jobs.Attach(job, upload).ShouldBeNull();
        jobs.Change(job, "UploadComplete", SoqlOrg.Now).ShouldBeNull();
        jobs.CatchUp(SoqlOrg.Now.AddSeconds(1.5));
        var early = (Rows: job.Work!.Processed, Memory: GC.GetTotalMemory(forceFullCollection: true));
        jobs.CatchUp(SoqlOrg.Now.AddSeconds(60));
        var late = (Rows: job.Work.Processed, Memory: GC.GetTotalMemory(forceFullCollection: true));

        early.Rows.ShouldBe(100_000);
        late.Rows.ShouldBe(Rows);
        job.State.ShouldBe(JobState.JobComplete);
        routes.Chunks.ShouldBe(Rows / 200);
        (late.Memory - early.Memory).ShouldBeLessThan(MostGrowth);
        using var results = new StreamReader(((IngestWork)job.Work).OpenSuccessful());
        Lines(results).ShouldBe(Rows + 1);
    }

    private static int Lines(StreamReader text)
    {
        var lines = 0;
        while (text.ReadLine() is not null)
        {
            lines++;
        }

        return lines;
    }

    /// <summary>Keeps other tests away meanwhile.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>Takes every record and keeps none.</summary>
    private sealed class Swallower : ISubRequests
    {
        private static readonly Dictionary<string, string> NoHeaders = [];

        public int Chunks { get; private set; }

        public SubReply Send(SubRequest request)
        {
            Chunks++;
            var results = request.Body!["records"]!.AsArray().Select(_ => new JsonObject { ["id"] = SoqlOrg.Id("003", 1), ["success"] = true, ["errors"] = new JsonArray() });
            return new SubReply(200, NoHeaders, new JsonArray([.. results]));
        }

        public bool Atomically(Func<bool> work) => work();
    }
}
