namespace Liaison.Model;

/// <summary>The catalogue of what can be changed in a CRM (R208); each kind has its own parameters, consequence and undo.</summary>
public enum ChangeKind
{
    /// <summary>Fields of a record are set or added to. Undone by writing what stood there.</summary>
    UpdateFields,

    /// <summary>A record is made. Undone by deleting it, where nobody has changed it.</summary>
    CreateRecord,

    /// <summary>Two records are linked or parted. Undone by the opposite.</summary>
    Associate,

    /// <summary>A task is made on a record. Undone by deleting it.</summary>
    CreateTask,

    /// <summary>A record moves to another stage of its pipeline; workflows of the CRM may fire, which nothing undoes.</summary>
    MoveStage,

    /// <summary>A record gets another owner, who may be told so by the CRM. Undone by naming the one before.</summary>
    AssignOwner,

    /// <summary>What was said is logged on a record as a note, call or meeting. Undone by deleting it.</summary>
    LogSummary,

    /// <summary>A message is drafted for a person to send; it is kept as a note and nothing is sent. Undone by deleting it.</summary>
    DraftMessage,
}
