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
    /// <remarks>The emulator forgets everything when it stops, so what an earlier demo stored fits nothing any more.</remarks>
    public void Prepare(Uri baseUrl, IReadOnlyList<DemoCredential> credentials)
    {
        Clear();
        var tokens = Directory.CreateDirectory(Path.Combine(path, "tokens")).FullName;
        foreach (var credential in credentials)
        {
            WriteSecret(Path.Combine(tokens, credential.Name), credential.Token);
        }

        var users = credentials.Where(credential => credential.UserEmail is not null).ToList();
        var yaml = Read("demo.yaml")
            .Replace("{baseUrl}", baseUrl.ToString(), StringComparison.Ordinal)
            .Replace("{tokenFolder}", tokens, StringComparison.Ordinal)
            .Replace("{users}", string.Join('\n', users.Select(user => $"        {user.UserEmail}: file:{tokens}/{user.Name}")), StringComparison.Ordinal)
            .Replace("{members}", string.Concat(users.Select(MemberOf)), StringComparison.Ordinal)
            .Replace("{userGrants}", string.Concat(users.Select(user => GrantOf(user.UserEmail!))), StringComparison.Ordinal)
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
              connections: [hubspot-demo]
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
