using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Globalization;

namespace Liaison.Emulators.World.Loading;

/// <summary>The canonical person fields by the names that a map uses, each with how it takes a cell.</summary>
internal static class PersonFields
{
    private static readonly string[] s_statuses =
        ["NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"];

    private static readonly string[] s_stages =
    [
        "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other",
    ];

    // Each gives null where the text does not fit the field.
    private static readonly FrozenDictionary<string, Func<WorldPerson, string, WorldPerson?>> s_setters =
        new Dictionary<string, Func<WorldPerson, string, WorldPerson?>>
        {
            ["first_name"] = (person, text) => person with { FirstName = text },
            ["last_name"] = (person, text) => person with { LastName = text },
            ["email"] = (person, text) => person with { Email = text },
            ["phone"] = (person, text) => person with { Phone = text },
            ["mobile_phone"] = (person, text) => person with { MobilePhone = text },
            ["job_title"] = (person, text) => person with { JobTitle = text },
            ["city"] = (person, text) => person with { City = text },
            ["state"] = (person, text) => person with { State = text },
            ["country"] = (person, text) => person with { Country = text },
            ["language"] = (person, text) => person with { Language = text },
            ["source"] = (person, text) => person with { Source = text },
            ["lead_status"] = (person, text) => s_statuses.Contains(text) ? person with { LeadStatus = text } : null,
            ["lifecycle_stage"] = (person, text) => s_stages.Contains(text) ? person with { LifecycleStage = text } : null,
            ["opted_out"] = (person, text) => Cell.Flag(text) is { } flag ? person with { OptedOut = flag } : null,
            ["page_views"] = (person, text) => Cell.Whole(text) is { } count ? person with { PageViews = count } : null,
            ["visits"] = (person, text) => Cell.Whole(text) is { } count ? person with { Visits = count } : null,
            ["emails_opened"] = (person, text) => Cell.Whole(text) is { } count ? person with { EmailsOpened = count } : null,
            ["last_activity_at"] = (person, text) => Cell.Instant(text) is { } at ? person with { LastActivityAt = at } : null,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => s_setters.Keys;

    public static WorldPerson Blank(int key, DateTimeOffset created) => new(
        key, null, null, null, null, null, null, null, null, null, null, null, null, null, OptedOut: false, null, null, null, null,
        CompanyKey: null, OwnerKey: null, created, created, DuplicateOf: null, ReadOnlyDictionary<string, string?>.Empty);

    public static WorldPerson? Set(WorldPerson person, string field, string text) => s_setters[field](person, text);

    public static bool Accepts(string field, string text) => Set(Blank(0, default), field, text) is not null;

    public static string Expected(string field) => field switch
    {
        "lead_status" => string.Join(", ", s_statuses),
        "lifecycle_stage" => string.Join(", ", s_stages),
        "opted_out" => "yes or no",
        "page_views" or "visits" or "emails_opened" => "a whole number",
        "last_activity_at" => "a date as in 2026-03-02",
        _ => "text",
    };
}

/// <summary>Takes a cell's text as a value of some type; <see langword="null"/> where it is none.</summary>
internal static class Cell
{
    public static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "Y" or "TRUE" or "1" => true,
        "NO" or "N" or "FALSE" or "0" => false,
        _ => null,
    };

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int? Whole(string text) =>
        Number(text) is { } number && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
