using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Salesforce;

/// <summary>How the emulated Salesforce org behaves.</summary>
public sealed class SalesforceEmulatorOptions
{
    /// <summary>Gets or sets the port on 127.0.0.1.</summary>
    /// <value>The default is 0: any free port.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets whether requests are counted against the org's allowance and refused beyond it.</summary>
    /// <value>The default is <see cref="LimitMode.Real"/>.</value>
    public LimitMode Limits { get; set; } = LimitMode.Real;

    /// <summary>Gets or sets how many API calls the org may make in 24 hours.</summary>
    /// <value>The default is 100,000: an Enterprise edition without a further licence (contract section 9).</value>
    public int DailyRequests { get; set; } = 100_000;

    /// <summary>Gets or sets how many calls may run for 20 seconds and more at once.</summary>
    /// <value>The default is 25; a developer or trial org has 5.</value>
    public int LongRunningRequests { get; set; } = 25;

    /// <summary>Gets or sets by how many calls <c>Sforce-Limit-Info</c> may lag behind, in small steps forward and back.</summary>
    /// <value>The default is 8 calls; 0 makes it exact, which the platform's never is.</value>
    public int LimitReportLag { get; set; } = 8;

    /// <summary>Gets or sets a value indicating whether the fields that AI writes exist on contacts, leads, accounts and opportunities from the start.</summary>
    public bool AiFields { get; set; }

    /// <summary>Gets or sets the seed of everything that varies: tokens, request ids, the lag of the limit header, faults.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets the newest API version that the org serves.</summary>
    /// <value>The default is 66, Spring '26; at most 68.</value>
    public int NewestVersion { get; set; } = 66;

    /// <summary>Gets or sets how long an access token of OAuth lives; those that are accepted from the start do not expire.</summary>
    /// <value>The default is 2 hours.</value>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Gets or sets a value indicating whether a refresh gives a new refresh token and spends the old one.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RotateRefreshTokens { get; set; }

    /// <summary>Gets or sets a value indicating whether the username and password grant is open (contract section 1.2: advised to be blocked).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PasswordGrant { get; set; }

    /// <summary>Gets or sets the public key, as PEM, that assertions of the demo app are verified with.</summary>
    /// <value>The default, <see langword="null"/>, makes a key pair when it is first asked for and gives its private half at <c>/_emulator/app</c>.</value>
    public string? JwtPublicKey { get; set; }

    /// <summary>Gets or sets how many tokens one user may get in an hour.</summary>
    /// <value>The default is 3,600; ignored with limits off.</value>
    public int LoginsPerHour { get; set; } = 3_600;

    /// <summary>Gets or sets how long a write stays unseen by search.</summary>
    /// <value>The default is 5 seconds; queries see a write at once.</value>
    public TimeSpan SearchLag { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets a value indicating whether amounts carry a currency.</summary>
    /// <value>The default is <see langword="true"/>; an org with one currency has no <c>CurrencyIsoCode</c> (contract section 4).</value>
    public bool MultiCurrency { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the org is a sandbox.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Sandbox { get; set; }

    /// <summary>Gets or sets a value indicating whether assignment rules give new and changed leads and cases to a queue unless a request says no.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool AssignmentRules { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a contact or lead with a known e-mail address is held as a duplicate.</summary>
    /// <value>The default is <see langword="true"/>; the rule may be overridden by a request.</value>
    public bool DuplicateRules { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the body of a duplicate says <c>duplicateResult</c>, and not <c>duplicateResut</c> as live orgs do.</summary>
    /// <value>The default is <see langword="false"/> (contract section 10.1).</value>
    public bool DuplicateKeySpelledRight { get; set; }
}
