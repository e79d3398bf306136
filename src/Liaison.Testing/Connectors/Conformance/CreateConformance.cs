using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>New records are born with their links, and none is left behind of which nobody was told.</summary>
public abstract class CreateConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private LinkFacts Links => Facts.Links.ShouldNotBeNull("A connector that declares links needs a fixture with links.");

    [Fact]
    public async Task Every_create_tells_the_id_of_its_record()
    {
        Needs(ConnectorCapabilities.Create);

        var outcomes = Ok(await CreateAsync(New("a", 1), New("b", 2)));

        outcomes.Select(outcome => outcome.Key).ShouldBe(["a", "b"], ignoreOrder: true);
        foreach (var (key, number) in new[] { ("a", 1), ("b", 2) })
        {
            var outcome = outcomes.Single(outcome => outcome.Key == key);
            outcome.Failure.ShouldBeNull();
            var (name, value) = Values(number).First();
            (await ReadBackAsync(outcome.Id.ShouldNotBeNull(), (await FieldsAsync(name))[0])).Raw.ShouldBe(value);
        }
    }

    [Fact]
    public async Task A_record_is_born_with_its_links()
    {
        NeedsLinks();

        var outcomes = Ok(await CreateAsync(
            New("linked", 1, To(Links.ToIds[0]), To(Links.ToIds[1])), New("free", 2)));

        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        (await LinkedAsync(IdOf(outcomes, "linked"))).Select(link => link.ToId).ShouldBe([Links.ToIds[0], Links.ToIds[1]], ignoreOrder: true);
        (await LinkedAsync(IdOf(outcomes, "free"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_records_are_born_with_a_link_to_the_same_third()
    {
        NeedsLinks();
        Assert.SkipWhen(Links.OneEach, "A record of the other type is linked to one at a time.");

        var outcomes = Ok(await CreateAsync(
            New("both", 1, To(Links.ToIds[0]), To(Links.ToIds[1])), New("single", 2, To(Links.ToIds[1]))));

        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        (await LinkedAsync(IdOf(outcomes, "both"))).Select(link => link.ToId).ShouldBe([Links.ToIds[0], Links.ToIds[1]], ignoreOrder: true);
        (await LinkedAsync(IdOf(outcomes, "single"))).Select(link => link.ToId).ShouldBe([Links.ToIds[1]]);
    }

    [Fact]
    public async Task A_record_is_born_with_a_label()
    {
        NeedsLinks();
        Assert.SkipWhen(Links.Label is null, "The CRM has no labels.");

        var outcomes = Ok(await CreateAsync(New("a", 1, To(Links.ToIds[0], Links.Label))));

        (await LinkedAsync(IdOf(outcomes, "a"))).ShouldHaveSingleItem().Labels.ShouldContain(Links.Label);
    }

    [Fact]
    public async Task A_record_whose_link_cannot_be_is_not_made_or_told_of()
    {
        NeedsLinks();

        var result = await CreateAsync(New("a", 1, To(Facts.UnknownId)));

        var told = result.TryGet(out var outcomes, out var whole) ? outcomes.ShouldHaveSingleItem() : new WriteOutcome("a", null, whole);
        told.Failure.ShouldNotBeNull().Kind.ShouldBeOneOf(FailureKind.Invalid, FailureKind.NotFound);
        if (told.Id is { } id)
        {
            Ok(await Session.ReadAsync(Facts.Type, [id], [], CancellationToken)).Missing.ShouldBeEmpty();
        }
        else
        {
            // The values are unique: a record that stood untold would be in the way of this one.
            Ok(await CreateAsync(New("again", 1))).ShouldHaveSingleItem().Failure.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_label_that_is_not_known_makes_no_record()
    {
        NeedsLinks();

        var outcomes = Ok(await CreateAsync(New("wrong", 1, To(Links.ToIds[0], "no such label")), New("sound", 2)));

        var wrong = outcomes.Single(outcome => outcome.Key == "wrong");
        wrong.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        wrong.Id.ShouldBeNull();
        outcomes.Single(outcome => outcome.Key == "sound").Failure.ShouldBeNull();
        Ok(await CreateAsync(New("again", 1))).ShouldHaveSingleItem().Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Links_of_an_update_are_a_bug_of_the_caller()
    {
        NeedsLinks();
        var field = (await FieldsAsync(Facts.TextField))[0];
        var update = Update(Facts.Ids[0], field, "x") with { Links = [To(Links.ToIds[0])] };

        await Should.ThrowAsync<ArgumentException>(() => CreateAsync(update));
    }

    private void NeedsLinks()
    {
        Needs(ConnectorCapabilities.Create);
        Needs(ConnectorCapabilities.Link);
        Needs(ConnectorCapabilities.Associations);
    }

    private RecordLink To(string id, string? label = null) => new(Links.To, id, label);

    private IReadOnlyDictionary<string, string> Values(int number) =>
        Facts.NewRecord.ShouldNotBeNull("A connector that declares creates needs a fixture that can make records.")(number);

    private RecordWrite New(string key, int number, params IReadOnlyList<RecordLink> links) =>
        new(key, null, Values(number).ToDictionary(value => value.Key, value => NativeValue.OfText(value.Value))) { Links = links };

    private Task<Result<IReadOnlyList<WriteOutcome>>> CreateAsync(params RecordWrite[] writes) =>
        Session.WriteAsync(Facts.Type, writes, CancellationToken);

    private async Task<IReadOnlyList<Association>> LinkedAsync(string id) =>
        Ok(await Session.ReadAssociationsAsync(Facts.Type, Links.To, [id], CancellationToken));

    private static string IdOf(IReadOnlyList<WriteOutcome> outcomes, string key) =>
        outcomes.Single(outcome => outcome.Key == key).Id.ShouldNotBeNull();
}
