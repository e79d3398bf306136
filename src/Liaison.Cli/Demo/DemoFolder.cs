using System.Reflection;
using Liaison.Emulators.Hosting;

namespace Liaison.Cli.Demo;

/// <summary>The folder that a demo lives in: its configuration, its tokens, its state, and nothing anywhere else.</summary>
internal sealed class DemoFolder(string path)
{
    private static readonly string[] Made = ["state", "tokens"];

    /// <summary>Gets the configuration file.</summary>
    public string ConfigFile => Path.Combine(path, "liaison.yaml");

    /// <summary>Empties the folder and writes the configuration of a new demo.</summary>
    /// <remarks>The emulators forget everything when they stop, so what an earlier demo stored fits nothing any more.</remarks>
    public void Prepare(params IReadOnlyList<DemoCrm> crms)
    {
        Clear();
        var tokens = Directory.CreateDirectory(Path.Combine(path, "tokens")).FullName;
        var yaml = Read("demo.yaml").Replace("{tokenFolder}", tokens, StringComparison.Ordinal);
        foreach (var crm in crms)
        {
            foreach (var credential in crm.Credentials)
            {
                WriteSecret(Path.Combine(tokens, $"{crm.Name}-{credential.Name}"), credential.Token);
            }

            yaml = yaml
                .Replace($"{{{crm.Name}}}", crm.Address.ToString(), StringComparison.Ordinal)
                .Replace($"{{{crm.Name}Users}}", string.Join('\n', crm.Users.Select(user => $"        {user.UserEmail}: file:{tokens}/{crm.Name}-{user.Name}")), StringComparison.Ordinal);
        }

        // The same people stand in every CRM.
        var people = crms.SelectMany(crm => crm.Users).DistinctBy(user => user.UserEmail).ToList();
        yaml = yaml
            .Replace("{members}", string.Concat(people.Select(MemberOf)), StringComparison.Ordinal)
            .Replace("{userGrants}", string.Concat(people.Select(user => GrantOf(user.UserEmail!))), StringComparison.Ordinal)
            .Replace("{scorecard}", Indent(Read("b2b-default.yaml")), StringComparison.Ordinal);
        File.WriteAllText(ConfigFile, yaml);
    }

    // Only what a demo makes is deleted, so that a mistyped folder loses nothing.
    private void Clear()
    {
        Directory.CreateDirectory(path);
        foreach (var made in Made.Select(name => Path.Combine(path, name)).Where(Directory.Exists))
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private static void WriteSecret(string file, string secret)
    {
        File.WriteAllText(file, secret);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // The manager decides on what waits for a person; the reps only ask.
    private static string MemberOf(DemoCredential user) => $"""
            - subject: {user.UserEmail}
              roles: [{(user.Name == "manager" ? "user, approver" : "user")}]

        """;

    private static string GrantOf(string email) => $"""
            - subject: {email}
              actors: [cli, assistant]
              purposes: [assistance]
              connections: [hubspot-demo, salesforce-demo]
              read:
                contact: ["*"]
                company: ["*"]
                deal: ["*"]
              write:
                contact:
                  lead_status: suggest
              actions:
                contact:
                  create-task: auto
                  log-summary: auto


        """;

    private static string Indent(string scorecard)
    {
        var lines = scorecard.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        return "  - " + string.Join("\n    ", lines);
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A CRM that a demo serves.</summary>
internal sealed record DemoCrm(string Name, Uri Address, IReadOnlyList<DemoCredential> Credentials)
{
    /// <summary>Gets the credentials that are a person's own.</summary>
    public IReadOnlyList<DemoCredential> Users => [.. Credentials.Where(credential => credential.UserEmail is not null)];
}
