using Liaison.Gateway.Documents;

namespace Liaison.Server.Rest.Views;

/// <summary>Which calls are wanted, newest first; what is left out does not narrow.</summary>
/// <param name="Correlation">The trace, the caller's own id or the CRM's correlation id.</param>
/// <param name="Before">Only calls before this number, as the page before told in <c>next</c>.</param>
internal sealed record CallQuestion(
    string? Record,
    string? Run,
    string? Actor,
    string? Connection,
    string? Correlation,
    int? Status,
    bool? Failed,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    long? Before,
    int? Limit);

/// <summary>Calls to CRMs, newest first.</summary>
/// <param name="Next">What to ask for with <c>before</c> to read on; left out where nothing was found.</param>
internal sealed record CallListView(IReadOnlyList<CallDocument> Calls, long? Next);
