using Liaison.Connectors;
using Liaison.Connectors.Mapped;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing.Connectors;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors.Mapped;

/// <summary>An upsert through the account's token reaches into no record outside what the user edits.</summary>
public sealed class MappedUpsertTests
{
    private const string Mine = "11";

    private readonly InMemoryConnector connector = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_the_user_edits_is_changed_and_a_new_one_is_theirs()
    {
        var mine = Add("mine@acme.test", Mine);
        var session = Open();

        var outcomes = (await session.UpsertAsync(RecordType.Contact, await ByAsync(session), [Title("a", "mine@acme.test"), Title("b", "new@acme.test")], Token)).Found();

        var changed = outcomes.Single(outcome => outcome.Key == "a");
        (changed.Id, changed.Created).ShouldBe((mine, false));
        connector.Crm.ValueOf(RecordType.Contact, mine, FieldNames.JobTitle).ShouldBe("Head");
        var made = outcomes.Single(outcome => outcome.Key == "b");
        made.Created.ShouldBe(true);
        connector.Crm.ValueOf(RecordType.Contact, made.Id.ShouldNotBeNull(), FieldNames.Owner).ShouldBe(Mine);
        connector.Crm.ValueOf(RecordType.Contact, made.Id, FieldNames.Email).ShouldBe("new@acme.test");
    }

    [Fact]
    public async Task A_record_outside_is_told_like_one_that_is_not_there_and_stays_as_it_is()
    {
        var theirs = Add("theirs@acme.test", "12");
        var session = Open();
        var by = await ByAsync(session);

        var outcomes = (await session.UpsertAsync(RecordType.Contact, by, [Title("a", "theirs@acme.test")], Token)).Found();
        var found = (await session.FindAsync(RecordType.Contact, by, ["theirs@acme.test"], [by], Token)).Found();

        outcomes.ShouldHaveSingleItem().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotFound);
        outcomes[0].Id.ShouldBeNull();
        connector.Crm.ValueOf(RecordType.Contact, theirs, FieldNames.JobTitle).ShouldBeNull();
        connector.Crm.Writes.ShouldBeEmpty();
        found.Records.ShouldBeEmpty();
        found.Missing.ShouldBe(["theirs@acme.test"]);
    }

    [Fact]
    public async Task One_new_value_twice_makes_one_record()
    {
        var session = Open();

        var outcomes = (await session.UpsertAsync(RecordType.Contact, await ByAsync(session), [Title("a", "new@acme.test"), Title("b", "New@acme.test")], Token)).Found();

        outcomes.Select(outcome => outcome.Key).ShouldBe(["a", "b"], ignoreOrder: true);
        outcomes.Select(outcome => outcome.Id).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        connector.Crm.Writes.Count.ShouldBe(1);
    }

    private ScopedSession Open()
    {
        var connection = TestCredentials.Connection(connector.Descriptor);
        var session = connector.OpenSession(
            connection, TestCredentials.Of(connection, CredentialReach.Account, "test", "secret"), new StandInChannel());
        return new(session, connector.Descriptor, new RecordScope(Mine, new HashSet<string> { Mine }, Unowned: false, MayWrite: true));
    }

    private string Add(string email, string owner) => connector.Crm.Add(RecordType.Contact, (FieldNames.Email, email), (FieldNames.Owner, owner));

    private static async Task<FieldDefinition> ByAsync(ScopedSession session) =>
        (await session.DescribeAsync(RecordType.Contact, Token)).Found().Fields[FieldNames.Email];

    private static RecordUpsert Title(string key, string email) =>
        new(key, email, new Dictionary<string, NativeValue> { [$"mem_{FieldNames.JobTitle}"] = NativeValue.OfText("Head") });

    private sealed class StandInChannel : ICrmChannel
    {
        public Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
