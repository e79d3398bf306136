using Liaison.Model;

namespace Liaison.Audit;

/// <summary>What to look for in the audit; what is not given does not narrow.</summary>
/// <param name="After">Only entries behind this sequence.</param>
public sealed record AuditQuery(
    string? RecordId = null, string? RunId = null, string? TraceId = null, long After = 0, int Limit = 100)
{
    /// <summary>Gets the id of the subject whose rights bound the request.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the agent or tool that asked.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets what was asked, as in <c>records.query</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Gets the connection that was asked for.</summary>
    public ConnectionName? Connection { get; init; }

    /// <summary>Gets the earliest time, to the millisecond.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the time before which an entry must be, to the millisecond.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets a value indicating whether only entries are wanted that <see cref="AuditEntry.TellsDenial"/>.</summary>
    public bool DenialsOnly { get; init; }

    /// <summary>Gets the sequence before which an entry must be.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Gets a value indicating whether the newest entry comes first, which the limit then keeps.</summary>
    public bool NewestFirst { get; init; }
}
