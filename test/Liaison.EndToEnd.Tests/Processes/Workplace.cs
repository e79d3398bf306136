using System.Diagnostics;
using System.Text.Json;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>A folder with an installation: its configuration, its state, and nothing shared with another test.</summary>
internal sealed class Workplace : IDisposable
{
    public const string Connection = "crm";
    public const string AccountToken = "pat-demo";

    /// <summary>Subjects of the configuration; their tokens are those of the emulator's users.</summary>
    public const string Manager = "manager";
    public const string Rep = "rep";
    public const string Nobody = "nobody";
    public const string Operator = "olga";

    public Workplace() => Folder = Directory.CreateTempSubdirectory("liaison-e2e-").FullName;

    public string Folder { get; }

    public string ConfigFile => Path.Combine(Folder, "liaison.yaml");

    /// <summary>The configuration that most tests start from: one sandbox account, an operator, and the pipeline's principal.</summary>
    /// <param name="added">A connection beside it that the operator may look at too, with a comma before it.</param>
    public static string YamlFor(Uri address, string writes = "open", string limitProfile = "professional", string added = "") => $$"""
        connections:
          {{Connection}}:
            crm: hubspot
            environment: sandbox
            baseUrl: {{address}}
            limitProfile: {{limitProfile}}
            writes: {{writes}}
            share: 1.0
            credentials:
              account: file:{{"TOKEN"}}
              users:
                {{Manager}}: env:TOKEN_MANAGER
                {{Rep}}: env:TOKEN_REP
                {{Nobody}}: env:TOKEN_NOBODY
        policy:
          grants:
            - subject: qualification
              actors: [qualify]
              purposes: [qualification]
              connections: [{{Connection}}]
              read:
                contact: ["*"]
                company: ["*"]
              write:
                contact:
                  ai_score: auto
                  ai_rationale: auto
                  ai_playbook: auto
                  lead_status: suggest
            - subject: operator
              actors: [cli]
              purposes: [administration, assistance]
              connections: [{{Connection}}{{added}}]
              administer: true
              read:
                contact: ["*"]
                company: ["*"]
                deal: ["*"]
            - subject: {{Manager}}
              actors: [cli]
              purposes: [assistance]
              connections: [{{Connection}}]
              read: { contact: ["*"] }
            - subject: {{Rep}}
              actors: [cli]
              purposes: [assistance]
              connections: [{{Connection}}]
              read: { contact: ["*"] }
            - subject: {{Nobody}}
              actors: [cli]
              purposes: [assistance]
              connections: [{{Connection}}]
              read: { contact: ["*"] }
        scorecardFiles: [{{Repository.Find("samples", "scorecards", "b2b-default.yaml")}}]
        pipelines:
          qualify:
            principal: qualification
            scorecard: b2b-default
            where: lead status is New, created in the last 24 hours
            chunkSize: 400
        storage:
          folder: state
        """;

    /// <summary>Writes the configuration and the token that it refers to.</summary>
    public Workplace With(string yaml, string token = AccountToken)
    {
        File.WriteAllText(Path.Combine(Folder, "token"), token);
        File.WriteAllText(ConfigFile, yaml.Replace("file:TOKEN", $"file:{Path.Combine(Folder, "token")}", StringComparison.Ordinal));
        return this;
    }

    /// <summary>Writes a file into the folder and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a pipe in the folder and gives its path: whoever reads it waits until somebody writes.</summary>
    public string Pipe(string name)
    {
        var path = Path.Combine(Folder, name);
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return path;
    }

    /// <summary>Opens a pipe for writing, which takes until somebody has opened it for reading.</summary>
    public static Task<FileStream> OpenedAsync(string pipe) =>
        Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)).WaitAsync(TimeSpan.FromMinutes(1));

    public LiaisonProcess Start(params string[] arguments) => LiaisonProcess.Start(Folder, ["--config", ConfigFile, .. arguments]);

    /// <summary>Starts the executable with further settings in its environment.</summary>
    public LiaisonProcess StartIn(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        LiaisonProcess.Start(Folder, ["--config", ConfigFile, .. arguments], environment: environment);

    public Task<Ended> RunAsync(params string[] arguments) => LiaisonProcess.RunAsync(Folder, ["--config", ConfigFile, .. arguments]);

    public Task<Ended> RunWithInputAsync(string input, params string[] arguments) =>
        LiaisonProcess.RunAsync(Folder, ["--config", ConfigFile, .. arguments], input);

    /// <summary>Runs a verb that must succeed and gives its JSON document.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await RunAsync([.. arguments, "--output", "json"])).ShouldEndWith(0).Json();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
