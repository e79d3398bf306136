using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>The HubSpot connector over real HTTP against the emulator, in one of the version styles.</summary>
/// <remarks>Thirty contacts, of whom eleven were created in one millisecond, as an import does it.</remarks>
public abstract class EmulatedFixture(string version) : ConnectorFixture
{
    private static readonly string[] ReadScopes = ["oauth", "crm.objects.contacts.read", "crm.objects.companies.read", "crm.schemas.contacts.read"];

    private EmulatedAccount account = null!;
    private ConnectorFacts? facts;

    public override IConnector Connector { get; } = new HubSpotConnector();

    public override ConnectorFacts Facts => facts!;

    public override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var people = Enumerable.Range(1, 30).Select(key => SmallWorld.Person(
            key,
            SmallWorld.Now.AddHours(-40 + (key is > 10 and < 22 ? 10 : key)),
            key <= 7 ? "NEW" : "OPEN",
            key == 3 ? 1 : null)).ToList();
        account = await EmulatedAccount.StartAsync(SmallWorld.Of(people), version, cancellationToken);

        var ids = await account.IdsByAsync("contacts", "email", cancellationToken);
        var companies = await account.IdsByAsync("companies", "name", cancellationToken);
        var byKey = Enumerable.Range(1, 30).ToDictionary(key => key, key => ids[SmallWorld.Email(key)]);
        // A second, plain link beside the primary one of the world; contact to company is type 279 (contracts/hubspot.md 8).
        var link = new[] { new { from = new { id = byKey[3] }, to = new { id = companies["Company 2"] }, types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 279 } } } };
        (await account.PostAsync("/crm/associations/2026-09/contacts/companies/batch/create", new { inputs = link }, cancellationToken)).Dispose();

        (await account.PostAsync(
            "/crm/associations/2026-09/contacts/companies/labels", new { label = "Adviser", name = "adviser" }, cancellationToken)).Dispose();

        facts = new(
            RecordType.Contact,
            [.. byKey.Values],
            new(byKey[4], FieldNames.Email, SmallWorld.Email(4)),
            new(
                new RecordFilter.Compare(FieldNames.LeadStatus, Comparison.Equal, new FieldValue.Option("NEW", "New")),
                [.. Enumerable.Range(1, 7).Select(key => byKey[key])]))
        {
            UnknownId = "999999999999",
            TextField = FieldNames.JobTitle,
            ReadOnlyField = "hs_object_id",
            OwnerEmail = "nils@liaison.test",
            Links = new(
                RecordType.Company, byKey[3], [companies["Company 1"], companies["Company 2"]], companies["Company 1"], byKey[5])
            {
                Label = "Adviser",
            },
            Pipelines = new(RecordType.Deal, "81200300", ["151200301", "151200302", "151200303"], ["151200302", "151200303"]),
            UniqueField = "email",
            NewRecord = number => new Dictionary<string, string> { ["email"] = $"new{number}@small.example", ["firstname"] = "New" },
        };
    }

    public override IConnectorSession OpenSession() => account.Open();

    public override IConnectorSession? OpenUnauthenticated() => account.Open("pat-unknown");

    public override IConnectorSession? OpenReadOnly()
    {
        var token = account.TokenOf("manager");
        account.PostAsync("/_emulator/tokens", new { token, scopes = ReadScopes }, CancellationToken.None).GetAwaiter().GetResult().Dispose();
        return account.Open(token);
    }

    public override async ValueTask SettleAsync(CancellationToken cancellationToken) => await account.SettleAsync(cancellationToken);

    public override async ValueTask<bool> FailNextAsync(CrmOperation operation, FailureKind kind, CancellationToken cancellationToken)
    {
        var fault = (operation, kind) switch
        {
            (CrmOperation.Query, FailureKind.RateLimited) => "secondly",
            (_, FailureKind.RateLimited) => "burst",
            (_, FailureKind.Unavailable) => "html-502",
            (_, FailureKind.Ambiguous) => "cut-after-commit",
            _ => null,
        };
        var path = operation switch
        {
            CrmOperation.Query => "*/search",
            CrmOperation.Write => "*/batch/update",
            CrmOperation.WriteAssociations => "*/batch/associate/default",
            CrmOperation.Delete => "*/contacts/batch/archive",
            _ => "*/batch/read",
        };
        if (fault is null)
        {
            return false;
        }

        (await account.PostAsync("/_emulator/faults", new { kind = fault, operation = $"POST {path}", count = 1 }, cancellationToken)).Dispose();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await account.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class September2026() : EmulatedFixture("2026-09");

public sealed class March2026() : EmulatedFixture("2026-03");

public sealed class Legacy() : EmulatedFixture("v3");
