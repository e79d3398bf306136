using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>A connection string with what Liaison adds where it says nothing, beside the place that may be told.</summary>
internal sealed record PostgresSettings(string ConnectionString, string Place)
{
    // Several nodes share the server's connections, 100 by default; a node of two cores has no use for more.
    private const int MostConnections = 20;
    private const int MostPrepared = 100;

    // A node whose machine or network vanished sends no farewell: the server asks after it, and gives up its locks in half a minute.
    // And plans are made without looking at the values: a run that has just grown to a million items is not in the statistics yet, and a
    // plan for what they say, a few rows, sorts the whole run for each claim.
    private const string SessionOptions =
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4 -c tcp_user_timeout=30000 "
        + "-c idle_in_transaction_session_timeout=60000 -c plan_cache_mode=force_generic_plan";

    /// <exception cref="StorageException">The text is no connection string; the sentence repeats nothing of it.</exception>
    public static PostgresSettings Of(string connectionString)
    {
        var settings = Parse(connectionString);
        if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database))
        {
            throw new StorageException("The connection string names no Host or no Database; give it both, as in Host=db;Database=liaison;Username=liaison;Password=….");
        }

        Default(settings, "Maximum Pool Size", MostConnections);
        Default(settings, "Max Auto Prepare", MostPrepared);
        Default(settings, "Application Name", "liaison");
        Default(settings, "Timeout", 5);
        Default(settings, "Keepalive", 15);
        Default(settings, "Options", SessionOptions);

        // A password does not cross a network in the clear because nobody thought of it.
        if (!IsOnThisMachine(settings.Host))
        {
            Default(settings, "SSL Mode", SslMode.Require);
        }

        // Both would put values into errors and logs.
        settings.IncludeErrorDetail = false;
        settings.LogParameters = false;
        settings.Enlist = false;
        return new PostgresSettings(settings.ConnectionString, $"{settings.Host}:{settings.Port}/{settings.Database}");
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            // The library's message repeats parts of the text, which may be the password.
            throw new StorageException("The connection string cannot be read; expected keys and values, as in Host=db;Port=5432;Database=liaison;Username=liaison;Password=….");
        }
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string key, object value)
    {
        if (!settings.ContainsKey(key))
        {
            settings[key] = value;
        }
    }

    private static bool IsOnThisMachine(string host) =>
        host is "localhost" or "127.0.0.1" or "::1" || host.StartsWith('/') || host.StartsWith('@');
}
