using Liaison.Emulators.Hosting;
using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.HubSpot;

/// <summary>How the emulated HubSpot account behaves.</summary>
public sealed class HubSpotEmulatorOptions
{
    /// <summary>Gets or sets the port on 127.0.0.1.</summary>
    /// <value>The default is 0: any free port.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets whether requests are throttled.</summary>
    /// <value>The default is <see cref="LimitMode.Real"/>.</value>
    public LimitMode Limits { get; set; } = LimitMode.Real;

    /// <summary>Gets or sets the allowance of <c>pat-demo</c>: free-starter, professional, enterprise, pack or oauth.</summary>
    /// <value>The default is "professional": 190 requests in ten seconds, 650,000 a day.</value>
    public string LimitProfile { get; set; } = "professional";

    /// <summary>Gets or sets a value indicating whether the five AI fields exist on contacts from the start.</summary>
    public bool AiFields { get; set; }

    /// <summary>Gets or sets the contact properties that a loaded file brings along.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<LoadedProperty> Properties { get; set; } = [];

    /// <summary>Gets or sets the seed of everything that varies: the order of batch answers, ids of errors, tokens, faults.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets how long a write stays unseen by search.</summary>
    /// <value>The default is 5 seconds; zero makes search see writes at once.</value>
    public TimeSpan SearchLag { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long an OAuth access token lives.</summary>
    /// <value>The default is 30 minutes.</value>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets a value indicating whether a refresh gives a new refresh token and spends the old one.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RotateRefreshTokens { get; set; }

    /// <summary>Gets or sets a value indicating whether <c>toObjectId</c> of an association is a JSON string, as in the published description, and not a number, as in recordings.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AssociationIdsAsStrings { get; set; }

    /// <summary>Gets or sets a value indicating whether partly failed batches of version 2026-09 answer 207, as older versions do, and not the plain status of its published description.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool MultiStatusInSeptember2026 { get; set; }

    /// <summary>Gets or sets a value indicating whether a merge makes a third record and leaves neither of the two ids.</summary>
    /// <value>The default is <see langword="false"/>: the primary id survives.</value>
    public bool MergeMakesNewId { get; set; }

    /// <summary>Gets or sets a value indicating whether user-level tokens are refused on operations that HubSpot has not published for them.</summary>
    /// <value>The default is <see langword="false"/>: they are served, narrowed to what the user may see.</value>
    public bool StrictUserLevel { get; set; }

    /// <summary>Gets or sets the share of webhook events that are sent twice, from 0 to 1.</summary>
    /// <value>The default is 0.1.</value>
    public double WebhookDuplicates { get; set; } = 0.1;

    /// <summary>Gets or sets the number of the account ("portal").</summary>
    /// <value>The default is 990001.</value>
    public long PortalId { get; set; } = 990001;

    /// <summary>Gets or sets the account's time zone, at whose midnight the daily count starts again.</summary>
    /// <value>The default is "Europe/Berlin".</value>
    public string TimeZone { get; set; } = "Europe/Berlin";

    /// <summary>Gets or sets the account's home currency.</summary>
    /// <value>The default is "EUR".</value>
    public string Currency { get; set; } = "EUR";
}
