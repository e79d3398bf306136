using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>A hand-made world: two teams, a few owners, as many contacts and companies as a test asks for.</summary>
internal static class SmallWorld
{
    public static DateTimeOffset Now { get; } = new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero);

    public static CrmWorld Of(int people = 30, int companies = 6, int deals = 6, int activities = 12) => new(
        7,
        Now,
        [new WorldTeam(1, "North"), new WorldTeam(2, "South")],
        [
            new WorldOwner(1, "Mara", "Boss", "mara@house.test", WorldRole.Manager, null, true, "Europe/Berlin"),
            new WorldOwner(2, "Nora", "Nord", "nora@house.test", WorldRole.Rep, 1, true, "Europe/Berlin"),
            new WorldOwner(3, "Said", "Sued", "said@house.test", WorldRole.Rep, 2, true, "Europe/Berlin"),
            new WorldOwner(4, "Nils", "Kein", "nils@house.test", WorldRole.None, null, true, "Europe/Berlin"),
            new WorldOwner(5, "Gone", "Away", "gone@house.test", WorldRole.Rep, 1, false, "Europe/Berlin"),
        ],
        [.. Enumerable.Range(1, companies).Select(Company)],
        [.. Enumerable.Range(1, people).Select(key => Person(key, companies))],
        [.. Enumerable.Range(1, deals).Select(key => Deal(key, companies, people))],
        [.. Enumerable.Range(1, activities).Select(key => Activity(key, people, companies))]);

    private static WorldCompany Company(int key) => new(
        key, $"Company {key}", $"company{key}.test", key % 2 == 0 ? "Retail" : "moon farming", 10 * key, 1_000_000m * key, "Berlin", null, "Germany",
        "+49 30 123", "Makes things.", "Europe/Berlin", OwnerOf(key), Now.AddDays(-100), Now.AddDays(-2), null);

    private static WorldPerson Person(int key, int companies) => new(
        key, $"First{key}", key % 5 == 0 ? null : $"Last{key}", $"person{key}@company{(key % Math.Max(1, companies)) + 1}.test", "+49 171 100200", "+49 171 999", "Engineer",
        "Berlin", null, "Germany", "de", "NEW", "lead", "ORGANIC_SEARCH", key % 7 == 0, key, key / 2, 1, Now.AddDays(-key), companies == 0 ? null : (key % companies) + 1,
        OwnerOf(key), Now.AddDays(-10).AddMinutes(key), Now.AddDays(-1).AddMinutes(key), null, new Dictionary<string, string?>());

    private static WorldDeal Deal(int key, int companies, int people) => new(
        key, $"Deal {key}", "qualifiedtobuy", 1000.50m * key, "EUR", new DateOnly(2026, 12, 31), companies == 0 ? null : (key % companies) + 1,
        people == 0 ? [] : [(key % people) + 1], OwnerOf(key), Now.AddDays(-20), Now.AddDays(-3));

    private static WorldActivity Activity(int key, int people, int companies) => new(
        key, (WorldActivityKind)(key % 5), Now.AddDays(-key), $"Subject {key}", $"<p>Body {key}</p>", key % 2 == 0, people == 0 ? [] : [(key % people) + 1],
        companies == 0 ? null : (key % companies) + 1, null, OwnerOf(key));

    /// <summary>North, south, nobody, in turn.</summary>
    private static int? OwnerOf(int key) => (key % 3) switch { 0 => 2, 1 => 3, _ => null };
}
