using Liaison.Cli.Configuration;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Policy;
using Microsoft.Extensions.Logging;

namespace Liaison.Cli.Hosting;

/// <summary>Takes up a changed configuration while an installation is open, so that a right that is taken away ends within seconds (R218).</summary>
/// <remarks>
/// Policy, connections and schedules are taken up; what else changes waits for a restart. Files are looked at and not listened to: file
/// events are lost on network folders and in containers. A file that cannot be used changes nothing and is told once.
/// </remarks>
internal sealed partial class ConfigurationWatch(
    InstallationSettings settings, PolicyInForce policy, ConnectionRegistry connections, SchedulesInForce schedules, ILogger<ConfigurationWatch> logger)
{
    private List<(string File, DateTime Written, long Length)>? seen;

    /// <summary>Gets the watching as what is done over and over.</summary>
    public Chore Chore => new("take up a changed configuration", TimeSpan.FromSeconds(2), LookAsync);

    // The first look is at what was read when the installation opened.
    private Task LookAsync(CancellationToken cancellationToken)
    {
        var marks = Marks();
        if (seen is not null && !marks.SequenceEqual(seen))
        {
            TakeUp();
        }

        seen = marks;
        return Task.CompletedTask;
    }

    private void TakeUp()
    {
        try
        {
            var newer = InstallationSettings.FromFile(settings.Source).Options;
            connections.Replace(newer.Connections);
            policy.Replace(newer.Policy);
            schedules.Replace(newer.ToSchedules());
            LogTakenUp(logger, settings.Source);
        }
        catch (ConfigurationException fault)
        {
            LogUnusable(logger, fault.Message);
        }
    }

    private List<(string File, DateTime Written, long Length)> Marks()
    {
        var added = Directory.Exists(settings.ConnectionsFolder) ? Directory.EnumerateFiles(settings.ConnectionsFolder) : [];
        return
        [
            .. added.Order(StringComparer.Ordinal).Prepend(settings.Source)
                .Select(file => new FileInfo(file))
                .Where(file => file.Exists)
                .Select(file => (file.FullName, file.LastWriteTimeUtc, file.Length)),
        ];
    }

    [LoggerMessage(9101, LogLevel.Warning, "{File} has changed; its policy, connections and schedules are in force now, anything else after a restart")]
    private static partial void LogTakenUp(ILogger logger, string file);

    [LoggerMessage(9102, LogLevel.Error, "The configuration has changed and cannot be used, so that what was read before stays in force: {Fault}")]
    private static partial void LogUnusable(ILogger logger, string fault);
}
