using Liaison.Audit;
using Liaison.Identity;

namespace Liaison.Server.Rest.Views;

/// <summary>What to look for in the audit; what is left out does not narrow.</summary>
/// <param name="After">Only entries behind this sequence, as the page before told in <c>next</c>.</param>
/// <param name="Before">Only entries before this sequence: what <c>next</c> is for where the newest come first.</param>
internal sealed record AuditQuestion(
    string? Record,
    string? Run,
    string? Trace,
    string? Subject,
    string? Actor,
    string? Action,
    string? Connection,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    bool? Denied,
    bool? Newest,
    long? After,
    long? Before,
    int? Limit);

/// <summary>An audit entry in its place in the chain.</summary>
internal sealed record AuditEntryView(
    long Sequence,
    string TraceId,
    AuditPhase Phase,
    DateTimeOffset At,
    SubjectKind SubjectKind,
    string Subject,
    string Actor,
    string Purpose,
    string? KeyId,
    string? RunId,
    string Connection,
    CrmEnvironment Environment,
    string Action,
    string? Type,
    IReadOnlyList<string> Records,
    IReadOnlyList<string> Fields,
    string? Outcome,
    string? Reason,
    string? PacketHash,
    string? CorrelationId,
    string PreviousHash,
    string Hash)
{
    public static AuditEntryView Of(AuditRow row)
    {
        var entry = AuditChain.Open(row);
        return new AuditEntryView(
            row.Sequence, entry.TraceId, entry.Phase, entry.At, entry.Caller.Subject.Kind, entry.Caller.Subject.Id, entry.Caller.Actor.Id,
            entry.Caller.Purpose.Name, entry.Caller.KeyId, entry.Caller.RunId, entry.Connection.Value, entry.Environment, entry.Action,
            entry.Type.Name, entry.Records, entry.Fields, entry.Outcome, entry.Reason, entry.PacketHash, entry.CorrelationId, row.PreviousHash, row.Hash);
    }
}

/// <summary>Audit entries in order.</summary>
/// <param name="Next">What to ask for with <c>after</c>, or <c>before</c>, to read on; left out where nothing was found.</param>
internal sealed record AuditListView(IReadOnlyList<AuditEntryView> Entries, long? Next)
{
    public static AuditListView Of(IReadOnlyList<AuditRow> rows) =>
        new([.. rows.Select(AuditEntryView.Of)], rows.Count == 0 ? null : rows[^1].Sequence);
}

/// <summary>What a walk along the chain found.</summary>
internal sealed record AuditVerificationView(long Entries, bool Intact, long? FirstBroken)
{
    public static AuditVerificationView Of(AuditVerification found) => new(found.Entries, found.FirstBroken is null, found.FirstBroken);
}
