using Liaison.Failures;
using Microsoft.Extensions.Logging;

namespace Liaison.House.Tests.Canaries;

/// <summary>No record value and no token is told anywhere but where it is asked for, whatever goes wrong.</summary>
/// <remarks>
/// The content of change sets is not searched: it holds values before and after by design, for whoever is to approve or undo
/// them. Everything else is: logs at the finest level, exceptions, failures, metrics, spans, and every other column of the store.
/// </remarks>
public sealed class CanaryTests(CanaryRun run) : IClassFixture<CanaryRun>
{
    [Fact]
    public void No_log_line_holds_one() => run.Ear.Logs.SelectMany(Canary.In).ShouldBeEmpty();

    [Fact]
    public void No_exception_holds_one() => run.Ear.Exceptions.SelectMany(Canary.In).ShouldBeEmpty();

    [Fact]
    public void No_failure_holds_one() => run.Ear.Failures.Select(Told).SelectMany(Canary.In).ShouldBeEmpty();

    [Fact]
    public void No_metric_and_no_span_holds_one() => run.Ear.Metrics.Concat(run.Ear.Spans).Distinct().SelectMany(Canary.In).ShouldBeEmpty();

    [Fact]
    public void No_table_holds_one_outside_the_content_of_change_sets() =>
        run.Databases.SelectMany(database => database.Canaries).ShouldBeEmpty();

    [Fact]
    public void No_table_at_all_holds_one_once_change_sets_have_been_kept_long_enough()
    {
        run.Retired.Columns[DatabaseText.ChangeContent].Count.ShouldBeGreaterThanOrEqualTo(60);
        run.Retired.Columns["change_sets.state"].ShouldContain("expired");

        run.Retired.Columns.Values.SelectMany(texts => texts).SelectMany(Canary.In).ShouldBeEmpty();
    }

    [Fact]
    public void They_were_there_to_be_told()
    {
        Canary.In(run.Shown).ShouldNotBeEmpty();
        Column(DatabaseText.ChangeContent).SelectMany(Canary.In).ShouldNotBeEmpty();
        Column("secrets.protected_secret").ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_place_was_written_to()
    {
        run.Ear.Logs.ShouldNotBeEmpty();
        run.Ear.Exceptions.ShouldNotBeEmpty();
        run.Ear.Metrics.ShouldNotBeEmpty();
        run.Ear.Spans.ShouldNotBeEmpty();
        Column("audit_entries.canonical").ShouldNotBeEmpty();
        Column("crm_calls.path").ShouldNotBeEmpty();
        Column("crm_calls.request_body").Where(text => text.Contains("ai_qualification_rationale", StringComparison.Ordinal)).ShouldNotBeEmpty();
        Column("crm_calls.answer_body").Where(text => text.Contains("VALIDATION_ERROR", StringComparison.Ordinal)).ShouldNotBeEmpty();
        Column("crm_calls.record_ids").Where(text => text.Length > 0).ShouldNotBeEmpty();
        Column("change_sets.trace_id").Where(text => text.Length > 0).ShouldNotBeEmpty();
        Column("work_items.failure").Where(text => text.Length > 0).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_trouble_was_met() => Column("crm_calls.failure_kind").Concat(run.Ear.Failures.Select(failure => failure.Kind.ToString()))
        .Select(kind => kind.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())
        .Intersect(new[]
        {
            FailureKind.RateLimited, FailureKind.QuotaExhausted, FailureKind.Unavailable, FailureKind.Ambiguous, FailureKind.Forbidden,
            FailureKind.Unauthenticated, FailureKind.Invalid,
        }.Select(kind => kind.ToString().ToUpperInvariant()))
        .Count().ShouldBe(7);

    [Fact]
    public void A_leak_would_be_heard()
    {
        using var ear = new Ear();
        var log = ear.CreateLogger("sample");

#pragma warning disable CA1848, CA1873 // A sample that is written once.
        log.LogTrace("Read {Name}", "Zqcanary12");
#pragma warning restore CA1848, CA1873
        Should.Throw<InvalidOperationException>(() => throw new InvalidOperationException($"Bearer {Canary.Token}"));

        ear.Logs.SelectMany(Canary.In).ShouldHaveSingleItem();
        ear.Exceptions.SelectMany(Canary.In).ShouldNotBeEmpty();
        new DatabaseText(new Dictionary<string, IReadOnlyList<string>> { ["crm_calls.path"] = [Canary.Phone] }).Canaries.ShouldHaveSingleItem();
    }

    private IEnumerable<string> Column(string name) =>
        run.Databases.SelectMany(database => database.Columns.TryGetValue(name, out var texts) ? texts : []);

    private static string Told(Failure failure) =>
        $"{failure} {string.Join(' ', failure.MissingScopes)}";
}
