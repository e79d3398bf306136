using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.HubSpot.Declaration;

/// <summary>What each feature needs to be granted; section 2.3 of contracts/hubspot.md. Sensitive values are never asked for.</summary>
internal static class HubSpotScopes
{
    internal static IReadOnlyList<ScopeRequirement> All { get; } =
    [
        Read("read contacts", "crm.objects.contacts.read") with { Records = [RecordType.Contact] },
        Read("read companies", "crm.objects.companies.read") with { Records = [RecordType.Company] },
        Read("read deals", "crm.objects.deals.read") with { Records = [RecordType.Deal] },
        Read("read tickets", "tickets", "crm.objects.tickets.read") with { Records = [RecordType.Ticket] },
        Read("read leads", "crm.objects.leads.read") with { Records = [RecordType.Lead] },
        Read("read notes, calls, meetings and tasks", "crm.objects.contacts.read", "crm.objects.notes.read", "crm.objects.tasks.read"),
        Read("read the text of e-mails", "sales-email-read"),
        Read("map users to owners and teams", "crm.objects.owners.read"),
        Read("read the fields of contacts", "crm.schemas.contacts.read", "crm.objects.contacts.read"),
        Read("read custom objects", "crm.objects.custom.read") with { OnRequest = true },
        Read("read the fields of custom objects", "crm.schemas.custom.read") with { OnRequest = true },
        Write("update custom objects", "crm.objects.custom.write") with { OnRequest = true },
        Write("score and update contacts", "crm.objects.contacts.write") with { Records = [RecordType.Contact] },
        Write("update companies", "crm.objects.companies.write") with { Records = [RecordType.Company] },
        Write("update deals", "crm.objects.deals.write") with { Records = [RecordType.Deal] },
        Write("update tickets", "tickets", "crm.objects.tickets.write") with { Records = [RecordType.Ticket] },
        Write("update leads", "crm.objects.leads.write") with { Records = [RecordType.Lead] },
        Write("create notes and tasks", "crm.objects.contacts.write", "crm.objects.notes.write", "crm.objects.tasks.write"),
        Write("create fields of contacts", "crm.schemas.contacts.write"),
    ];

    private static ScopeRequirement Read(string feature, params string[] anyOf) => new(feature, anyOf, Write: false);

    private static ScopeRequirement Write(string feature, params string[] anyOf) => new(feature, anyOf, Write: true);
}
