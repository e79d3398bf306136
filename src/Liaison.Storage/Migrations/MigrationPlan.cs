namespace Liaison.Storage.Migrations;

/// <summary>Compares what a database has with what this program knows.</summary>
internal static class MigrationPlan
{
    /// <summary>Lists the steps that are still to be made.</summary>
    /// <param name="place">Where the database is, for the sentence of a refusal.</param>
    /// <exception cref="StorageException">The database was made by a newer program, or by one whose steps differ.</exception>
    public static IReadOnlyList<Migration> Pending(
        IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied, string place)
    {
        foreach (var step in applied.OrderBy(step => step.Version))
        {
            if (step.Version > known.Count)
            {
                throw new StorageException(
                    $"The database {place} is at schema version {applied.Max(each => each.Version)}, newer than the {known.Count} of this program; upgrade liaison or restore the backup from before the upgrade.");
            }

            if (known[step.Version - 1].Checksum != step.Checksum)
            {
                throw new StorageException(
                    $"The schema step {step.Name} of the database {place} differs from the one in this program; run the build that made the database, or restore a backup made by this one.");
            }
        }

        return [.. known.Skip(applied.Count)];
    }
}
