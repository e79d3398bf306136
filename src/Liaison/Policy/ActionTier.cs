namespace Liaison.Policy;

/// <summary>How far something reaches; each tier needs more control than the one before (R204).</summary>
public enum ActionTier
{
    /// <summary>Looks and changes nothing.</summary>
    Read,

    /// <summary>Writes values into a record that stands, or keeps a text on it.</summary>
    Write,

    /// <summary>Does something that people or workflows act upon: tasks, stages, owners, links, new records.</summary>
    Act,
}
