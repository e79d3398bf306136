using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A batch of writes tells the outcome of every item, and applies what it says it applied.</summary>
public abstract class WriteConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task Every_update_has_an_outcome_of_its_own()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        var ids = Facts.Ids.Take(10).ToList();

        var outcomes = Ok(await Session.WriteAsync(
            Facts.Type, [.. ids.Select((id, place) => Update(id, field, $"value {place}"))], CancellationToken));

        outcomes.Select(outcome => (outcome.Key, outcome.Id)).ShouldBe(ids.Select(id => ($"write-{id}", (string?)id)), ignoreOrder: true);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        for (var place = 0; place < ids.Count; place++)
        {
            (await ReadBackAsync(ids[place], field)).Raw.ShouldBe($"value {place}");
        }
    }

    [Fact]
    public async Task An_update_of_a_record_that_is_not_there_fails_alone()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];

        var outcomes = Ok(await Session.WriteAsync(
            Facts.Type,
            [Update(Facts.Ids[0], field, "one", "a"), Update(Facts.UnknownId, field, "two", "b"), Update(Facts.Ids[1], field, "three", "c")],
            CancellationToken));

        outcomes.Count.ShouldBe(3);
        outcomes.Single(outcome => outcome.Key == "b").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        outcomes.Where(outcome => outcome.Key != "b").ShouldAllBe(outcome => outcome.Failure == null);
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe("one");
        (await ReadBackAsync(Facts.Ids[1], field)).Raw.ShouldBe("three");
    }

    [Fact]
    public async Task The_clearing_value_clears()
    {
        Needs(ConnectorCapabilities.Update);
        Assert.SkipUnless(Fixture.Connector.Descriptor.Values.EmptyTextClears, "The dialect clears with null.");
        var field = (await FieldsAsync(Facts.TextField))[0];
        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "something")], CancellationToken));

        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "")], CancellationToken));

        string.IsNullOrEmpty((await ReadBackAsync(Facts.Ids[0], field)).Raw).ShouldBeTrue();
    }

    [Fact]
    public async Task A_null_is_refused_where_it_would_be_ignored()
    {
        Needs(ConnectorCapabilities.Update);
        Assert.SkipUnless(Fixture.Connector.Descriptor.Values.EmptyTextClears, "The dialect clears with null.");
        var field = (await FieldsAsync(Facts.TextField))[0];
        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "something")], CancellationToken));
        var bare = new RecordWrite("bare", Facts.Ids[0], new Dictionary<string, NativeValue> { [field.NativeName] = NativeValue.Null });

        var outcomes = Ok(await Session.WriteAsync(Facts.Type, [bare, Update(Facts.Ids[1], field, "sound")], CancellationToken));

        outcomes.Single(outcome => outcome.Key == "bare").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        outcomes.Single(outcome => outcome.Key != "bare").Failure.ShouldBeNull();
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe("something");
    }

    [Fact]
    public async Task Text_is_written_as_it_is()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        string[] texts = ["Zoë \"Ångström\" <x>", "a;b,c|d\\e", "{\"x\":[1]}", "日本語 🙂", "line\nline"];

        Ok(await Session.WriteAsync(
            Facts.Type, [.. texts.Select((text, place) => Update(Facts.Ids[place], field, text))], CancellationToken));

        for (var place = 0; place < texts.Length; place++)
        {
            (await ReadBackAsync(Facts.Ids[place], field)).Raw.ShouldBe(texts[place]);
        }
    }

    [Fact]
    public async Task A_field_that_the_type_lacks_is_refused_and_nothing_is_half_written()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        var before = (await ReadBackAsync(Facts.Ids[0], field)).Raw;
        var wrong = new RecordWrite("wrong", Facts.Ids[0], new Dictionary<string, NativeValue>
        {
            [field.NativeName] = NativeValue.OfText("half"), [Facts.UnknownField] = NativeValue.OfText("x"),
        });

        var result = await Session.WriteAsync(Facts.Type, [wrong], CancellationToken);

        var failure = result.TryGet(out var outcomes, out var whole) ? outcomes.ShouldHaveSingleItem().Failure.ShouldNotBeNull() : whole;
        failure.Kind.ShouldBe(FailureKind.Drifted);
        (await ReadBackAsync(Facts.Ids[0], field)).Raw.ShouldBe(before);
    }

    [Fact]
    public async Task A_write_changes_the_version()
    {
        Needs(ConnectorCapabilities.Update);
        var fields = await FieldsAsync(Facts.TextField);
        var before = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[0]], fields, CancellationToken)).Records[0].Version;
        await Fixture.SettleAsync(CancellationToken);

        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], fields[0], "a newer value")], CancellationToken));

        var after = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[0]], fields, CancellationToken)).Records[0].Version;
        after.ShouldNotBeNull().ShouldNotBe(before);
    }

    [Fact]
    public async Task A_batch_past_the_declared_size_is_a_bug_of_the_caller()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        var size = Fixture.Connector.Descriptor.Operations[CrmOperation.Write].BatchSize;
        IReadOnlyList<RecordWrite> writes = [.. Enumerable.Range(1, size + 1).Select(number => Update($"{number}", field, "x"))];

        await Should.ThrowAsync<ArgumentException>(() => Session.WriteAsync(Facts.Type, writes, CancellationToken));
    }

    [Fact]
    public async Task A_write_to_an_unknown_type_is_not_found()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];

        Refused(await Session.WriteAsync(Facts.UnknownType, [Update(Facts.Ids[0], field, "x")], CancellationToken), FailureKind.NotFound);
    }
}
