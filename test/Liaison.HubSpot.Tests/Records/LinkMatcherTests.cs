using System.Text;
using Liaison.Failures;
using Liaison.HubSpot.Records;

namespace Liaison.HubSpot.Tests.Records;

/// <summary>Answers to batches of links, as contracts/hubspot.md 8 has them.</summary>
public sealed class LinkMatcherTests
{
    private static readonly LinkInput A = new(new("a", "501", "801"), null);
    private static readonly LinkInput B = new(new("b", "501", "802"), null);
    private static readonly LinkInput C = new(new("c", "502", "801"), null);

    [Fact]
    public void Rows_of_both_directions_and_of_numbers_name_their_links()
    {
        var outcomes = Match([A, B, C], """
            {"status":"COMPLETE","results":[
              {"from":{"id":"801"},"to":{"id":"501"}},{"from":{"id":"501"},"to":{"id":"801"}},
              {"fromObjectTypeId":"0-1","fromObjectId":501,"toObjectTypeId":"0-2","toObjectId":802,"labels":[]},
              {"fromObjectId":"502","toObjectId":"801"}]}
            """);

        outcomes.Keys.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        outcomes.Values.ShouldAllBe(failure => failure == null);
    }

    [Fact]
    public void An_unknown_record_fails_the_links_that_name_it_and_no_other()
    {
        var outcomes = Match([A, B, C], """
            {"status":"COMPLETE","results":[{"from":{"id":"501"},"to":{"id":"801"}},{"from":{"id":"502"},"to":{"id":"801"}}],
             "numErrors":1,"errors":[{"category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER","context":{"id":["802"]}}]}
            """);

        outcomes["b"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        outcomes["a"].ShouldBeNull();
        outcomes["c"].ShouldBeNull();
    }

    [Fact]
    public void An_error_that_names_nobody_is_about_all_that_are_left()
    {
        var outcomes = Match([A, B], """
            {"results":[{"from":{"id":"501"},"to":{"id":"801"}}],"numErrors":1,"errors":[{"category":"VALIDATION_ERROR","context":{}}]}
            """);

        outcomes["a"].ShouldBeNull();
        outcomes["b"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void An_error_that_names_nobody_leaves_open_which_of_more_it_concerns()
    {
        var outcomes = Match([A, B, C], """
            {"results":[{"from":{"id":"501"},"to":{"id":"801"}}],"numErrors":1,"errors":[{"category":"VALIDATION_ERROR","context":{}}]}
            """);

        outcomes["a"].ShouldBeNull();
        outcomes["b"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);
        outcomes["c"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);
    }

    [Fact]
    public void A_link_that_the_answer_passes_over_is_open() =>
        Match([A, B], """{"results":[{"from":{"id":"501"},"to":{"id":"801"}}]}""")["b"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.Ambiguous);

    [Theory]
    [InlineData("")]
    [InlineData("""{"status":"COMPLETE","results":[]}""")]
    public void A_batch_that_was_taken_without_a_word_was_done(string body) =>
        Match([A, B], body).Values.ShouldAllBe(failure => failure == null);

    [Fact]
    public void What_is_taken_away_is_named_by_no_row_and_gone_where_its_record_is()
    {
        var outcomes = Match([.. new[] { A, B }.Select(input => input with { Link = input.Link with { Remove = true } })], """
            {"results":[],"numErrors":1,"errors":[{"category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER","context":{"id":["802"]}}]}
            """);

        outcomes.Values.ShouldAllBe(failure => failure == null);
    }

    [Fact]
    public void A_right_that_lacks_for_one_link_is_told_of_it()
    {
        var outcomes = Match([A, C], """
            {"results":[{"from":{"id":"501"},"to":{"id":"801"}}],"numErrors":1,"errors":[{"category":"USER_DOES_NOT_HAVE_PERMISSIONS","context":{"id":["502"]}}]}
            """);

        outcomes["a"].ShouldBeNull();
        outcomes["c"].ShouldNotBeNull().Kind.ShouldBe(FailureKind.Forbidden);
    }

    private static Dictionary<string, Failure?> Match(IReadOnlyList<LinkInput> inputs, string body) =>
        LinkMatcher.Match(inputs, LinkAnswer.Read(Encoding.UTF8.GetBytes(body))).ToDictionary(outcome => outcome.Key, outcome => outcome.Failure);
}
