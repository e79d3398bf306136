using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>Reads by id give each record or say that it is missing, with the asked fields and no other.</summary>
public abstract class ReadConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private int BatchSize => Fixture.Connector.Descriptor.Operations[CrmOperation.Read].BatchSize;

    [Fact]
    public async Task Records_come_by_their_ids()
    {
        var fields = await FieldsAsync(Facts.Known.Field);
        var ids = Facts.Ids.Take(BatchSize).Union([Facts.Known.Id]).TakeLast(BatchSize).ToList();

        var batch = Ok(await Session.ReadAsync(Facts.Type, ids, fields, CancellationToken));

        batch.Missing.ShouldBeEmpty();
        batch.Records.Select(record => record.Id).ShouldBe(ids, ignoreOrder: true);
        batch.Records.ShouldAllBe(record => record.Type == Facts.Type && record.RequestedId == null && record.CreatedAt != null);
        batch.Records.Single(record => record.Id == Facts.Known.Id).Values[fields[0].NativeName].Raw.ShouldBe(Facts.Known.Raw);
    }

    [Fact]
    public async Task An_id_without_a_record_is_missing_and_costs_no_other()
    {
        var fields = await FieldsAsync(Facts.Known.Field);

        var batch = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[1], Facts.UnknownId, Facts.Ids[0]], fields, CancellationToken));

        batch.Missing.ShouldBe([Facts.UnknownId]);
        batch.Records.Select(record => record.Id).ShouldBe([Facts.Ids[0], Facts.Ids[1]], ignoreOrder: true);
    }

    [Fact]
    public async Task Only_unknown_ids_are_all_missing()
    {
        var batch = Ok(await Session.ReadAsync(Facts.Type, [Facts.UnknownId], await FieldsAsync(Facts.Known.Field), CancellationToken));

        batch.Missing.ShouldBe([Facts.UnknownId]);
        batch.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_asked_for_twice_is_given_once()
    {
        var batch = Ok(await Session.ReadAsync(
            Facts.Type, [Facts.Ids[0], Facts.Ids[0]], await FieldsAsync(Facts.Known.Field), CancellationToken));

        batch.Records.ShouldHaveSingleItem().Id.ShouldBe(Facts.Ids[0]);
    }

    [Fact]
    public async Task No_id_gives_no_record() =>
        Ok(await Session.ReadAsync(Facts.Type, [], await FieldsAsync(Facts.Known.Field), CancellationToken)).Records.ShouldBeEmpty();

    [Fact]
    public async Task Only_the_asked_fields_come()
    {
        var fields = await FieldsAsync(Facts.Known.Field, Facts.TextField);

        var batch = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[0]], fields, CancellationToken));

        batch.Records[0].Values.Keys.ShouldBe(fields.Select(field => field.NativeName).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public async Task A_field_that_the_type_lacks_is_missing_and_not_null()
    {
        IReadOnlyList<FieldDefinition> fields =
        [
            .. await FieldsAsync(Facts.Known.Field), new(Facts.UnknownField, Facts.UnknownField, "Unknown", FieldType.Text),
        ];

        var batch = Ok(await Session.ReadAsync(Facts.Type, [Facts.Ids[0]], fields, CancellationToken));

        batch.Records[0].Values[Facts.UnknownField].Kind.ShouldBe(NativeKind.Missing);
    }

    [Fact]
    public async Task An_empty_field_is_null_and_not_missing()
    {
        Needs(ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "")], CancellationToken));

        var value = await ReadBackAsync(Facts.Ids[0], field);

        value.Kind.ShouldNotBe(NativeKind.Missing);
        string.IsNullOrEmpty(value.Raw).ShouldBeTrue();
    }

    [Fact]
    public async Task A_read_of_an_unknown_type_is_not_found() =>
        Refused(await Session.ReadAsync(Facts.UnknownType, [Facts.Ids[0]], [], CancellationToken), FailureKind.NotFound);

    [Fact]
    public async Task A_batch_past_the_declared_size_is_a_bug_of_the_caller()
    {
        IReadOnlyList<string> ids = [.. Enumerable.Range(1, BatchSize + 1).Select(number => $"{number}")];

        await Should.ThrowAsync<ArgumentException>(() => Session.ReadAsync(Facts.Type, ids, [], CancellationToken));
    }
}
