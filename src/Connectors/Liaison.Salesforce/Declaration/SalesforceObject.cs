using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>A record type as Salesforce keeps it: an object, or those rows of one that have a subtype, as calls among tasks.</summary>
/// <param name="Name">The object's name in paths and statements.</param>
/// <param name="Subtype">The subtype of its rows; <see langword="null"/> for all of them.</param>
internal sealed record SalesforceObject(RecordType Type, RecordTypeDescriptor Descriptor, string Name, string? Subtype)
{
    /// <summary>The field that tells a call from a task (contracts/salesforce.md 12: both are rows of one object).</summary>
    internal const string SubtypeField = "TaskSubtype";

    /// <summary>What that field holds of a call.</summary>
    internal const string Call = "Call";

    private static readonly Failure NoSuchType = new(
        FailureKind.NotFound, "Salesforce has no such record type; check its name.");

    private static readonly RecordType[] MergeableTypes = [RecordType.Contact, RecordType.Company, RecordType.Lead, RecordType.Ticket];

    /// <summary>Gets a value indicating whether records of the type may be merged, so that a lost one may live on in another.</summary>
    internal bool Mergeable => MergeableTypes.Contains(Type);

    /// <summary>Finds the object of a type.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for a name that no object can have.</returns>
    internal static Result<SalesforceObject> Of(RecordType type)
    {
        var descriptor = SalesforceRecordTypes.Of(type);
        var parts = descriptor.NativeName.Split('.');

        return SalesforcePaths.IsName(parts[0]) && parts.Length <= (SalesforceRecordTypes.All.Contains(descriptor) ? 2 : 1)
            ? new SalesforceObject(type, descriptor, parts[0], parts.Length == 2 ? parts[1] : null)
            : NoSuchType;
    }

    /// <summary>Names a type that is a part of an object.</summary>
    internal static string NameOf(string sobject, string subtype) => $"{sobject}.{subtype}";

    /// <summary>Gets a value indicating whether calls are left out of the type's rows.</summary>
    internal bool LeavesOutCalls => Type == RecordType.Task;

    /// <summary>Writes the condition by which rows of the type are told from others of their object; <see langword="null"/> where all are of the type.</summary>
    /// <param name="tellsCalls">
    /// Whether the user sees the field that tells a call from a task. To one who does not, calls are tasks like any other; calls by themselves
    /// cannot be asked for then, so that their condition stays and Salesforce refuses it, rather than that every task is given for a call.
    /// E-mails that were logged as tasks are tasks either way; those that Salesforce keeps as e-mails are another object's rows.
    /// </param>
    internal string? SubtypeCondition(bool tellsCalls) => Subtype is not null ? $"{SubtypeField} = '{Subtype}'"
        : LeavesOutCalls && tellsCalls ? $"{SubtypeField} != '{Call}'"
        : null;

    /// <summary>Gives the object's field of a canonical or own name.</summary>
    internal string NativeNameOf(string field) => SalesforceRecordTypes.NativeNameOf(Descriptor, field);
}
