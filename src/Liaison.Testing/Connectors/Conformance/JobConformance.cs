using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Jobs write each row once and tell of each once, whoever asks, and read each record once.</summary>
public abstract class JobConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private const int MostLooks = 50;

    private static readonly string[] Awkward =
    [
        "say \"yes\", please", "line\nline\r\nline", "a,b;c|d\te\\f", "=SUM(A1:A9)", "日本語 🙂 Zoë", "\"", "\"\",\"", "null", "'; DROP", ",,,", "# a note",
    ];

    private JobDescriptor Declared => Fixture.Connector.Descriptor.Jobs!;

    private ISessionJobs Jobs => Session.Jobs!;

    [Fact]
    public void A_session_takes_jobs_exactly_where_they_are_declared()
    {
        (Session.Jobs is not null).ShouldBe(Fixture.Connector.Descriptor.Jobs is not null);
        if (Fixture.Connector.Descriptor.Jobs is { } declared)
        {
            declared.From.ShouldBePositive();
            declared.Rows.ShouldBePositive();
            declared.RowsASecond.ShouldBePositive();
            declared.CallsOfRead.ShouldBePositive();
            declared.CallsOfWrite.ShouldBePositive();
            declared.FirstLook.ShouldBeLessThanOrEqualTo(declared.LongestPause);
            declared.LongestPause.ShouldBeLessThan(declared.Patience);
        }
    }

    [Fact]
    public async Task Every_row_is_written_and_has_one_outcome()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var writes = Facts.Ids.Take(5).Select(id => Update(id, field, $"by job {id}")).ToList();

        var outcomes = await WrittenAsync(writes);

        outcomes.Select(outcome => outcome.Key).ShouldBe(writes.Select(write => write.Key), ignoreOrder: true);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        foreach (var write in writes)
        {
            (await ReadBackAsync(write.Id!, field)).Raw.ShouldBe($"by job {write.Id}");
        }
    }

    [Fact]
    public async Task A_row_that_fails_fails_alone()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var writes = Facts.Ids.Take(4).Append(Facts.UnknownId).Select(id => Update(id, field, "beside a bad one")).ToList();

        var outcomes = await WrittenAsync(writes);

        outcomes.Count.ShouldBe(writes.Count);
        outcomes.Where(outcome => outcome.Failure is not null).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            failed => failed.Key.ShouldBe(writes[^1].Key), failed => failed.Failure!.Kind.ShouldBe(FailureKind.NotFound));
        (await ReadBackAsync(Facts.Ids[3], field)).Raw.ShouldBe("beside a bad one");
    }

    [Fact]
    public async Task Text_is_written_as_it_is_whatever_the_form_of_the_rows()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];

        List<WriteOutcome> outcomes = [];
        foreach (var part in Awkward.Select((text, place) => Update(Facts.Ids[place], field, text)).Chunk(Declared.Rows))
        {
            outcomes.AddRange(await WrittenAsync(part));
        }

        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        for (var place = 0; place < Awkward.Length; place++)
        {
            (await ReadBackAsync(Facts.Ids[place], field)).Raw.ShouldBe(Awkward[place]);
        }
    }

    [Fact]
    public async Task What_means_something_to_the_form_of_the_rows_is_not_carried()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];

        Jobs.Carries(Update(Facts.Ids[0], field, "#N/A")).ShouldBeFalse();
        Jobs.Carries(Update(Facts.Ids[0], field, "N/A")).ShouldBeTrue();
        await Should.ThrowAsync<ArgumentException>(() => Jobs.PrepareWriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "#N/A")], CancellationToken));
    }

    [Fact]
    public async Task A_value_is_cleared_and_what_is_not_named_stays()
    {
        NeedsJobs();
        var fields = await FieldsAsync(Facts.TextField, Facts.Known.Field);
        await WrittenAsync([Update(Facts.Known.Id, fields[0], "something")]);
        var clears = Fixture.Connector.Descriptor.Values.EmptyTextClears ? NativeValue.OfText("") : NativeValue.Null;

        var outcomes = await WrittenAsync(
        [
            new RecordWrite("clears", Facts.Known.Id, new Dictionary<string, NativeValue> { [fields[0].NativeName] = clears }),
            Update(Facts.Ids.First(id => id != Facts.Known.Id), fields[1], "other@example.com"),
        ]);

        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        (await ReadBackAsync(Facts.Known.Id, fields[0])).Raw.ShouldBeNullOrEmpty();
        (await ReadBackAsync(Facts.Known.Id, fields[1])).Raw.ShouldBe(Facts.Known.Raw);
    }

    [Fact]
    public async Task Nothing_is_written_before_the_start_and_nothing_after_it_was_given_up()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var before = (await ReadBackAsync(Facts.Ids[0], field)).Raw;
        var job = Ok(await Jobs.PrepareWriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "never")], CancellationToken));
        await Fixture.PassAsync(TimeSpan.FromMinutes(1), CancellationToken);

        Ok(await Jobs.LookAsync(JobKind.Write, job, CancellationToken)).Stage.ShouldBe(JobStage.Prepared);
        Ok(await Jobs.AbandonAsync(JobKind.Write, job, CancellationToken));

        var ended = await EndAsync(JobKind.Write, job);
        ended.Stage.ShouldBe(JobStage.GivenUp);
        Ok(await Jobs.ReadOutcomesAsync(job, ended, [new JobRow("a", Facts.Ids[0])], CancellationToken))
            .ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe(before);
    }

    [Fact]
    public async Task A_job_that_was_started_is_not_started_again()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var job = Ok(await Jobs.PrepareWriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "once")], CancellationToken));
        Ok(await Jobs.StartWriteAsync(job, CancellationToken));

        Refused(await Jobs.StartWriteAsync(job, CancellationToken), FailureKind.Conflict);

        (await EndAsync(JobKind.Write, job)).Processed.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_fails_as_a_whole_says_why_and_leaves_its_rows_unwritten()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var before = (await ReadBackAsync(Facts.Ids[0], field)).Raw;
        var writes = Facts.Ids.Take(3).Select(id => new RecordWrite(id, id, new Dictionary<string, NativeValue>
        {
            [field.NativeName] = NativeValue.OfText("half"), [Facts.UnknownField] = NativeValue.OfText("x"),
        })).ToList();
        var job = Ok(await Jobs.PrepareWriteAsync(Facts.Type, writes, CancellationToken));
        Ok(await Jobs.StartWriteAsync(job, CancellationToken));

        var ended = await EndAsync(JobKind.Write, job);

        ended.Stage.ShouldBe(JobStage.GivenUp);
        ended.Reason.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Drifted);
        var outcomes = Ok(await Jobs.ReadOutcomesAsync(job, ended, [.. writes.Select(write => new JobRow(write.Key, write.Id!))], CancellationToken));
        outcomes.Count.ShouldBe(3);
        outcomes.ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Unavailable);
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe(before);
    }

    [Fact]
    public async Task Another_session_goes_on_with_a_job_by_its_id()
    {
        NeedsJobs();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var job = Ok(await Jobs.PrepareWriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "by another")], CancellationToken));
        var other = Fixture.OpenSession().Jobs!;

        Ok(await other.StartWriteAsync(job, CancellationToken));
        var ended = await EndAsync(JobKind.Write, job);

        Ok(await other.ReadOutcomesAsync(job, ended, [new JobRow("mine", Facts.Ids[0])], CancellationToken))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(outcome => outcome.Key.ShouldBe("mine"), outcome => outcome.Failure.ShouldBeNull());
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_not_found()
    {
        NeedsJobs();

        Refused(await Jobs.LookAsync(JobKind.Write, "750000000000999", CancellationToken), FailureKind.NotFound);
        Refused(await Jobs.LookAsync(JobKind.Read, "../../sobjects", CancellationToken), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_job_reads_every_record_once_over_all_its_pages()
    {
        NeedsJobs();
        var query = await QueryAsync();

        var pages = await ReadAsync(query);

        var records = pages.SelectMany(page => page.Records).ToList();
        records.Select(record => record.Id).ShouldBe(Facts.Ids, ignoreOrder: true);
        records.Single(record => record.Id == Facts.Known.Id).Values[query.Fields[0].NativeName].Raw.ShouldBe(Facts.Known.Raw);
        var plain = Ok(await Session.ReadAsync(Facts.Type, [Facts.Known.Id], query.Fields, CancellationToken)).Records[0];
        records.Single(record => record.Id == Facts.Known.Id).ShouldSatisfyAllConditions(
            record => record.UpdatedAt.ShouldBe(plain.UpdatedAt), record => record.CreatedAt.ShouldBe(plain.CreatedAt));
    }

    [Fact]
    public async Task A_job_reads_what_passes_the_filter()
    {
        NeedsJobs();

        var pages = await ReadAsync(await QueryAsync(Facts.Filtered.Filter));

        pages.SelectMany(page => page.Records).Select(record => record.Id).ShouldBe(Facts.Filtered.Ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Links_come_along_with_pages_of_calls_too_where_that_is_declared()
    {
        Needs(ConnectorCapabilities.Query);
        Assert.SkipWhen(Facts.Links is null || !Fixture.Connector.Descriptor.BringsLinks(Facts.Type, Facts.Links.To), "They do not come along.");

        var pages = await PagesAsync(await QueryAsync() with { Linked = Facts.Links!.To });

        var read = Ok(await Session.ReadAssociationsAsync(Facts.Type, Facts.Links.To, Facts.Ids, CancellationToken));
        pages.SelectMany(page => page.Links.ShouldNotBeNull()).Select(link => (link.FromId, link.ToId))
            .ShouldBe(read.Select(link => (link.FromId, link.ToId)), ignoreOrder: true);
    }

    [Fact]
    public async Task Links_that_come_along_are_those_that_are_read()
    {
        NeedsJobs();
        Assert.SkipWhen(Facts.Links is null, "The fixture knows no links.");

        var pages = await ReadAsync(await QueryAsync() with { Linked = Facts.Links.To });

        pages.Any(page => page.Links is not null).ShouldBe(Fixture.Connector.Descriptor.BringsLinks(Facts.Type, Facts.Links.To));
        Assert.SkipWhen(pages.All(page => page.Links is null), "They do not come along.");
        var read = Ok(await Session.ReadAssociationsAsync(Facts.Type, Facts.Links.To, Facts.Ids, CancellationToken));
        pages.SelectMany(page => page.Links.ShouldNotBeNull()).Select(link => (link.FromId, link.ToId))
            .ShouldBe(read.Select(link => (link.FromId, link.ToId)), ignoreOrder: true);
    }

    private async Task<IReadOnlyList<WriteOutcome>> WrittenAsync(IReadOnlyList<RecordWrite> writes)
    {
        var job = Ok(await Jobs.PrepareWriteAsync(Facts.Type, writes, CancellationToken));
        Ok(await Jobs.StartWriteAsync(job, CancellationToken));
        var ended = await EndAsync(JobKind.Write, job);
        ended.Stage.ShouldBe(JobStage.Complete, ended.Reason?.Message);

        return Ok(await Jobs.ReadOutcomesAsync(job, ended, [.. writes.Select(write => new JobRow(write.Key, write.Id!))], CancellationToken));
    }

    private async Task<JobProgress> EndAsync(JobKind kind, string job)
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            var progress = Ok(await Jobs.LookAsync(kind, job, CancellationToken));
            if (progress.Stage is JobStage.Complete or JobStage.GivenUp)
            {
                return progress;
            }

            await Fixture.PassAsync(TimeSpan.FromSeconds(1), CancellationToken);
        }

        throw new ShouldAssertException("The job does not come to its end.");
    }

    private async Task<List<JobPage<NativeRecord>>> ReadAsync(RecordQuery query)
    {
        var job = Ok(await Jobs.StartQueryAsync(query, CancellationToken));
        (await EndAsync(JobKind.Read, job)).Stage.ShouldBe(JobStage.Complete);
        List<JobPage<NativeRecord>> pages = [];
        string? next = null;
        do
        {
            pages.Count.ShouldBeLessThan(10_000, "The job's pages do not come to their end.");
            pages.Add(Ok(await Jobs.ReadPageAsync(job, query, next, record => record, CancellationToken)));
            next = pages[^1].Next;
        }
        while (next is not null);

        return pages;
    }

    private void NeedsJobs() => Assert.SkipWhen(Fixture.Connector.Descriptor.Jobs is null, "The connector declares no jobs.");
}
