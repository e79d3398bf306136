using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>A change set that was found valid against the live schema, the permit and the record as it stands.</summary>
/// <remarks>Only <see cref="ChangeValidator"/> makes these; nothing else can be applied.</remarks>
public sealed class ValidatedChangeSet
{
    internal ValidatedChangeSet(ChangeSet change, ChangeContent content, RiskClass risk, bool automatic, bool dryRun, string? version)
    {
        Change = change;
        Content = content;
        Risk = risk;
        IsAutomatic = automatic;
        IsDryRun = dryRun;
        RecordVersion = version;
    }

    /// <summary>Gets what was asked.</summary>
    public ChangeSet Change { get; }

    /// <summary>Gets the record that is to change.</summary>
    public RecordRef Target => Change.Action.Target;

    /// <summary>Gets what would be sent: only values that differ, with the stamps of source and time.</summary>
    public ChangeContent Content { get; }

    /// <summary>Gets how much harm it can do.</summary>
    public RiskClass Risk { get; }

    /// <summary>Gets a value indicating whether it may be applied without a person.</summary>
    public bool IsAutomatic { get; }

    /// <summary>Gets a value indicating whether it is only to be shown.</summary>
    public bool IsDryRun { get; }

    /// <summary>Gets the record's version when it was read.</summary>
    public string? RecordVersion { get; }

    /// <summary>Gets the hash of the request as it was asked through a door.</summary>
    /// <value>The default is <see langword="null"/>: it was not.</value>
    public string? RequestHash { get; internal set; }

    /// <summary>Gets, of a record that is yet to be made, the hash of what makes it the same as another.</summary>
    /// <value>The default is <see langword="null"/>: it makes none, or nothing in it tells records of its type apart.</value>
    public string? NaturalKey { get; internal init; }

    /// <summary>Gets the trace of the request that it came by.</summary>
    public string? TraceId { get; internal set; }
}

/// <summary>What became of a change set that was proposed or applied.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="Sent">Whether a write was sent for it just now.</param>
public sealed record Receipt(string ChangeId, RecordRef Record, ChangeState State, bool Sent)
{
    /// <summary>Gets the id of the record that was made.</summary>
    /// <value>The default is <see langword="null"/>: none was.</value>
    public string? MadeId { get; init; }
}

/// <summary>The outcome for one change set of several.</summary>
/// <param name="Receipt">What became of it; <see langword="null"/> when it failed.</param>
/// <param name="Failure">Why it was refused; <see langword="null"/> when it was not.</param>
/// <param name="Unchanged">Whether nothing was stored or sent because the record already holds every value.</param>
public sealed record ChangeOutcome(ChangeSet Change, Receipt? Receipt, Failures.Failure? Failure, bool Unchanged = false)
{
    /// <summary>Gets what was written or is to be.</summary>
    /// <value>The default is <see langword="null"/>: it did not come so far.</value>
    public ChangeContent? Content { get; init; }
}
