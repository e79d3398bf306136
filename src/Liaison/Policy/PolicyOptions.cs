namespace Liaison.Policy;

/// <summary>Who may do what: bound from the <c>policy</c> section of <c>liaison.yaml</c>.</summary>
public sealed class PolicyOptions
{
    /// <summary>Gets or sets the grants; what no grant opens is denied.</summary>
    /// <value>The default is none: nobody may do anything.</value>
    public IReadOnlyList<GrantOptions> Grants { get; set; } = [];
}

/// <summary>What one subject may do through one actor for some purposes.</summary>
public sealed class GrantOptions
{
    /// <summary>Gets or sets the subject: a user's id or a named principal.</summary>
    public string Subject { get; set; } = "";

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
}
