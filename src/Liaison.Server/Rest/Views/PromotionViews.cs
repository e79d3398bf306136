using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Server.Rest.Views;

/// <summary>Which sandbox proves the writes that are to be promoted.</summary>
/// <param name="From">The connection to the sandbox.</param>
/// <param name="Run">The run whose change sets alone count; <see langword="null"/> for the newest of the sandbox.</param>
internal sealed record PromotionBody(string? From = null, string? Run = null);

/// <summary>Writes, and why something is done with them.</summary>
internal sealed record WritesBody(IReadOnlyList<string>? Writes = null, string? Reason = null)
{
    /// <summary>Tells what is missing, in a sentence; <see langword="null"/> where nothing is.</summary>
    public string? Lacks() => Writes is not { Count: > 0 } ? "Name at least one write under writes, as in contact.ai_score."
        : string.IsNullOrWhiteSpace(Reason) ? "This takes a reason, which the audit keeps."
        : null;
}

/// <summary>How each write stands on a connection to production.</summary>
internal sealed record WriteStandingListView(IReadOnlyList<WriteStandingView> Writes)
{
    public static WriteStandingListView Of(IReadOnlyList<WriteStanding> standing) => new([.. standing.Select(WriteStandingView.Of)]);
}

/// <summary>How one write stands.</summary>
/// <param name="Write">The write, as in <c>contact.ai_score</c>.</param>
/// <param name="Level">How far grants open it; off where none does any more.</param>
/// <param name="Lacks">What stands in its way.</param>
internal sealed record WriteStandingView(string Write, WriteLevel Level, PromotionView? Promotion, string? Lacks)
{
    public static WriteStandingView Of(WriteStanding standing) => new(
        standing.Write, standing.Level, standing.Promotion is { } promotion ? PromotionView.Of(promotion) : null, standing.Lacks);
}

/// <summary>On what ground a write is promoted.</summary>
/// <param name="NativeName">The CRM's field; empty for an action, <c>*</c> for whatever field the name leads to.</param>
/// <param name="Sandbox">The connection that was seen to take it; none for an override.</param>
/// <param name="Reason">Why it was overridden.</param>
internal sealed record PromotionView(string NativeName, string By, DateTimeOffset At, string? Sandbox, string? Change, string? Reason)
{
    public static PromotionView Of(Promotion promotion) => new(
        promotion.Write.NativeName, promotion.By, promotion.At, promotion.Sandbox?.Value, promotion.ChangeId, promotion.Reason);
}
