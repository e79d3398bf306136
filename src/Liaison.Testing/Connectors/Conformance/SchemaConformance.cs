using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A session tells who it is, what fields there are and who owns records.</summary>
public abstract class SchemaConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task A_session_knows_its_account()
    {
        var identity = Ok(await Session.IdentifyAsync(CancellationToken));

        identity.AccountId.ShouldNotBeNullOrWhiteSpace();
        identity.CredentialKind.ShouldNotBeNullOrWhiteSpace();
        identity.Reach.ShouldBe(Facts.Reach);
    }

    [Fact]
    public async Task A_schema_gives_canonical_names_and_finds_a_field_by_either()
    {
        var schema = Ok(await Session.DescribeAsync(Facts.Type, CancellationToken));

        var field = schema.Find(Facts.Known.Field).ShouldNotBeNull();
        schema.Type.ShouldBe(Facts.Type);
        field.Name.ShouldBe(Facts.Known.Field);
        schema.Find(field.NativeName).ShouldBe(field);
        schema.Fields.ShouldAllBe(pair => pair.Key == pair.Value.Name && pair.Value.Label.Length > 0);
        schema.DefaultCurrency.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_schema_tells_what_can_be_written()
    {
        var schema = Ok(await Session.DescribeAsync(Facts.Type, CancellationToken));

        schema.Find(Facts.TextField).ShouldNotBeNull().Writable.ShouldBeTrue();
        schema.Find(FieldNames.Created).ShouldNotBeNull().Type.ShouldBe(FieldType.Instant);
        if (Facts.ReadOnlyField is { } readOnly)
        {
            schema.Find(readOnly).ShouldNotBeNull().Writable.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_not_found() =>
        Refused(await Session.DescribeAsync(Facts.UnknownType, CancellationToken), FailureKind.NotFound);

    [Theory]
    [InlineData("..")]
    [InlineData("../../oauth")]
    [InlineData("a/b?c=d#e")]
    [InlineData("")]
    public async Task A_type_name_cannot_leave_its_place_in_a_path(string name) =>
        Refused(await Session.DescribeAsync(new RecordType(name), CancellationToken), FailureKind.NotFound);

    [Fact]
    public async Task The_users_who_own_records_are_listed_once_each()
    {
        var users = Ok(await Session.ListUsersAsync(CancellationToken));

        users.ShouldContain(user => user.Email == Facts.OwnerEmail && user.OwnerId.Length > 0 && user.Active);
        users.Select(user => user.OwnerId).ShouldBeUnique();
    }

    [Fact]
    public async Task A_created_field_is_there_and_can_be_written()
    {
        Needs(ConnectorCapabilities.CreateField);

        Ok(await Session.CreateFieldAsync(Facts.Type, Facts.NewField, CancellationToken));
        var schema = Ok(await Fixture.OpenSession().DescribeAsync(Facts.Type, CancellationToken));

        var field = schema.Find(Facts.NewField.NativeName).ShouldNotBeNull();
        field.Type.ShouldBe(Facts.NewField.Type);
        field.Writable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_field_is_not_created_twice()
    {
        Needs(ConnectorCapabilities.CreateField);

        Ok(await Session.CreateFieldAsync(Facts.Type, Facts.NewField, CancellationToken));

        Refused(await Session.CreateFieldAsync(Facts.Type, Facts.NewField, CancellationToken), FailureKind.Duplicate);
    }
}
