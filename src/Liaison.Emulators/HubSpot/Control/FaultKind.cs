namespace Liaison.Emulators.HubSpot.Control;

/// <summary>What goes wrong on request.</summary>
internal enum FaultKind
{
    /// <summary>A plain error status; the work is not done.</summary>
    Status,

    /// <summary>The work is done and its answer lost: the connection is cut.</summary>
    CutAfterCommit,

    /// <summary>The work is done and half of the answer arrives.</summary>
    CutBody,

    /// <summary>The connection is cut before any work.</summary>
    Reset,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>A page of HTML from the edge.</summary>
    Html502,

    /// <summary>The right answer under another content type.</summary>
    WrongContentType,

    /// <summary>423: a bulk operation holds the record.</summary>
    Locked,

    /// <summary>477: the account moves to another data center.</summary>
    Migration,

    /// <summary>429 of the ten-second policy.</summary>
    Burst,

    /// <summary>429 of the day.</summary>
    Daily,

    /// <summary>429 of searches.</summary>
    Secondly,
}
