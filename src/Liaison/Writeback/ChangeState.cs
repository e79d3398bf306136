namespace Liaison.Writeback;

/// <summary>Where a change set stands; every move is stored with who and why.</summary>
public enum ChangeState
{
    /// <summary>Stored as asked.</summary>
    Proposed,

    /// <summary>Found valid; nothing stands in its way but its rollout level.</summary>
    Validated,

    /// <summary>Waits for a person.</summary>
    Waiting,

    /// <summary>A person said yes to this content, for this record as it stands.</summary>
    Approved,

    /// <summary>About to be sent, or sent with no answer yet: the durable intent.</summary>
    Applying,

    /// <summary>The CRM took it.</summary>
    Applied,

    /// <summary>The CRM was seen to hold it.</summary>
    Verified,

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

    /// <summary>What it changed was put back.</summary>
    Undone,
}
