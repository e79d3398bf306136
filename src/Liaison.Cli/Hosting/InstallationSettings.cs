using Liaison.Cli.Configuration;
using Liaison.Connectors;
using Liaison.HubSpot;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Salesforce;

namespace Liaison.Cli.Hosting;

/// <summary>A read configuration beside the folder that its relative paths start from.</summary>
internal sealed record InstallationSettings(LiaisonOptions Options, string Folder, string Source)
{
    /// <summary>Gets the connectors that the executable is built with.</summary>
    public static IReadOnlyList<IConnector> Connectors { get; } = [new HubSpotConnector(), new SalesforceConnector()];

    /// <summary>Gets the folder for the database and keys.</summary>
    public string StateFolder => Path.GetFullPath(Path.Combine(Folder, Options.Storage.Folder));

    /// <summary>Gets the file of the database where it is SQLite.</summary>
    public string DatabaseFile => Path.Combine(StateFolder, "liaison.db");

    /// <summary>Gets the folder in which <c>liaison connect add</c> keeps what it adds.</summary>
    public string ConnectionsFolder => Path.Combine(StateFolder, "connections");

    /// <summary>Gives the full path of a file that the configuration names.</summary>
    public string? Resolve(string? file) => file is null ? null : Path.GetFullPath(Path.Combine(Folder, file));

    /// <summary>Reads the configuration file, the connections added by command, and the scorecard files that it names.</summary>
    /// <exception cref="ConfigurationException">One of them cannot be read, or something in them is wrong; every fault is listed.</exception>
    public static InstallationSettings FromFile(string path)
    {
        var full = Path.GetFullPath(path);
        var options = ConfigurationFile.Read<LiaisonOptions>(full);
        var settings = new InstallationSettings(options, Path.GetDirectoryName(full)!, full);
        var sources = new ConfigurationSources();
        sources.Add(full, path: "");

        // Of what is not there nothing else can be told.
        Refuse(sources.Empty, sources);
        var doubled = settings.TakeUpFiles(sources);
        Refuse(sources.Empty, sources);
        Refuse([.. doubled, .. ConfigurationCheck.Faults(options, Connectors)], sources);

        settings.SeatOperator();
        return settings;
    }

    private static void Refuse(IReadOnlyList<string> faults, ConfigurationSources sources)
    {
        if (faults.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, faults.Select(sources.Locate)));
        }
    }

    private List<string> TakeUpFiles(ConfigurationSources sources)
    {
        var faults = new List<string>();
        foreach (var file in Options.ScorecardFiles.Select(file => Path.Combine(Folder, file)))
        {
            sources.Add(file, $"scorecards[{Options.Scorecards.Count}]");
            Options.Scorecards.Add(ConfigurationFile.Read<ScorecardOptions>(file));
        }

        foreach (var (name, connection) in AddedConnections.Read(ConnectionsFolder))
        {
            if (Options.Connections.TryAdd(name, connection))
            {
                sources.Add(AddedConnections.PathOf(ConnectionsFolder, name), $"connections.{name}");
            }
            else
            {
                faults.Add($"connections.{name}: the connection stands here and was also added by liaison connect add; remove one of the two.");
            }
        }

        return faults;
    }

    // Whoever runs the executable owns the machine's files: to refuse them a role would protect nothing. Who wants the operator
    // narrower lists it as a member.
    private void SeatOperator()
    {
        if (Options.Policy.Members.All(member => member.Subject != Options.Operator))
        {
            var roles = Enum.GetNames<Role>().Select(name => name.ToLowerInvariant());
            Options.Policy.Members = [.. Options.Policy.Members, new MemberOptions { Subject = Options.Operator, Roles = [.. roles] }];
        }
    }
}
