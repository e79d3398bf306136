using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>The scopes that the emulated account knows.</summary>
internal static class Scopes
{
    public const string JournalRead = "webhooks-journal-data-access";
    public const string JournalSnapshots = "webhooks-journal-snapshot-management";
    public const string JournalSubscriptionRead = "webhooks-journal-subscription-read";
    public const string JournalSubscriptionWrite = "webhooks-journal-subscription-management";

    private static readonly string[] Families =
        ["contacts", "companies", "deals", "tickets", "leads", "custom", "notes", "tasks", "calls", "emails", "meetings", "users"];

    /// <summary>Gets what an app is granted for itself, without a user (contract section 11).</summary>
    public static IReadOnlyList<string> OfApps { get; } = [JournalRead, JournalSnapshots, JournalSubscriptionRead, JournalSubscriptionWrite];

    /// <summary>Gets what a fully granted token holds; sensitive reads are never in it (contract section 2.2).</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "oauth", "tickets", "sales-email-read", "settings.users.read", "settings.users.write", "settings.users.teams.read", "settings.users.teams.write",
        "crm.lists.read", "crm.lists.write", "crm.import", "crm.export",
        "settings.currencies.read", "settings.currencies.write", "crm.objects.owners.read",
        .. Families.Select(family => $"crm.objects.{family}.read"),
        .. Families.Select(family => $"crm.objects.{family}.write"),
        .. Families.Select(family => $"crm.schemas.{family}.read"),
        .. Families.Select(family => $"crm.schemas.{family}.write"),
    ];

    /// <summary>Gives the scopes that a user's own rights allow a user-level app.</summary>
    public static IReadOnlyList<string> For(WorldRole role) => role switch
    {
        WorldRole.Manager => All,
        WorldRole.Rep => [.. All.Where(scope => scope is not ("settings.users.write" or "settings.users.teams.write" or "crm.import" or "crm.export") && !(scope.StartsWith("crm.schemas.", StringComparison.Ordinal) && scope.EndsWith(".write", StringComparison.Ordinal)))],

        // A seat without rights to records still opens the doors; behind them nothing is to be seen.
        WorldRole.None => [.. All.Where(scope => scope.EndsWith(".read", StringComparison.Ordinal) || scope is "oauth" or "tickets")],
    };

    /// <summary>Gives the scopes of which one opens reading or writing records of a family.</summary>
    public static IReadOnlyList<string> ForRecords(string family, bool write)
    {
        var verb = write ? "write" : "read";
        return family switch
        {
            "tickets" => ["tickets", $"crm.objects.tickets.{verb}"],

            // Activities go by the contacts scopes, or by their own (contract section 2.3).
            "notes" or "tasks" or "calls" or "emails" or "meetings" => [$"crm.objects.contacts.{verb}", $"crm.objects.{family}.{verb}"],
            _ => [$"crm.objects.{family}.{verb}"],
        };
    }

    /// <summary>Gives the scopes of which one opens definitions: any object scope will do for reading.</summary>
    public static IReadOnlyList<string> ForDefinitions(string family, bool write) => write
        ? [$"crm.schemas.{family}.write", .. ForRecords(family, write: true)]
        : [.. Families.Select(known => $"crm.objects.{known}.read"), .. Families.Select(known => $"crm.schemas.{known}.read"), "tickets"];
}
