using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing.Connectors;
using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.InMemory;

/// <summary>An account in memory with thirty contacts and three companies.</summary>
public abstract class MemoryFixture(InMemoryConnector connector) : ConnectorFixture
{
    private ConnectorFacts? facts;

    public override IConnector Connector => connector;

    public override ConnectorFacts Facts => facts!;

    public override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var crm = connector.Crm;
        var ids = Enumerable.Range(0, 30).Select(number => crm.Add(
            RecordType.Contact,
            (FieldNames.Email, $"person{number}@example.test"),
            (FieldNames.JobTitle, "Engineer"),
            (FieldNames.LeadStatus, number < 7 ? "NEW" : "OPEN"))).ToList();
        var companies = Enumerable.Range(0, 3).Select(number => crm.Add(RecordType.Company, (FieldNames.Name, $"Company {number}"))).ToList();
        crm.Link(RecordType.Contact, ids[3], RecordType.Company, companies[0], primary: true);
        crm.Link(RecordType.Contact, ids[3], RecordType.Company, companies[1]);
        crm.AddLabel(RecordType.Contact, RecordType.Company, "Adviser");
        crm.AddUser(new("11", "1", "rep@example.test", "A Rep", Active: true, []));

        facts = new(
            RecordType.Contact,
            ids,
            new(ids[4], FieldNames.Email, "person4@example.test"),
            new(
                new RecordFilter.Compare(FieldNames.LeadStatus, Comparison.Equal, new FieldValue.Option("NEW", "New")),
                [.. ids.Take(7)]))
        {
            UnknownId = "999999",
            TextField = FieldNames.JobTitle,
            ReadOnlyField = $"mem_{FieldNames.Created}",
            OwnerEmail = "rep@example.test",
            Links = new(RecordType.Company, ids[3], [companies[0], companies[1]], companies[0], ids[5]) { Label = "Adviser" },
            Pipelines = new(RecordType.Deal, "default", ["open", "won", "lost"], ["won", "lost"]),
            UniqueField = $"mem_{FieldNames.Email}",
            NewRecord = number => new Dictionary<string, string> { [$"mem_{FieldNames.Email}"] = $"new{number}@example.test" },
        };
        return ValueTask.CompletedTask;
    }

    public override IConnectorSession OpenSession()
    {
        var connection = TestCredentials.Connection(connector.Descriptor);
        var credential = TestCredentials.Of(connection, CredentialReach.Account, "test", "secret");

        return connector.OpenSession(connection, credential, new NoChannel());
    }

    public override ValueTask<bool> FailNextAsync(CrmOperation operation, FailureKind kind, CancellationToken cancellationToken)
    {
        connector.Crm.FailNext(operation, new(kind, "As the test wants it."));
        return ValueTask.FromResult(true);
    }

    private sealed class NoChannel : ICrmChannel
    {
        public Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The in-memory connector sends nothing.");
    }
}

/// <summary>The in-memory connector with all that it can do.</summary>
public sealed class InMemoryFixture() : MemoryFixture(
    new InMemoryConnector(new InMemoryCrm(), jobs: new JobDescriptor { Rows = 5, CallsOfRead = 2, CallsOfWrite = 4 }));

/// <summary>The in-memory connector as one that can only read, so that the refusals are tested as well.</summary>
public sealed class BareMemoryFixture() : MemoryFixture(new InMemoryConnector(new InMemoryCrm(), ConnectorCapabilities.None));
