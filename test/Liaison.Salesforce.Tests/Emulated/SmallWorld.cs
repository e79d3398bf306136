using Liaison.Emulators.World;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Worlds whose every fact is known because a test states it.</summary>
internal static class SmallWorld
{
    internal static readonly DateTimeOffset Now = new(2026, 9, 15, 9, 0, 0, TimeSpan.Zero);

    internal static CrmWorld Of(IReadOnlyList<WorldPerson> people, int companies = 3, IReadOnlyList<WorldDeal>? deals = null) => new(
        1,
        Now,
        [new(1, "North"), new(2, "South")],
        [
            new(1, "Mara", "Lead", "mara@liaison.test", WorldRole.Manager, null, true, "Europe/Berlin"),
            new(2, "Nils", "North", "nils@liaison.test", WorldRole.Rep, 1, true, "Europe/Berlin"),
            new(3, "Sara", "South", "sara@liaison.test", WorldRole.Rep, 2, true, "Europe/Berlin"),
            new(4, "Gone", "Away", "gone@liaison.test", WorldRole.Rep, 2, false, "Europe/Berlin"),
        ],
        [.. Enumerable.Range(1, companies).Select(Company)],
        people,
        deals ?? [],
        []);

    /// <summary>Makes a person who can be told by the number in the address.</summary>
    internal static WorldPerson Person(
        int key, DateTimeOffset createdAt, string? leadStatus = "OPEN", int? company = null, string? jobTitle = "Engineer", int? owner = 2) => new(
        key, $"First{key}", $"Last{key}", Email(key), null, null, jobTitle, "Berlin", null, "Germany", "de", leadStatus, "lead", null,
        OptedOut: false, PageViews: key, Visits: 1, EmailsOpened: 0, LastActivityAt: null, company, owner, createdAt, createdAt, DuplicateOf: null,
        new Dictionary<string, string?>());

    /// <summary>Makes a deal with some people, the first of whom decides.</summary>
    internal static WorldDeal Deal(int key, params int[] people) => new(
        key, $"Deal {key}", "qualifiedtobuy", 1_000m * key, "EUR", new DateOnly(2026, 12, 1), 1, people, 2, Now.AddDays(-9), Now.AddDays(-9));

    internal static string Email(int key) => $"person{key}@small.example";

    private static WorldCompany Company(int key) => new(
        key, $"Company {key}", $"company{key}.example", null, 50, 1_000_000, "Berlin", null, "Germany", null, null, "Europe/Berlin", 2,
        Now.AddYears(-1), Now.AddYears(-1), null);
}
