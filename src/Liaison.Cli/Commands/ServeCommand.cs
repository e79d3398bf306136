using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Server.Rest;
using Liaison.Server.Rest.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison serve</c>: the installation behind its REST door, until it is stopped.</summary>
internal static class ServeCommand
{
    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "The addresses to listen at; the default stands under server.urls, and is http://127.0.0.1:7400.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<StoreKind?> Store = new("--store")
    {
        Description = "In which database state is kept, sqlite or postgres; the default stands under store.kind, and is sqlite.",
    };

    private static readonly Option<string?> ConnectionStringRef = new("--connection-string-ref")
    {
        Description = "The reference to PostgreSQL's connection string, env:NAME or file:PATH; the default stands under store.connectionString.",
    };

    public static Command Create() => Verb.Of("serve", "Serve the installation over REST.", [Urls, Store, ConnectionStringRef], RunAsync, ChooseStore);

    private static void ChooseStore(ParseResult parsed, LiaisonOptions options)
    {
        options.Store.Kind = parsed.GetValue(Store) ?? options.Store.Kind;
        options.Store.ConnectionString = parsed.GetValue(ConnectionStringRef) ?? options.Store.ConnectionString;
        if (options.Store.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, faults));
        }
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (parsed, installation, printer) = invocation;
        var server = installation.Settings.Options.Server;
        if (parsed.GetValue(Urls) is { Length: > 0 } urls)
        {
            server.Urls = urls;
            if (ServerOptionsValidator.Validate(server) is { Count: > 0 } faults)
            {
                return printer.Fail(new Failure(FailureKind.Invalid, string.Join(" ", faults)));
            }
        }

        server.Certificate = installation.Settings.Resolve(server.Certificate);
        server.CertificateKey = installation.Settings.Resolve(server.CertificateKey);
        await using var rest = await RestServer.StartAsync(
            installation.Engine, server, installation.Settings.Options.Access, LogRequests, cancellationToken);

        // For machines standard output is one document, the addresses.
        var told = printer.ForPeople ? Console.Out : Console.Error;
        await TellUnclosedAsync(invocation, told, cancellationToken);
        printer.Show(new ServingView(rest.Addresses), CliJson.Default.ServingView, console => Tell(console, rest.Addresses));
        await using var upkeep = new Upkeep(installation);
        await Waiting.ForStopAsync(told, cancellationToken);
        return ExitCode.Done;
    }

    private static void Tell(IAnsiConsole console, IReadOnlyList<Uri> addresses)
    {
        foreach (var address in addresses)
        {
            console.WriteLine($"Serving REST at {new Uri(address, "api/v1")}, described at {new Uri(address, "openapi/v1.json")}");
        }

        console.WriteLine("Callers prove themselves with an API key (liaison key create) or, where access.oidc is set, with an access token.");
    }

    private static async Task TellUnclosedAsync(Invocation invocation, TextWriter told, CancellationToken cancellationToken)
    {
        var unclosed = await invocation.Installation.Trail.TellUnclosedAsync(cancellationToken);
        if (unclosed.Count > 0)
        {
            told.WriteLine($"{unclosed.Count} requests were opened and never closed, as after a crash: {string.Join(", ", unclosed.Take(5))}. See liaison audit show --trace.");
        }
    }

    private static void LogRequests(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Liaison.Server", LogLevel.Information)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
