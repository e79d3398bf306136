using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Work;

namespace Liaison.Server.Rest.Views;

/// <summary>Which dead letters are meant: one by its id, some by what they are about, or all that wait.</summary>
/// <param name="Reason">Why they are discarded; not looked at by a replay.</param>
/// <param name="At">When to replay them; looked at by a plan alone, where none takes off what was planned.</param>
internal sealed record DeadLetterBody(
    string? Letter = null, string? Run = null, string? Connection = null, string? Record = null, FailureKind? Kind = null, bool All = false, string? Reason = null, DateTimeOffset? At = null)
{
    internal bool IsFiltered => Run is not null || Connection is not null || Record is not null || Kind is not null;

    internal DeadLetterQuery Query => new(RunId: Run)
    {
        Connection = Connection is null ? null : new ConnectionName(Connection),
        RecordId = Record,
        FailureKind = Kind,
    };
}

/// <summary>Dead letters, oldest first.</summary>
internal sealed record DeadLetterListView(IReadOnlyList<DeadLetterDocument> Letters);

/// <summary>What a replay made of letters.</summary>
internal sealed record ReplayedListView(IReadOnlyList<ReplayedLetterDocument> Letters);
