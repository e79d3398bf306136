using System.Collections.Frozen;

namespace Liaison.Identity;

/// <summary>Whether anything may be written through a connection.</summary>
public enum ConnectionWrites
{
    /// <summary>Read-only.</summary>
    Closed,

    /// <summary>Writes are possible where a grant opens them.</summary>
    Open,
}

/// <summary>One CRM account: bound from an entry of the <c>connections</c> section of <c>liaison.yaml</c>.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Gets or sets the connector's name, as in <c>hubspot</c>.</summary>
    public string Crm { get; set; } = "";

    /// <summary>Gets or sets whether a mistake in this account hurts.</summary>
    /// <value>The default is <see cref="CrmEnvironment.Production"/>, the careful one.</value>
    public CrmEnvironment Environment { get; set; } = CrmEnvironment.Production;

    /// <summary>Gets or sets the host that calls go to; plain HTTP is for loopback and sandboxes only.</summary>
    /// <value>The default is the vendor's own service.</value>
    public Uri? BaseUrl { get; set; }

    /// <summary>Gets or sets the pinned API version.</summary>
    /// <value>The default is the connector's newest.</value>
    public string? ApiVersion { get; set; }

    /// <summary>Gets or sets which of the connector's limit profiles the account has.</summary>
    /// <value>The default is the connector's first, the most careful.</value>
    public string? LimitProfile { get; set; }

    /// <summary>Gets or sets whether anything may be written.</summary>
    /// <value>The default is <see cref="ConnectionWrites.Closed"/>.</value>
    public ConnectionWrites Writes { get; set; }

    /// <summary>Gets or sets the share of each published limit to spend, 0.05 to 1.0; the rest stays for the CRM's other integrations.</summary>
    /// <value>The default is 0.8.</value>
    public double Share { get; set; } = 0.8;

    /// <summary>Gets or sets from how many records on work is handed to the CRM as a job, where it takes jobs; 0 is never.</summary>
    /// <value>The default is <see langword="null"/>: as the connector declares (Salesforce: 2,000).</value>
    public int? JobsFrom { get; set; }

    /// <summary>Gets or sets the account's IANA time zone, at whose midnight daily allowances begin anew.</summary>
    /// <value>The default is <see langword="null"/>: UTC, until the CRM has told its own.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets the account's own id in the CRM (HubSpot: portal; Salesforce: organisation of 18 letters).</summary>
    /// <value>The default is <see langword="null"/>: the account of the first sign-in. A credential of any other account is refused, so that a sandbox and production are never mixed up (R193).</value>
    public string? AccountId { get; set; }

    /// <summary>Gets or sets the features that are turned on, by the names that the connector gives them; only their scopes are asked for.</summary>
    /// <value>The default is empty: every reading feature, and every writing one too where <see cref="Writes"/> is open. A read-only connection asks for no write scope, whatever is named here (R17).</value>
    public IReadOnlyList<string> Features { get; set; } = [];

    /// <summary>Gets or sets the credentials; every secret in them is a reference.</summary>
    public CredentialOptions Credentials { get; set; } = new();

    /// <summary>Gets or sets where the account keeps canonical fields, where that is not where the connector looks: the CRM's field names by record type and canonical name.</summary>
    /// <value>The default is empty: the connector's own field map.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> FieldNames { get; set; } =
        FrozenDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>Gets or sets the users whom the account-wide credential serves, narrowed by the engine.</summary>
    /// <value>The default is nobody.</value>
    public MappedOptions Mapped { get; set; } = new();
}
