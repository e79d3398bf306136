using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Records are found, made and changed by the value of a unique field, each once however often it is sent.</summary>
public abstract class UpsertConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task What_is_not_there_is_made_and_what_is_there_is_changed()
    {
        var (by, text) = await KeyAsync();
        var made = Ok(await UpsertAsync(by, New("first", 1, text, "Maker"))).ShouldHaveSingleItem();

        var outcomes = Ok(await UpsertAsync(by, New("again", 1, text, "Changer"), New("second", 2, text, "Maker")));

        made.Failure.ShouldBeNull();
        made.Created.ShouldNotBe(false);
        outcomes.Select(outcome => outcome.Key).ShouldBe(["again", "second"], ignoreOrder: true);
        outcomes.ShouldAllBe(outcome => outcome.Failure == null);
        var changed = outcomes.Single(outcome => outcome.Key == "again");
        changed.Id.ShouldBe(made.Id);
        changed.Created.ShouldNotBe(true);
        outcomes.Single(outcome => outcome.Key == "second").Id.ShouldNotBe(made.Id);
        (await ReadBackAsync(made.Id.ShouldNotBeNull(), text)).Raw.ShouldBe("Changer");
    }

    [Fact]
    public async Task The_same_batch_twice_makes_no_second_record()
    {
        var (by, text) = await KeyAsync();
        var batch = new[] { New("a", 1, text, "Same"), New("b", 2, text, "Same") };

        var first = Ok(await UpsertAsync(by, batch));
        var second = Ok(await UpsertAsync(by, batch));

        foreach (var key in new[] { "a", "b" })
        {
            second.Single(outcome => outcome.Key == key).Id.ShouldBe(first.Single(outcome => outcome.Key == key).Id.ShouldNotBeNull());
        }
    }

    [Fact]
    public async Task One_value_twice_in_a_batch_is_one_record_with_the_later_value()
    {
        var (by, text) = await KeyAsync();

        var outcomes = Ok(await UpsertAsync(by, New("a", 1, text, "Earlier"), New("b", 1, text, "Later")));

        outcomes.Select(outcome => outcome.Key).ShouldBe(["a", "b"], ignoreOrder: true);
        var id = outcomes.Select(outcome => outcome.Id.ShouldNotBeNull()).Distinct().ShouldHaveSingleItem();
        (await ReadBackAsync(id, text)).Raw.ShouldBe("Later");
    }

    [Fact]
    public async Task A_record_is_found_by_its_value_at_once()
    {
        var (by, text) = await KeyAsync();
        var made = Ok(await UpsertAsync(by, New("a", 1, text, "Found"))).ShouldHaveSingleItem();

        var found = Ok(await Session.FindAsync(Facts.Type, by, [ValueOf(by, 1), ValueOf(by, 9)], [text], CancellationToken));

        var record = found.Records.ShouldHaveSingleItem();
        record.Id.ShouldBe(made.Id);
        record.RequestedId.ShouldBe(ValueOf(by, 1));
        record.Values[text.NativeName].Raw.ShouldBe("Found");
        found.Missing.ShouldBe([ValueOf(by, 9)]);
    }

    [Fact]
    public async Task A_field_that_is_not_unique_is_refused()
    {
        var (_, text) = await KeyAsync();

        Refused(await Session.FindAsync(Facts.Type, text, ["x"], [text], CancellationToken), FailureKind.Invalid);
        Refused(
            await UpsertAsync(text, new RecordUpsert("a", "x", new Dictionary<string, NativeValue>())), FailureKind.Invalid);
    }

    [Fact]
    public async Task An_upsert_without_a_value_or_with_the_key_twice_is_a_bug_of_the_caller()
    {
        var (by, text) = await KeyAsync();
        var twice = New("a", 1, by, "x");

        await Should.ThrowAsync<ArgumentException>(() => UpsertAsync(by, New("a", 1, text, "x") with { Value = "" }));
        await Should.ThrowAsync<ArgumentException>(() => UpsertAsync(by, twice));
    }

    [Fact]
    public async Task A_null_is_refused_and_writes_nothing()
    {
        var (by, text) = await KeyAsync();
        Assert.SkipUnless(Fixture.Connector.Descriptor.Values.EmptyTextClears, "A null clears in this CRM.");
        var bare = new RecordUpsert("a", ValueOf(by, 1), new Dictionary<string, NativeValue> { [text.NativeName] = NativeValue.Null });

        Ok(await UpsertAsync(by, bare)).ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);

        Ok(await Session.FindAsync(Facts.Type, by, [ValueOf(by, 1)], [text], CancellationToken)).Records.ShouldBeEmpty();
    }

    private async Task<(FieldDefinition By, FieldDefinition Text)> KeyAsync()
    {
        Needs(ConnectorCapabilities.Upsert);
        var fields = await FieldsAsync(
            Facts.UniqueField.ShouldNotBeNull("A connector that declares upserts needs a fixture with a unique field."), Facts.TextField);
        fields[0].Unique.ShouldBeTrue();
        return (fields[0], fields[1]);
    }

    private string ValueOf(FieldDefinition by, int number) => ValuesOf(number)[by.NativeName];

    private IReadOnlyDictionary<string, string> ValuesOf(int number) =>
        Facts.NewRecord.ShouldNotBeNull("A connector that declares upserts needs a fixture that can make records.")(number);

    private RecordUpsert New(string key, int number, FieldDefinition field, string value)
    {
        var values = ValuesOf(number).Where(pair => pair.Key != Facts.UniqueField)
            .ToDictionary(pair => pair.Key, pair => NativeValue.OfText(pair.Value));
        values[field.NativeName] = NativeValue.OfText(value);
        return new(key, ValuesOf(number)[Facts.UniqueField!], values);
    }

    private Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(FieldDefinition by, params RecordUpsert[] upserts) =>
        Session.UpsertAsync(Facts.Type, by, upserts, CancellationToken);
}
