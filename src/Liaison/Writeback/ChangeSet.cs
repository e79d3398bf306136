using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>What an AI or a person wants changed in a CRM, and why.</summary>
/// <param name="Id">The change set's own id; it travels with the write where the CRM can carry it.</param>
/// <param name="Key">The idempotency key: the same key is the same wish, however often it is asked.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Reason">Why, in a sentence that an approver can judge.</param>
/// <param name="Source">Which workflow asks: it is written into the record beside the values.</param>
/// <param name="Proposer">Who asks.</param>
public sealed record ChangeSet(
    string Id, string Key, ChangeAction Action, string Reason, string Source, Caller Proposer);

/// <summary>The kinds of change; one vocabulary for updates, creates and actions.</summary>
/// <remarks>The family is closed.</remarks>
public abstract record ChangeAction
{
    private ChangeAction()
    {
    }

    /// <summary>Gets the record that the change is about.</summary>
    public abstract RecordRef Target { get; }

    /// <summary>Sets fields of a record to absolute values; <see cref="FieldValue.Empty"/> clears.</summary>
    public sealed record UpdateFields(RecordRef Record, IReadOnlyList<FieldChange> Fields) : ChangeAction
    {
        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }
}

/// <summary>A field by canonical or native name and the value that it is to hold.</summary>
public sealed record FieldChange(string Field, FieldValue Value);

/// <summary>Where a change set stands; every move is stored with who and why.</summary>
public enum ChangeState
{
    /// <summary>Stored as asked.</summary>
    Proposed,

    /// <summary>Found valid; nothing stands in its way but its rollout level.</summary>
    Validated,

    /// <summary>Waits for a person.</summary>
    Waiting,

    /// <summary>A person said yes to this content.</summary>
    Approved,

    /// <summary>About to be sent, or sent with no answer yet: the durable intent.</summary>
    Applying,

    /// <summary>The CRM took it.</summary>
    Applied,

    /// <summary>Found invalid or not allowed, before anything was sent.</summary>
    Refused,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The record changed in between.</summary>
    Conflicted,

    /// <summary>The CRM refused it, or its outcome shows that it was not taken.</summary>
    Failed,
}
