using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>What becomes of a job whose answers are lost, and what is told of the day (R95, R106).</summary>
public sealed class JobTests
{
    private const int People = 450;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_whose_handing_over_was_not_answered_are_never_written()
    {
        await using var org = await StartAsync();
        var jobs = org.Open().Jobs!;
        var writes = await WritesAsync(org);
        await org.TroubleAsync("cut-after-commit", "PUT /jobs*", 1, CancellationToken);

        var prepared = await jobs.PrepareWriteAsync(RecordType.Contact, writes, CancellationToken);
        await PassAsync(org);

        // Nothing was started: it may be prepared again without a look.
        prepared.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        (await TitledAsync(org)).ShouldBe(0);
    }

    [Fact]
    public async Task A_start_that_was_not_answered_is_seen_by_a_look_and_every_row_is_written_once()
    {
        await using var org = await StartAsync();
        var jobs = org.Open().Jobs!;
        var writes = await WritesAsync(org);
        var (before, _) = await org.WrittenAsync("Contact", CancellationToken);
        var job = Ok(await jobs.PrepareWriteAsync(RecordType.Contact, writes, CancellationToken));
        await org.TroubleAsync("cut-after-commit", "PATCH /jobs*", 1, CancellationToken);

        (await jobs.StartWriteAsync(job, CancellationToken)).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);
        await PassAsync(org);
        var ended = Ok(await jobs.LookAsync(JobKind.Write, job, CancellationToken));
        var outcomes = Ok(await jobs.ReadOutcomesAsync(job, ended, [.. writes.Select(write => new JobRow(write.Key, write.Id!))], CancellationToken));

        ended.ShouldBe(new JobProgress(JobStage.Complete, People, 0));
        outcomes.Count.ShouldBe(People);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        (await TitledAsync(org)).ShouldBe(People);
        (await org.WrittenAsync("Contact", CancellationToken)).Writes.ShouldBe(before + People);
    }

    [Fact]
    public async Task Of_many_rows_the_one_that_is_refused_is_told_with_its_reason_and_every_other_as_written()
    {
        await using var org = await StartAsync();
        var jobs = org.Open().Jobs!;
        var writes = await WritesAsync(org);
        writes[200] = new RecordWrite(writes[200].Key, writes[200].Id, new Dictionary<string, NativeValue> { ["Title"] = NativeValue.OfText(new string('x', 200)) });
        var job = Ok(await jobs.PrepareWriteAsync(RecordType.Contact, writes, CancellationToken));
        Ok(await jobs.StartWriteAsync(job, CancellationToken));
        await PassAsync(org);

        var ended = Ok(await jobs.LookAsync(JobKind.Write, job, CancellationToken));
        var outcomes = Ok(await jobs.ReadOutcomesAsync(job, ended, [.. writes.Select(write => new JobRow(write.Key, write.Id!))], CancellationToken));

        ended.Failed.ShouldBe(1);
        outcomes.Select(outcome => outcome.Key).ShouldBe(writes.Select(write => write.Key), ignoreOrder: true);
        var refused = outcomes.Where(outcome => outcome.Failure is not null).ShouldHaveSingleItem();
        refused.Key.ShouldBe(writes[200].Key);
        (refused.Failure!.Kind, refused.Failure.Field).ShouldBe((FailureKind.Invalid, "Title"));
    }

    [Fact]
    public async Task Rows_are_handed_over_in_the_order_given_which_is_that_of_their_parents()
    {
        await using var org = await StartAsync();
        var writes = (await WritesAsync(org)).Take(20).Reverse().ToList();

        Ok(await org.Open().Jobs!.PrepareWriteAsync(RecordType.Contact, writes, CancellationToken));

        using var body = new MemoryStream();
        await org.Channel.Calls.Single(call => call.Name == "job.upload").Streamed!.WriteAsync(body, CancellationToken);
        Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[0].Trim('"'))
            .ShouldBe(writes.Select(write => write.Id));
    }

    [Fact]
    public async Task A_page_is_not_there_before_its_job_is_over()
    {
        await using var org = await StartAsync();
        var jobs = org.Open().Jobs!;
        var query = new RecordQuery(RecordType.Contact, [new FieldDefinition(FieldNames.Email, "Email", "Email", FieldType.Text)], RecordFilter.Everything);
        var job = Ok(await jobs.StartQueryAsync(query, CancellationToken));

        var early = await jobs.ReadPageAsync(job, query, null, record => record, CancellationToken);
        await PassAsync(org);

        early.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Conflict);
        Ok(await jobs.ReadPageAsync(job, query, null, record => record, CancellationToken)).Records.Count.ShouldBe(People);
    }

    [Fact]
    public async Task What_is_left_of_the_day_is_told_to_who_may_see_the_setup()
    {
        await using var org = await StartAsync();
        using var limits = await org.GetAsync("/services/data/v66.0/limits", CancellationToken);
        var day = limits.RootElement.GetProperty("DailyApiRequests");

        var told = Ok(await org.Open().ReadLimitsAsync(CancellationToken)).ShouldHaveSingleItem();
        var refused = await org.Open(org.TokenOf("rep-north")).ReadLimitsAsync(CancellationToken);

        (told.Kind, told.Permits).ShouldBe((LimitKind.Daily, day.GetProperty("Max").GetInt64()));
        told.Remaining.ShouldBe(day.GetProperty("Remaining").GetInt64() - 1);
        refused.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Forbidden);
    }

    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, People).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-key)))]), CancellationToken);

    private static async Task<List<RecordWrite>> WritesAsync(EmulatedOrg org) =>
        [.. (await org.IdsByAsync("Contact", "Email", CancellationToken)).Values.Select(id => new RecordWrite(
            $"write-{id}", id, new Dictionary<string, NativeValue> { ["Title"] = NativeValue.OfText("by a job") }))];

    private static async Task PassAsync(EmulatedOrg org) =>
        (await org.PostAsync("/_emulator/clock", new { seconds = 10 }, CancellationToken)).Dispose();

    private static async Task<int> TitledAsync(EmulatedOrg org)
    {
        using var found = await org.GetAsync("/services/data/v66.0/query?q=SELECT+COUNT()+FROM+Contact+WHERE+Title='by+a+job'", CancellationToken);
        return found.RootElement.GetProperty("totalSize").GetInt32();
    }

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
