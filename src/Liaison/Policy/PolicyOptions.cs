using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Who may do what: bound from the <c>policy</c> section of <c>liaison.yaml</c>.</summary>
/// <remarks>
/// The effective right is what the CRM gives the subject ∩ what the grants open to it ∩ what the purpose covers ∩ what the
/// acting agent may at most. Grants of one subject add up; purposes and agents only ever narrow.
/// </remarks>
public sealed class PolicyOptions
{
    /// <summary>Gets or sets who belongs to the installation and in which roles.</summary>
    /// <value>The default is nobody: grants may still name subjects, but no role is held.</value>
    public IReadOnlyList<MemberOptions> Members { get; set; } = [];

    /// <summary>Gets or sets the actors by which people themselves come, as a console's client id; every other actor is an agent and decides on nothing.</summary>
    /// <value>The default is <c>cli</c> and <c>console</c>. One that stands under <see cref="Agents"/> too is an agent.</value>
    public IReadOnlyList<string> Doors { get; set; } = ["cli", "console"];

    /// <summary>Gets or sets the grants; what no grant opens is denied.</summary>
    /// <value>The default is none: nobody may do anything.</value>
    public IReadOnlyList<GrantOptions> Grants { get; set; } = [];

    /// <summary>Gets or sets what each purpose covers at most, by its name; a purpose that is not named covers what the grants open.</summary>
    public IReadOnlyDictionary<string, PurposeOptions> Purposes { get; set; } = new Dictionary<string, PurposeOptions>();

    /// <summary>Gets or sets what each agent may do at most and how much of it, by the agent's name.</summary>
    public IReadOnlyDictionary<string, AgentOptions> Agents { get; set; } = new Dictionary<string, AgentOptions>();

    /// <summary>Gets or sets fields that are delicate beyond what the CRM says of them, by record type and field.</summary>
    /// <value>The default is none. A tier can raise what the CRM says and never lower it.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sensitivity>> Sensitive { get; set; } =
        new Dictionary<string, IReadOnlyDictionary<string, Sensitivity>>();

    /// <summary>Gets or sets the origin, owner, consent, legal and financial fields that AI may propose to write, by record type.</summary>
    /// <value>The default is none (R74). What is opened here still needs a grant, and always waits for a person.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GuardedFields { get; set; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Gets or sets rules across fields that every change must keep.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; set; } = [];

    /// <summary>Gets or sets how approvals are asked for.</summary>
    public ApprovalOptions Approval { get; set; } = new();

    /// <summary>Gets or sets whether messages may be drafted to people who have opted out of e-mail.</summary>
    /// <value>The default is <see langword="false"/> (R244).</value>
    public bool DraftToOptedOut { get; set; }

    /// <summary>Gets or sets whether addresses that differ by what follows a plus sign are one person's, where a new record is looked for among the standing ones.</summary>
    /// <value>The default is <see langword="false"/>: many providers deliver them apart.</value>
    public bool PlusAddressesAreOne { get; set; }
}

/// <summary>A person or named principal of the installation.</summary>
public sealed class MemberOptions
{
    /// <summary>Gets or sets the subject's id: a user's address or subject claim, or a principal's name.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Gets or sets the roles: <c>admin</c>, <c>approver</c>, <c>operator</c>, <c>auditor</c>, <c>user</c>, and names of the installation's own that grants refer to.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>Gets or sets who decides on approvals in this member's place, by subject id.</summary>
    /// <value>The default is nobody. A delegate needs no role of their own; the decision names both.</value>
    public IReadOnlyList<string> Delegates { get; set; } = [];
}

/// <summary>What one subject, or every holder of one role, may do through some actors for some purposes.</summary>
public sealed class GrantOptions
{
    /// <summary>Gets or sets the subject: a user's id or a named principal; ignored where <see cref="Role"/> is given.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Gets or sets the role whose holders have the grant.</summary>
    /// <value>The default is empty: the grant is the <see cref="Subject"/>'s.</value>
    public string Role { get; set; } = "";

    /// <summary>Gets or sets the agents that may act under the grant, by name; <c>*</c> is any.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Actors { get; set; } = [];

    /// <summary>Gets or sets the purposes that the grant serves.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Purposes { get; set; } = [];

    /// <summary>Gets or sets the connections that the grant opens.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Connections { get; set; } = [];

    /// <summary>Gets or sets whether the holder may look at accounts and provision fields.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Administer { get; set; }

    /// <summary>Gets or sets the readable fields by record type; <c>*</c> is every field that is not sensitive.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Read { get; set; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Gets or sets how far writes are opened, by record type and field; a field not named is off.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>> Write { get; set; } =
        new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>();

    /// <summary>Gets or sets how far actions are opened, by record type and action, as in <c>contact: { create-task: auto }</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>> Actions { get; set; } =
        new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>();

    /// <summary>Gets or sets fields, by record type, that the holder neither reads nor writes whatever other grants open.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> None { get; set; } =
        new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>The most that a purpose or an agent may have; each part that is left out narrows nothing.</summary>
internal interface ICeiling
{
    /// <summary>Gets the readable fields by record type.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Read { get; }

    /// <summary>Gets the highest level of writes by record type and field.</summary>
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>>? Write { get; }

    /// <summary>Gets the highest level of actions by record type.</summary>
    IReadOnlyDictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>? Actions { get; }
}

/// <summary>What a purpose covers at most.</summary>
public sealed class PurposeOptions : ICeiling
{
    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. A type that is not named is closed.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Read { get; set; }

    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. A field that is not named is off.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>>? Write { get; set; }

    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. An action that is not named is off.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>? Actions { get; set; }
}

/// <summary>An agent: what it may do at most and how much of it before it is stopped.</summary>
public sealed class AgentOptions : ICeiling
{
    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. A type that is not named is closed.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Read { get; set; }

    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. A field that is not named is off.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>>? Write { get; set; }

    /// <inheritdoc/>
    /// <value>The default is <see langword="null"/>: what the grants open. An action that is not named is off.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>? Actions { get; set; }

    /// <summary>Gets or sets how much the agent may change.</summary>
    /// <value>The default sets no limit.</value>
    public BlastRadiusOptions Limits { get; set; } = new();
}

/// <summary>How much one agent may change before a person has to look.</summary>
public sealed class BlastRadiusOptions
{
    /// <summary>Gets or sets how many changes the agent may have applied in any hour; one more stops the agent.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? WritesPerHour { get; set; }

    /// <summary>Gets or sets how many records one run may change; beyond it the run pauses for approval.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? RecordsPerRun { get; set; }

    /// <summary>Gets or sets which share of all records of a type one run may change, above 0 to 1; beyond it the run pauses for approval.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public double? ShareOfRecords { get; set; }

    /// <summary>Gets or sets the largest difference, in the field's own unit, that a change of a sum or number may make without a person.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public decimal? ValueOfChange { get; set; }
}

/// <summary>A rule across fields, in the filter language: where <see cref="When"/> holds of the record as it would become, <see cref="Require"/> must.</summary>
public sealed class RuleOptions
{
    /// <summary>Gets or sets the rule's name, as refusals tell it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the record type.</summary>
    public string Type { get; set; } = "";

    /// <summary>Gets or sets when the rule applies.</summary>
    /// <value>The default is <see langword="null"/>: always.</value>
    public string? When { get; set; }

    /// <summary>Gets or sets what must hold then.</summary>
    public string Require { get; set; } = "";

    /// <summary>Gets or sets what to tell, in a sentence that says what would mend it.</summary>
    public string Message { get; set; } = "";
}

/// <summary>How approvals are asked for.</summary>
public sealed class ApprovalOptions
{
    /// <summary>Gets or sets after how many hours without a decision a proposal expires.</summary>
    /// <value>The default is 168, a week. Range 1 to 8,760.</value>
    public int ExpireAfterHours { get; set; } = 168;

    /// <summary>Gets or sets after how many hours a reminder is made; ignored where it is not before the expiry.</summary>
    /// <value>The default is 24.</value>
    public int RemindAfterHours { get; set; } = 24;

    /// <summary>Gets or sets how many of a set are shown at random before it is approved as a whole.</summary>
    /// <value>The default is 10. Range 1 to 100.</value>
    public int SampleSize { get; set; } = 10;
}
