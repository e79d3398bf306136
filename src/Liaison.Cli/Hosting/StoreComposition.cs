using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Cli.Configuration;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Identity.Tokens;
using Liaison.Pipelines;
using Liaison.Policy;
using Liaison.Storage.Postgres;
using Liaison.Storage.Schedules;
using Liaison.Storage.Sqlite;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Cli.Hosting;

/// <summary>Opens the database that the configuration names and adds the stores that stand on it.</summary>
internal static class StoreComposition
{
    public static async Task AddStoresAsync(
        this IServiceCollection services, InstallationSettings settings, string keyFolder, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (settings.Options.Store.Kind == StoreKind.Postgres)
        {
            var database = await PostgresDatabase.OpenAsync(
                ConnectionStringOf(settings, settings.Options.Store.ConnectionString, "store.connectionString"),
                TimeProvider.System,
                logging.CreateLogger<PostgresDatabase>(),
                cancellationToken);
            services.AddPostgres(database);
            try
            {
                await database.BindAsync(InstallationId.Of(keyFolder), keyFolder, cancellationToken);
            }
            catch
            {
                await database.DisposeAsync();
                throw;
            }
        }
        else
        {
            services.AddSqlite(await SqliteDatabase.OpenAsync(
                settings.DatabaseFile, TimeProvider.System, logging.CreateLogger<SqliteDatabase>(), cancellationToken));
        }
    }

    /// <summary>Reads the connection string behind a reference that was checked.</summary>
    /// <exception cref="ConfigurationException">There is nothing behind it.</exception>
    public static string ConnectionStringOf(InstallationSettings settings, string? text, string key) =>
        SecretReference.Parse(text).TryGet(out var reference, out var wrong)
            ? OutsideSecret.Read(settings, reference, key).Trim()
            : throw new ConfigurationException($"{settings.Source}: {key}: {wrong.Message}");

    private static void AddSqlite(this IServiceCollection services, SqliteDatabase database)
    {
        // By factory, so that the provider disposes of it, last of all.
        services.AddSingleton(_ => database);
        services.AddSingleton<IAuditStore, SqliteAuditStore>();
        services.AddSingleton<IWorkStore, SqliteWorkStore>();
        services.AddSingleton(provider => QuartzSchedules.On(
            provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<IScheduledWork>(), TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>();
        services.AddSingleton<IEndedRunStore, SqliteEndedRunStore>();
        services.AddSingleton<IAlertStore, SqliteAlertStore>();
        services.AddSingleton<IChangeSetStore, SqliteChangeSetStore>();
        services.AddSingleton<ICallLog, SqliteCallLog>();
        services.AddSingleton<IBudgetStore, SqliteBudgetStore>();
        services.AddSingleton<ISlotStore>(provider => SqliteSlotStore.Open(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<ISecretStore, SqliteSecretStore>();
        services.AddSingleton<ITokenStore, SqliteTokenStore>();
        services.AddSingleton<IKeyStore, SqliteKeyStore>();
        services.AddSingleton<ISafeguardStore, SqliteSafeguardStore>();
    }

    private static void AddPostgres(this IServiceCollection services, PostgresDatabase database)
    {
        services.AddSingleton(_ => database);
        services.AddSingleton<IAuditStore, PostgresAuditStore>();
        services.AddSingleton<IWorkStore, PostgresWorkStore>();
        services.AddSingleton(provider => QuartzSchedules.On(
            provider.GetRequiredService<PostgresDatabase>(), provider.GetRequiredService<IScheduledWork>(), TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IDeadLetterStore, PostgresDeadLetterStore>();
        services.AddSingleton<IEndedRunStore, PostgresEndedRunStore>();
        services.AddSingleton<IAlertStore, PostgresAlertStore>();
        services.AddSingleton<IChangeSetStore, PostgresChangeSetStore>();
        services.AddSingleton<ICallLog, PostgresCallLog>();
        services.AddSingleton<IBudgetStore, PostgresBudgetStore>();
        services.AddSingleton<ISlotStore, PostgresSlotStore>();
        services.AddSingleton<ISecretStore, PostgresSecretStore>();
        services.AddSingleton<ITokenStore, PostgresTokenStore>();
        services.AddSingleton<IKeyStore, PostgresKeyStore>();
        services.AddSingleton<ISafeguardStore, PostgresSafeguardStore>();
    }
}
