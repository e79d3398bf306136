using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing.Connectors.Conformance;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>The Salesforce connector over real HTTP against the emulator.</summary>
/// <remarks>Thirty contacts, of whom eleven were created in one second, as an import does it.</remarks>
public abstract class EmulatedFixture(string version) : ConnectorFixture
{
    private EmulatedOrg org = null!;
    private ConnectorFacts? facts;

    public override IConnector Connector { get; } = new SalesforceConnector();

    public override ConnectorFacts Facts => facts!;

    public override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var people = Enumerable.Range(1, 30).Select(key => SmallWorld.Person(
            key,
            SmallWorld.Now.AddHours(-40 + (key is > 10 and < 22 ? 10 : key)),
            key <= 7 ? "NEW" : "OPEN",
            key == 3 ? 1 : null)).ToList();
        org = await EmulatedOrg.StartAsync(
            SmallWorld.Of(people, deals: [SmallWorld.Deal(1, 3, 9), SmallWorld.Deal(2, 8, 3)]),
            cancellationToken,
            version,
            options => options.AiFields = true);

        var ids = await org.IdsByAsync("Contact", "Email", cancellationToken);
        var byKey = Enumerable.Range(1, 30).ToDictionary(key => key, key => ids[SmallWorld.Email(key)]);
        facts = new(
            RecordType.Contact,
            [.. byKey.Values],
            new(byKey[4], FieldNames.Email, SmallWorld.Email(4)),
            new(
                new RecordFilter.Compare(FieldNames.LeadStatus, Comparison.Equal, new FieldValue.Option("NEW", "New")),
                [.. Enumerable.Range(1, 7).Select(key => byKey[key])]))
        {
            // Of the right form and prefix, and given to nobody.
            UnknownId = "003000000000999AAA",
            TextField = FieldNames.JobTitle,
            ReadOnlyField = "CreatedDate",
            OwnerEmail = "nils@liaison.test",
            Links = await LinksAsync(org, byKey, cancellationToken),
            Reach = CredentialReach.User,

            // The stages of a new organisation; the master record type has the same id in every one.
            Pipelines = new(
                RecordType.Deal,
                "012000000000000AAA",
                [
                    "Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis",
                    "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost",
                ],
                ["Closed Won", "Closed Lost"]),
            UniqueField = "Liaison_Key__c",
            NewRecord = number => new Dictionary<string, string> { ["LastName"] = $"New{number}", ["Liaison_Key__c"] = $"new-{number}" },
        };
    }

    public override IConnectorSession OpenSession() => org.Open();

    public override async ValueTask PassAsync(TimeSpan time, CancellationToken cancellationToken) =>
        (await org.PostAsync("/_emulator/clock", new { seconds = time.TotalSeconds }, cancellationToken)).Dispose();

    public override IConnectorSession? OpenUnauthenticated() => org.Open("00Dunknown!token");

    public override IConnectorSession? OpenReadOnly()
    {
        foreach (var sobject in new[] { "Contact", "Opportunity", "OpportunityContactRole", "Task" })
        {
            var profile = new { profile = "Manager", @object = sobject, create = false, edit = false, delete = false, modifyAll = false };
            org.PostAsync("/_emulator/rights", profile, CancellationToken.None).GetAwaiter().GetResult().Dispose();
        }

        return org.Open(org.TokenOf("manager"));
    }

    public override async ValueTask<bool> FailNextAsync(CrmOperation operation, FailureKind kind, CancellationToken cancellationToken)
    {
        var fault = kind switch
        {
            FailureKind.RateLimited => "concurrency",
            FailureKind.Unavailable => "unavailable",
            FailureKind.Ambiguous => "cut-after-commit",
            FailureKind.Unauthenticated => "expired",
            FailureKind.QuotaExhausted => "daily",
            _ => null,
        };
        var called = operation switch
        {
            CrmOperation.Query => "GET /query",
            CrmOperation.Write => "PATCH /composite/sobjects",
            CrmOperation.WriteAssociations => "* /composite/sobjects",
            CrmOperation.Delete => "DELETE /composite/sobjects",
            CrmOperation.Describe => "GET /sobjects/*/describe",
            _ => "POST /composite/sobjects/*",
        };
        if (fault is null)
        {
            return false;
        }

        await org.TroubleAsync(fault, called, 1, cancellationToken);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await org.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<LinkFacts> LinksAsync(EmulatedOrg org, Dictionary<int, string> contacts, CancellationToken cancellationToken);
}

/// <summary>The newest version, with links that are rows of their own: the parts that contacts play in deals.</summary>
public sealed class RolesV66() : EmulatedFixture("v66.0")
{
    private protected override async Task<LinkFacts> LinksAsync(EmulatedOrg org, Dictionary<int, string> contacts, CancellationToken cancellationToken)
    {
        var deals = await org.IdsByAsync("Opportunity", "Name", cancellationToken);
        return new(RecordType.Deal, contacts[3], [deals["Deal 1"], deals["Deal 2"]], deals["Deal 1"], contacts[5]) { Label = "Evaluator" };
    }
}

/// <summary>The oldest version, with links that a field of the other side holds: the contacts' tasks.</summary>
public sealed class FieldsV60() : EmulatedFixture("v60.0")
{
    private protected override async Task<LinkFacts> LinksAsync(EmulatedOrg org, Dictionary<int, string> contacts, CancellationToken cancellationToken)
    {
        var tasks = new List<string>();
        foreach (var subject in new[] { "First", "Second" })
        {
            tasks.Add(await org.MakeAsync("Task", new { Subject = subject, WhoId = contacts[3] }, cancellationToken));
        }

        return new(RecordType.Task, contacts[3], tasks, null, contacts[5]) { OneEach = true };
    }
}
