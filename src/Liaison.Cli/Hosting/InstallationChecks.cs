using System.Globalization;
using Liaison.Cli.Configuration;
using Liaison.Identity;
using Liaison.Work;

namespace Liaison.Cli.Hosting;

/// <summary>Looks at the installation itself: its store, its keys, its audit, its policy, and what waits for somebody.</summary>
internal sealed class InstallationChecks(Installation installation)
{
    private const int MostListed = 1_000;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken) =>
    [
        Finding.Ok("configuration", $"{installation.Settings.Source} is right."),
        await StoreAsync(cancellationToken),
        Keys(),
        await AuditAsync(cancellationToken),
        Policy(),
        await LettersAsync(cancellationToken),
        await RunsAsync(cancellationToken),
        await AgentsAsync(cancellationToken),
    ];

    private async Task<Finding> StoreAsync(CancellationToken cancellationToken)
    {
        var options = installation.Settings.Options.Store;
        await installation.Work.ListRunsAsync(1, cancellationToken);
        return options.Kind == StoreKind.Postgres
            ? Finding.Ok("store", "PostgreSQL answers, and its schema is this program's.")
            : Space(Path.GetFullPath(installation.Settings.StateFolder));
    }

    private static Finding Space(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var told = string.Create(CultureInfo.InvariantCulture, $"The SQLite file in {folder} answers; {free / 1_048_576:N0} MiB are free there.");
        return free < 512L * 1_048_576 ? Finding.Warning("store", told, "Make room on the disk, or move the installation: liaison store copy.") : Finding.Ok("store", told);
    }

    private Finding Keys()
    {
        var folder = Path.Combine(installation.Settings.StateFolder, "keys");
        var others = OperatingSystem.IsWindows() ? UnixFileMode.None
            : File.GetUnixFileMode(installation.Settings.StateFolder) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        return others == UnixFileMode.None
            ? Finding.Ok("keys", $"The keys in {folder} are this user's alone; keep a copy of them apart from the database's.")
            : Finding.Failed("keys", $"Others on this machine may look into {installation.Settings.StateFolder}, where the keys lie that open the secrets.", $"chmod 700 {installation.Settings.StateFolder}");
    }

    private async Task<Finding> AuditAsync(CancellationToken cancellationToken)
    {
        var unclosed = await installation.Trail.TellUnclosedAsync(cancellationToken);
        return unclosed.Count == 0
            ? Finding.Ok("audit", "Every request that was opened was closed. liaison audit verify proves the chain.")
            : Finding.Warning("audit", $"{unclosed.Count} requests were opened and never closed, as after a crash.", $"liaison audit show --trace {unclosed[0]} shows the first of them.");
    }

    private Finding Policy()
    {
        var policy = installation.Settings.Options.Policy;
        var writes = installation.Settings.Options.Connections.Values.Any(connection => connection.Writes == ConnectionWrites.Open);

        // A named principal is no person, whatever roles it has.
        var approves = policy.Members.Any(member =>
            member.Roles.Contains("approver", StringComparer.OrdinalIgnoreCase) && installation.Principals.KindOf(member.Subject) == SubjectKind.User);
        return policy.Grants.Count == 0 ? Finding.Warning("policy", "No grant opens anything to anybody.", "Add one under policy.grants.")
            : writes && !approves ? Finding.Warning("policy", "Writes are open, and nobody may approve a change that waits for a person.", "Give somebody the role approver under policy.members.")
            : Finding.Ok("policy", $"{policy.Grants.Count} grants, {policy.Members.Count} members, {policy.Agents.Count} agents with bounds of their own.");
    }

    private async Task<Finding> LettersAsync(CancellationToken cancellationToken)
    {
        var waiting = (await installation.Letters.CountWaitingAsync(cancellationToken)).Values.Sum();
        return waiting == 0
            ? Finding.Ok("dead letters", "None waits.")
            : Finding.Warning("dead letters", $"{waiting} wait to be replayed or discarded.", "liaison dead-letter list shows them.");
    }

    private async Task<Finding> RunsAsync(CancellationToken cancellationToken)
    {
        var parked = (await installation.Work.ListRunsAsync(MostListed, cancellationToken)).Where(run => run.State == RunState.Parked).ToList();
        return parked is [var first, ..]
            ? Finding.Warning("runs", $"{parked.Count} of the newest runs are parked, the last of them so: {first.Reason}", $"liaison run show {first.Id} tells how it stands; liaison run resume goes on.")
            : Finding.Ok("runs", "None is parked.");
    }

    private async Task<Finding> AgentsAsync(CancellationToken cancellationToken)
    {
        var stopped = await installation.Safeguards.ListStoppedAsync(cancellationToken);
        return stopped is [var first, ..]
            ? Finding.Warning("agents", $"{stopped.Count} are stopped, {first.Actor} since {first.At:u}: {first.Reason}", $"liaison agent release {first.Actor} lets it go on.")
            : Finding.Ok("agents", "None is stopped.");
    }
}
