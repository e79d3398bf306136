using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Records;

/// <summary>A value of a unique property, by which HubSpot finds a record.</summary>
internal sealed record UniqueKey(string Property, string Value)
{
    /// <summary>Tells whether a value that HubSpot gave back is this one: it trims and lowers e-mail addresses, and compares without regard to case.</summary>
    internal bool Is(string? back) => back is not null && string.Equals(back.Trim(), Value.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a property by which HubSpot tells no records apart; ids are read and written by the plain batches (contracts/hubspot.md 6.2).</summary>
    internal static Failure? Refuse(FieldDefinition by) => by.Unique ? null : new(
        FailureKind.Invalid, "HubSpot tells no records apart by this property; name one that is declared as unique.") { Field = by.Name };
}
