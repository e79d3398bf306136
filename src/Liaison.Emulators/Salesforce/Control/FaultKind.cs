namespace Liaison.Emulators.Salesforce.Control;

/// <summary>What goes wrong on request (contract sections 1.10, 2, 9 and 16).</summary>
internal enum FaultKind
{
    /// <summary>A plain error with a status and a code; the work is not done.</summary>
    Status,

    /// <summary>The work is done and its answer lost: the connection is cut.</summary>
    CutAfterCommit,

    /// <summary>The work is done and half of the answer arrives.</summary>
    CutBody,

    /// <summary>The connection is cut before any work.</summary>
    Reset,

    /// <summary>The answer comes late; from 20 seconds on it counts as long-running.</summary>
    Slow,

    /// <summary>401: the session ended, in the midst of pages if need be.</summary>
    Expired,

    /// <summary>401 whose text says that another token would not help.</summary>
    NotForRest,

    /// <summary>403 of the day's allowance.</summary>
    Daily,

    /// <summary>403 of long-running calls.</summary>
    Concurrency,

    /// <summary>420: the edge knows no such org.</summary>
    NoRoute,

    /// <summary>406 without a body.</summary>
    Empty406,

    /// <summary>A page of HTML from the edge.</summary>
    Html502,

    /// <summary>503 with SERVER_UNAVAILABLE.</summary>
    Unavailable,

    /// <summary>400: another transaction holds a row.</summary>
    Locked,
}
