using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Records;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Records;

/// <summary>The outcome matrix of contracts/hubspot.md 6.2, as bodies.</summary>
public sealed class WriteMatcherTests
{
    private static readonly IReadOnlyList<WriteInput> Updates = WriteInput.Updates([Update("a", "501"), Update("b", "502"), Update("c", "503")]);

    private static readonly IReadOnlyList<WriteInput> Creates = [WriteInput.Create(Create("a", "ada@x.test"), []), WriteInput.Create(Create("b", "bob@x.test"), [])];

    [Fact]
    public void Shuffled_results_find_their_writes()
    {
        var outcomes = Match(Updates, """
            {"status":"COMPLETE","results":[{"id":"503","properties":{},"objectWriteTraceId":"c"},{"id":"501","properties":{},"objectWriteTraceId":"a","updatedAt":"2026-05-02T09:30:00.456Z"},{"id":"502","properties":{},"objectWriteTraceId":"b"}]}
            """);

        outcomes.Select(outcome => (outcome.Key, outcome.Id)).ShouldBe([("a", "501"), ("b", "502"), ("c", "503")], ignoreOrder: true);
        outcomes.Single(outcome => outcome.Key == "a").UpdatedAt.ShouldBe(new DateTimeOffset(2026, 5, 2, 9, 30, 0, 456, TimeSpan.Zero));
    }

    [Fact]
    public void An_unknown_id_fails_alone_and_without_a_trace_id()
    {
        var outcomes = Match(Updates, """
            {"status":"COMPLETE","results":[{"id":"503","properties":{}},{"id":"501","properties":{}}],"numErrors":1,
             "errors":[{"status":"error","category":"OBJECT_NOT_FOUND","message":"Could not get some CONTACT objects","context":{"ids":["502"]}}]}
            """);

        outcomes.Single(outcome => outcome.Key == "b").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        outcomes.Count(outcome => outcome.Failure is null).ShouldBe(2);
    }

    [Fact]
    public void A_create_that_exists_tells_the_id_that_is_there()
    {
        var outcomes = Match(Creates, """
            {"status":"COMPLETE","results":[{"id":"900","properties":{"email":"ada@x.test"},"objectWriteTraceId":"a"}],"numErrors":1,
             "errors":[{"category":"CONFLICT","message":"Contact already exists","context":{"objectWriteTraceId":["b"],"existingId":["777"]}}]}
            """);

        outcomes.Single(outcome => outcome.Key == "a").Id.ShouldBe("900");
        var failure = outcomes.Single(outcome => outcome.Key == "b").Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Duplicate);
        failure.ExistingId.ShouldBe("777");
    }

    [Fact]
    public void Creates_without_trace_ids_are_told_apart_by_what_came_back()
    {
        var outcomes = Match(Creates, """{"results":[{"id":"902","properties":{"email":"bob@x.test"}},{"id":"901","properties":{"email":"ADA@x.test "}}]}""");

        outcomes.Select(outcome => (outcome.Key, outcome.Id)).ShouldBe([("a", "901"), ("b", "902")], ignoreOrder: true);
    }

    [Fact]
    public void What_nothing_tells_is_ambiguous_and_never_taken_for_done()
    {
        var outcomes = Match(Updates, """{"status":"COMPLETE","results":[{"id":"501","properties":{}}]}""");

        outcomes.Where(outcome => outcome.Key != "a").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Ambiguous);
    }

    [Fact]
    public void An_answer_without_a_word_settles_nothing() =>
        Match(Updates, "").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.Ambiguous);

    [Fact]
    public void An_error_that_names_nobody_belongs_to_the_only_one_left()
    {
        var outcomes = Match(Creates, """
            {"results":[{"id":"900","properties":{},"objectWriteTraceId":"a"}],"errors":[{"category":"VALIDATION_ERROR","message":"no","context":{}}]}
            """);

        outcomes.Single(outcome => outcome.Key == "b").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void Two_writes_of_one_record_are_sent_as_one_and_both_told()
    {
        var inputs = WriteInput.Updates([Update("a", "501"), new("b", "501", Values(("jobtitle", "later"), ("city", "Bonn")))]);

        var input = inputs.ShouldHaveSingleItem();
        var outcomes = Match(inputs, """{"results":[{"id":"501","properties":{},"objectWriteTraceId":"a"}]}""");

        input.Values.ShouldBe(new Dictionary<string, string> { ["jobtitle"] = "later", ["city"] = "Bonn" }, ignoreOrder: true);
        outcomes.Select(outcome => outcome.Key).ShouldBe(["a", "b"]);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null && outcome.Id == "501");
    }

    private static IReadOnlyList<WriteOutcome> Match(IReadOnlyList<WriteInput> inputs, string body) =>
        WriteMatcher.Match(inputs, ObjectsReader.Read(Encoding.UTF8.GetBytes(body), ["email", "jobtitle"]));

    private static RecordWrite Update(string key, string id) => new(key, id, Values(("jobtitle", "x")));

    private static RecordWrite Create(string key, string email) => new(key, null, Values(("email", email)));

    private static Dictionary<string, NativeValue> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => NativeValue.OfText(value.Value));
}
