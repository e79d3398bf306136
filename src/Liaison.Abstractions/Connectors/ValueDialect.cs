using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>How a CRM writes values in JSON; normalization reads and writes by it.</summary>
/// <remarks>Reading is tolerant whatever the dialect says; the dialect decides how values are sent.</remarks>
public sealed record ValueDialect
{
    /// <summary>Gets a value indicating whether every value travels as a JSON string (HubSpot: "85", "true").</summary>
    public bool EverythingIsText { get; init; }

    /// <summary>Gets what parts the choices of a list.</summary>
    /// <value>The default is <c>;</c>, as in HubSpot and Salesforce; Dataverse uses a comma.</value>
    public char ListSeparator { get; init; } = ';';

    /// <summary>Gets a value indicating whether an empty string clears a field and null does nothing (HubSpot), rather than null clearing it.</summary>
    public bool EmptyTextClears { get; init; }

    /// <summary>Gets a value indicating whether a string of 11 to 14 digits in a date field is a time in milliseconds (HubSpot webhooks and calculated fields).</summary>
    public bool EpochMilliseconds { get; init; }

    /// <summary>Gets a value indicating whether the one choice of a list travels as a JSON number (Dataverse); several travel as text everywhere.</summary>
    public bool NumericOptions { get; init; }

    /// <summary>Gets how the id in a reference tells the type of the record that it points to; <see langword="null"/> for an id that does not tell.</summary>
    /// <value>The default knows no id: the field says the type, where it holds ids of one type only.</value>
    /// <remarks>It goes before what the field says: in Salesforce a field may hold ids of several types, and an owner may be a queue.</remarks>
    public Func<string, RecordType?> TypeOfReference { get; init; } = static _ => null;

    /// <summary>Gets how finely the CRM keeps moments; what is sent is cut to it, so that what comes back is what was sent.</summary>
    /// <value>The default is a millisecond, as in HubSpot; Salesforce and Dataverse keep seconds.</value>
    public TimeSpan InstantPrecision { get; init; } = TimeSpan.FromMilliseconds(1);
}
