using Liaison.Identity;

namespace Liaison.Cli.Configuration;

/// <summary>In which kind of database state is kept.</summary>
internal enum StoreKind
{
    /// <summary>A file in the state folder, for one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, for any number of nodes.</summary>
    Postgres,
}

/// <summary>Which database holds the state.</summary>
internal sealed class StoreOptions
{
    /// <summary>Gets or sets the kind of database.</summary>
    /// <value>The default is <see cref="StoreKind.Sqlite"/>.</value>
    public StoreKind Kind { get; set; }

    /// <summary>Gets or sets the reference to PostgreSQL's connection string, <c>env:NAME</c> or <c>file:PATH</c>; never the string itself.</summary>
    /// <value>The default is <see langword="null"/>, which SQLite needs and PostgreSQL refuses.</value>
    public string? ConnectionString { get; set; }

    /// <summary>Finds every fault.</summary>
    public IEnumerable<string> Faults()
    {
        if (ConnectionString is null)
        {
            if (Kind == StoreKind.Postgres)
            {
                yield return "store.connectionString: PostgreSQL needs the reference to its connection string; expected env:NAME or file:PATH.";
            }

            yield break;
        }

        if (Kind == StoreKind.Sqlite)
        {
            yield return "store.connectionString: it stands for PostgreSQL only; give store.kind the value postgres or leave the string out.";
        }

        if (!SecretReference.Parse(ConnectionString).TryGet(out var reference, out _) || reference.Source == SecretSource.Store)
        {
            // What stands here may be the connection string itself, and the encrypted store is in the database that it leads to.
            yield return "store.connectionString: the connection string is given by reference and lies outside the database; expected env:NAME or file:PATH.";
        }
    }
}
