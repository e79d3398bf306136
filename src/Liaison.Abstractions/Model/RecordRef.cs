namespace Liaison.Model;

/// <summary>The name of a record type: canonical (<c>contact</c>) where CRMs share the thing, else the CRM's own (<c>p_invoice</c>).</summary>
public readonly record struct RecordType(string Name)
{
    /// <summary>A person whom the company talks to.</summary>
    public static RecordType Contact { get; } = new("contact");

    /// <summary>A person whom nobody has qualified yet, where the CRM keeps those apart.</summary>
    public static RecordType Lead { get; } = new("lead");

    /// <summary>An organisation.</summary>
    public static RecordType Company { get; } = new("company");

    /// <summary>A sale in the making.</summary>
    public static RecordType Deal { get; } = new("deal");

    /// <summary>A customer's question or complaint.</summary>
    public static RecordType Ticket { get; } = new("ticket");

    /// <summary>A note on a record.</summary>
    public static RecordType Note { get; } = new("note");

    /// <summary>A logged e-mail.</summary>
    public static RecordType Email { get; } = new("email");

    /// <summary>A logged call.</summary>
    public static RecordType Call { get; } = new("call");

    /// <summary>A meeting.</summary>
    public static RecordType Meeting { get; } = new("meeting");

    /// <summary>Something that somebody is to do.</summary>
    public static RecordType Task { get; } = new("task");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The name under which a CRM account is configured, as in <c>hubspot-demo</c>.</summary>
public readonly record struct ConnectionName(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Where a record lives: which connection, which type, which id.</summary>
/// <param name="Id">The CRM's id as text; HubSpot's exceed 32 bits and Salesforce's are letters.</param>
public readonly record struct RecordRef(ConnectionName Connection, RecordType Type, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Connection}/{Type}/{Id}";
}
