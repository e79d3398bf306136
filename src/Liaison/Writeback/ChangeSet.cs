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
    string Id, string Key, ChangeAction Action, string Reason, string Source, Caller Proposer)
{
    /// <summary>Gets the texts that the claims of the change are looked up in.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the values were computed by a declared rule of this installation, which claims
    /// nothing. What comes from a model or through a door has a list, an empty one where nothing is cited.
    /// </value>
    public IReadOnlyList<Evidence>? Evidence { get; init; }

    /// <summary>Gets what a person should see about the change that its values do not tell, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Gets the id of the record above the target whose lock a write takes too, as a contact's company is.</summary>
    /// <value>The default is <see langword="null"/>: who asks knows of none.</value>
    /// <remarks>
    /// It is no part of what is asked and is not kept. Writes below one record are sent one behind the other: side by side they
    /// would wait for each other's lock, or be refused for it (contracts/salesforce.md 8).
    /// </remarks>
    public string? LockedBy { get; init; }

    /// <summary>Gets the change set that this one undoes.</summary>
    /// <value>The default is <see langword="null"/>: it undoes none.</value>
    public string? Undoes { get; init; }
}

/// <summary>A place that supports a change: a field of a record, as the engine itself read it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Field">The field, by canonical name.</param>
/// <param name="Text">What stands there.</param>
public sealed record Evidence(RecordRef Record, string Field, string Text);

/// <summary>A field by canonical or native name and the value that it is to hold.</summary>
/// <param name="Append">
/// Whether the value is added behind what stands there, which stays byte-equal, markup included (R79); for text and HTML.
/// </param>
public sealed record FieldChange(string Field, FieldValue Value, bool Append = false);
