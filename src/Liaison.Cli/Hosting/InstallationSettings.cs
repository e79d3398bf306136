using Liaison.Cli.Configuration;
using Liaison.Pipelines.Scorecards;

namespace Liaison.Cli.Hosting;

/// <summary>A read configuration beside the folder that its relative paths start from.</summary>
internal sealed record InstallationSettings(LiaisonOptions Options, string Folder, string Source)
{
    /// <summary>Gets the folder for the database and keys.</summary>
    public string StateFolder => Path.GetFullPath(Path.Combine(Folder, Options.Storage.Folder));

    /// <summary>Gets the folder in which <c>liaison connect add</c> keeps what it adds.</summary>
    public string ConnectionsFolder => Path.Combine(StateFolder, "connections");

    /// <summary>Reads the configuration file, the connections added by command, and the scorecard files that it names.</summary>
    /// <exception cref="ConfigurationException">One of them cannot be used.</exception>
    public static InstallationSettings FromFile(string path)
    {
        var full = Path.GetFullPath(path);
        return From(ConfigurationFile.Read<LiaisonOptions>(full), Path.GetDirectoryName(full)!, full);
    }

    /// <summary>Completes options that are already read.</summary>
    public static InstallationSettings From(LiaisonOptions options, string folder, string source)
    {
        var settings = new InstallationSettings(options, folder, source);
        if (options.Pipelines.Qualify.ChunkSize is < 100 or > 5_000)
        {
            throw new ConfigurationException($"{source}: pipelines.qualify.chunkSize is {options.Pipelines.Qualify.ChunkSize}; expected 100 to 5000.");
        }

        if (options.Audit.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, faults.Select(fault => $"{source}: {fault}")));
        }

        foreach (var file in options.ScorecardFiles)
        {
            options.Scorecards.Add(ConfigurationFile.Read<ScorecardOptions>(Path.Combine(folder, file)));
        }

        foreach (var (name, connection) in AddedConnections.Read(settings.ConnectionsFolder))
        {
            if (!options.Connections.TryAdd(name, connection))
            {
                throw new ConfigurationException($"{source}: connections.{name} stands here and was also added by liaison connect add; remove one of the two.");
            }
        }

        return settings;
    }
}
