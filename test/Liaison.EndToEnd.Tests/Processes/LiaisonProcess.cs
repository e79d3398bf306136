using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>The executable as its own process, with all that it printed.</summary>
internal sealed class LiaisonProcess : IAsyncDisposable
{
    // A hang must end the test; a busy machine must not.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> output = [];
    private readonly List<string> errors = [];

    private LiaisonProcess(Process process) => this.process = process;

    public bool HasExited => process.HasExited;

    /// <summary>Gets the number by which the system knows it.</summary>
    public int Id => process.Id;

    /// <summary>Starts the executable in a folder, with nothing of this process's settings.</summary>
    /// <param name="environment">Settings of the process beside those that every test has.</param>
    public static LiaisonProcess Start(
        string folder, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var started = new ProcessStartInfo("dotnet", [Repository.Executable, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        started.Environment.Remove("LIAISON_CONFIG");
        started.Environment["NO_COLOR"] = "1";
        started.Environment["DOTNET_EnableDiagnostics"] = "0";
        started.Environment["TOKEN_MANAGER"] = "user-manager-demo";
        started.Environment["TOKEN_REP"] = "user-rep-north-demo";
        started.Environment["TOKEN_NOBODY"] = "user-none-demo";
        started.Environment["HOME"] = folder;
        started.Environment["XDG_CONFIG_HOME"] = folder;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            started.Environment[name] = value;
        }

        var running = new LiaisonProcess(new Process { StartInfo = started });
        running.process.OutputDataReceived += (_, line) => running.Note(running.output, line.Data);
        running.process.ErrorDataReceived += (_, line) => running.Note(running.errors, line.Data);
        running.process.Start();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        running.process.StandardInput.Write(input ?? "");
        running.process.StandardInput.Close();
        return running;
    }

    /// <summary>Runs the executable to its end.</summary>
    public static async Task<Ended> RunAsync(string folder, IEnumerable<string> arguments, string? input = null)
    {
        await using var running = Start(folder, arguments, input);
        return await running.EndAsync();
    }

    /// <summary>Waits for a line that has the text, wherever it is printed to.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        string? found = null;
        await Waits.UntilAsync($"\"{text}\" in the output of the process", () =>
        {
            lock (gate)
            {
                found = output.Concat(errors).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
            }

            process.HasExited.ShouldBeFalse($"it ended before it printed \"{text}\":{Environment.NewLine}{Everything()}");
            return Task.FromResult(found is not null);
        });
        return found!;
    }

    public async Task<Ended> EndAsync()
    {
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The process did not end within {Longest}:{Environment.NewLine}{Everything()}");
        }

        lock (gate)
        {
            return new Ended(process.ExitCode, string.Join('\n', output), string.Join('\n', errors));
        }
    }

    /// <summary>SIGKILL: the process gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops a process.</summary>
    public async Task<Ended> TerminateAsync()
    {
        await SignalAsync();
        return await EndAsync();
    }

    /// <summary>Sends SIGTERM and does not wait for what comes of it.</summary>
    public async Task SignalAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Note(List<string> lines, string? line)
    {
        if (line is not null)
        {
            lock (gate)
            {
                lines.Add(line);
            }
        }
    }

    private string Everything()
    {
        lock (gate)
        {
            return string.Join('\n', output.Concat(errors));
        }
    }
}

/// <summary>A process that has ended.</summary>
internal sealed record Ended(int Code, string Output, string Errors)
{
    /// <summary>Gets all that was printed.</summary>
    public string Everything => $"{Output}\n{Errors}";

    /// <summary>The output as the one JSON document that <c>--output json</c> promises.</summary>
    public JsonElement Json()
    {
        try
        {
            return JsonDocument.Parse(Output).RootElement;
        }
        catch (JsonException exception)
        {
            throw new ShouldAssertException($"This is not one JSON document: {exception.Message}{Environment.NewLine}{Everything}");
        }
    }

    public Ended ShouldEndWith(int code)
    {
        Code.ShouldBe(code, Everything);
        return this;
    }
}
