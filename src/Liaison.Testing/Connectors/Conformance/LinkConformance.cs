using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Links are made and removed with an outcome each, and to do so twice does no harm.</summary>
public abstract class LinkConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private LinkFacts Links => Facts.Links.ShouldNotBeNull("A connector that declares links needs a fixture with links.");

    [Fact]
    public async Task A_link_is_made_and_seen_from_both_sides()
    {
        NeedsLinks();

        Done(await LinkAsync(Make("a", Links.LonelyId, Links.ToIds[0])));

        (await LinkedAsync(Links.LonelyId)).Select(link => link.ToId).ShouldBe([Links.ToIds[0]]);
        Ok(await Session.ReadAssociationsAsync(Links.To, Facts.Type, [Links.ToIds[0]], CancellationToken))
            .Select(link => link.ToId).ShouldContain(Links.LonelyId);
    }

    [Fact]
    public async Task A_link_that_is_there_is_made_again_without_a_word()
    {
        NeedsLinks();

        Done(await LinkAsync(Make("a", Links.LonelyId, Links.ToIds[0])));
        Done(await LinkAsync(Make("a", Links.LonelyId, Links.ToIds[0])));

        (await LinkedAsync(Links.LonelyId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_link_is_removed_and_removed_again_without_a_word()
    {
        NeedsLinks();
        var remove = Make("r", Links.LinkedId, Links.ToIds[1]) with { Remove = true };

        Done(await LinkAsync(remove));
        Done(await LinkAsync(remove));

        (await LinkedAsync(Links.LinkedId)).Select(link => link.ToId).ShouldBe(Links.ToIds.Where(id => id != Links.ToIds[1]), ignoreOrder: true);
    }

    [Fact]
    public async Task A_link_of_a_record_that_is_not_there_is_as_gone_as_it_can_be()
    {
        NeedsLinks();

        Done(await LinkAsync(Make("r", Links.LinkedId, Facts.UnknownId) with { Remove = true }));

        (await LinkedAsync(Links.LinkedId)).Count.ShouldBe(Links.ToIds.Count);
    }

    [Fact]
    public async Task A_pair_that_cannot_be_fails_alone()
    {
        NeedsLinks();

        var outcomes = Ok(await LinkAsync(
            Make("a", Links.LonelyId, Links.ToIds[0]),
            Make("far", Links.LonelyId, Facts.UnknownId),
            Make("near", Facts.UnknownId, Links.ToIds[0]),
            Make("b", Links.LonelyId, Links.ToIds[1])));

        outcomes.Select(outcome => outcome.Key).ShouldBe(["a", "far", "near", "b"], ignoreOrder: true);
        outcomes.Where(outcome => outcome.Key is "far" or "near").ShouldAllBe(outcome => outcome.Failure!.Kind == FailureKind.NotFound);
        outcomes.Where(outcome => outcome.Key is "a" or "b").ShouldAllBe(outcome => outcome.Failure == null && outcome.Id == Links.LonelyId);
        (await LinkedAsync(Links.LonelyId)).Select(link => link.ToId).ShouldBe([Links.ToIds[0], Links.ToIds[1]], ignoreOrder: true);
    }

    [Fact]
    public async Task Changes_of_one_pair_happen_in_their_order()
    {
        NeedsLinks();
        var (gone, kept) = (Make("gone", Links.LonelyId, Links.ToIds[0]), Make("kept", Links.LonelyId, Links.ToIds[1]));

        // Crosswise, so that neither all makes first nor all removals first comes to the same.
        Done(await LinkAsync(gone, kept with { Key = "first", Remove = true }, gone with { Key = "second", Remove = true }, kept));

        (await LinkedAsync(Links.LonelyId)).Select(link => link.ToId).ShouldBe([Links.ToIds[1]]);
    }

    [Fact]
    public async Task A_plain_link_takes_the_primary_mark_from_no_other()
    {
        NeedsLinks();
        Assert.SkipWhen(Links.PrimaryId is null, "The CRM marks no link as primary.");
        var other = Links.ToIds.First(id => id != Links.PrimaryId);
        Done(await LinkAsync(Make("r", Links.LinkedId, other) with { Remove = true }));

        Done(await LinkAsync(Make("a", Links.LinkedId, other)));

        (await LinkedAsync(Links.LinkedId)).Where(link => link.IsPrimary).Select(link => link.ToId).ShouldBe([Links.PrimaryId!]);
    }

    [Fact]
    public async Task A_label_is_put_on_a_link_and_taken_off_it()
    {
        var label = NeedsLabel();
        var labelled = Make("a", Links.LonelyId, Links.ToIds[0]) with { Label = label };

        Done(await LinkAsync(labelled));
        (await LinkedAsync(Links.LonelyId)).ShouldHaveSingleItem().Labels.ShouldContain(label);

        Done(await LinkAsync(labelled with { Remove = true }));
        (await LinkedAsync(Links.LonelyId)).ShouldHaveSingleItem().Labels.ShouldNotContain(label);
    }

    [Fact]
    public async Task A_plain_link_leaves_the_labels_and_its_removal_takes_them_along()
    {
        var label = NeedsLabel();
        var plain = Make("a", Links.LonelyId, Links.ToIds[0]);
        Done(await LinkAsync(plain with { Label = label }));

        Done(await LinkAsync(plain));
        (await LinkedAsync(Links.LonelyId)).ShouldHaveSingleItem().Labels.ShouldContain(label);

        Done(await LinkAsync(plain with { Remove = true }));
        (await LinkedAsync(Links.LonelyId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_that_is_not_known_is_refused_with_the_known_ones()
    {
        var label = NeedsLabel();

        var outcomes = Ok(await LinkAsync(
            Make("wrong", Links.LonelyId, Links.ToIds[0]) with { Label = "no such label" }, Make("sound", Links.LonelyId, Links.ToIds[1])));

        var failure = outcomes.Single(outcome => outcome.Key == "wrong").Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldContain(label);
        outcomes.Single(outcome => outcome.Key == "sound").Failure.ShouldBeNull();
        (await LinkedAsync(Links.LonelyId)).Select(link => link.ToId).ShouldBe([Links.ToIds[1]]);
    }

    [Fact]
    public async Task A_link_to_an_unknown_type_is_not_found()
    {
        NeedsLinks();

        var result = await Session.LinkAsync(Facts.Type, Facts.UnknownType, [Make("a", Links.LonelyId, Links.ToIds[0])], CancellationToken);

        Refused(result, FailureKind.NotFound);
    }

    [Fact]
    public async Task A_batch_past_the_declared_size_is_a_bug_of_the_caller()
    {
        NeedsLinks();
        var size = Fixture.Connector.Descriptor.Operations[CrmOperation.WriteAssociations].BatchSize;
        LinkWrite[] links = [.. Enumerable.Range(1, size + 1).Select(number => Make($"{number}", $"{number}", Links.ToIds[0]))];

        await Should.ThrowAsync<ArgumentException>(() => LinkAsync(links));
    }

    [Fact]
    public async Task Nothing_to_link_is_done_at_once()
    {
        NeedsLinks();

        Ok(await LinkAsync()).ShouldBeEmpty();
    }

    private void NeedsLinks()
    {
        Needs(ConnectorCapabilities.Link);
        Needs(ConnectorCapabilities.Associations);
    }

    private string NeedsLabel()
    {
        NeedsLinks();
        Assert.SkipWhen(Links.Label is null, "The CRM has no labels.");

        return Links.Label;
    }

    private static LinkWrite Make(string key, string fromId, string toId) => new(key, fromId, toId);

    private Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(params LinkWrite[] links) =>
        Session.LinkAsync(Facts.Type, Links.To, links, CancellationToken);

    private async Task<IReadOnlyList<Association>> LinkedAsync(string id) =>
        Ok(await Session.ReadAssociationsAsync(Facts.Type, Links.To, [id], CancellationToken));

    private static void Done(Result<IReadOnlyList<WriteOutcome>> result) => Ok(result).ShouldAllBe(outcome => outcome.Failure == null);
}
