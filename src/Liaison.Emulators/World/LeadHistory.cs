namespace Liaison.Emulators.World;

/// <summary>When people were created and what has happened to them since.</summary>
internal sealed class LeadHistory(Dice dice, WorldOptions options)
{
    // An hour short of the day, so that a run which starts late still finds all of them in "the last 24 hours".
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(23);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_history = TimeSpan.FromDays(6 * 365);
    private static readonly TimeSpan s_stale = TimeSpan.FromDays(2 * 365);

    private static readonly string?[] s_statuses =
        ["NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING", null];

    private static readonly string?[] s_stages =
        ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other", null];

    private readonly IReadOnlyList<string> _sources = PartsFile.Read("shared")["source"];

    /// <summary>One instant a person, oldest first; the last of them within the last day.</summary>
    public List<DateTimeOffset> CreationTimes()
    {
        var latest = options.Now.AddMilliseconds(-1);
        var older = new List<DateTimeOffset>(options.Contacts);
        var fresh = new List<DateTimeOffset>(options.FreshLeads);

        for (var person = options.FreshLeads; person < options.Contacts; person++)
        {
            older.Add(dice.Instant(options.Now - s_history, latest - s_day));
        }

        for (var person = 0; person < options.FreshLeads; person++)
        {
            fresh.Add(dice.Instant(latest - s_fresh, latest));
        }

        older.Sort();
        fresh.Sort();
        older.AddRange(fresh);

        return older;
    }

    public WorldPerson Apply(WorldPerson person, DateTimeOffset created)
    {
        var isNew = options.Now - created < s_day;
        var source = dice.Pick(_sources);
        var visits = Visits(source);

        return person with
        {
            LeadStatus = isNew ? "NEW" : s_statuses[dice.Weighted(12, 12, 10, 7, 14, 15, 12, 6, 12)],
            LifecycleStage = isNew
                ? s_stages[dice.Weighted(12, 66, 12, 2, 0, 0, 0, 1, 7)]
                : s_stages[dice.Weighted(14, 34, 12, 9, 9, 13, 1, 2, 6)],
            Source = dice.Chance(0.03) ? null : source,
            Visits = visits,
            PageViews = visits is { } count ? count * dice.Between(1, 4) + (count > 0 ? dice.Below(3) : 0) : null,
            EmailsOpened = dice.Chance(0.4) ? null : dice.Chance(0.4) ? 0 : dice.Between(1, 12),
            LastActivityAt = LastActivity(created, isNew),
            OwnerKey = Owner(person.OwnerKey, isNew),
            CreatedAt = created,
            UpdatedAt = dice.Instant(created, options.Now),
        };
    }

    private int? Visits(string source)
    {
        if (source == "OFFLINE" || dice.Chance(MessRates.NoVisits))
        {
            return null;
        }

        // Leads: after zero the counts fall by about a quarter from each to the next.
        var visits = dice.Chance(MessRates.ZeroVisits) ? 0 : 1;

        while (visits is > 0 and < 40 && dice.Chance(0.75))
        {
            visits++;
        }

        return visits;
    }

    private DateTimeOffset? LastActivity(DateTimeOffset created, bool isNew)
    {
        // A new entry may bring an old history along: lists imported from another system do.
        if (dice.Chance(isNew ? MessRates.StaleAmongNew : MessRates.Stale))
        {
            return dice.Instant(options.Now - s_history, options.Now - s_stale);
        }

        return dice.Chance(isNew ? MessRates.NeverActiveAmongNew : MessRates.NeverActive) ? null : dice.Instant(created, options.Now);
    }

    private int? Owner(int? companyOwner, bool isNew)
    {
        var unowned = isNew ? MessRates.UnownedAmongNew : MessRates.Unowned;

        return companyOwner is not null && dice.Chance(0.6 * (1 - unowned)) ? companyOwner : Seats.Draw(dice, unowned);
    }
}
