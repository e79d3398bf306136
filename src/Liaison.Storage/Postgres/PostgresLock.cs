namespace Liaison.Storage.Postgres;

/// <summary>The advisory locks that all nodes share; the numbers are what they meet by, so none may ever change.</summary>
internal enum PostgresLock
{
    /// <summary>Who changes the schema.</summary>
    Migrations = 1,

    /// <summary>Who appends to the audit's chain.</summary>
    Audit = 2,

    /// <summary>Who makes a week's partition; named in the schema's function too.</summary>
    Partitions = 3,
}
