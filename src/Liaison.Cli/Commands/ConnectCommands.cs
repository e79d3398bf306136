using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison connect</c>.</summary>
internal static class ConnectCommands
{
    private static readonly Argument<string> Name = new("name") { Description = "The connection's name." };

    private static readonly Option<string> Crm = new("--crm")
    {
        Description = "Which CRM, as in hubspot.",
        DefaultValueFactory = _ => "hubspot",
    };

    private static readonly Option<CrmEnvironment> Kind = new("--environment")
    {
        Description = "sandbox or production.",
        DefaultValueFactory = _ => CrmEnvironment.Production,
    };

    private static readonly Option<Uri?> BaseUrl = new("--base-url")
    {
        Description = "The host, where it is not the vendor's own.",
        CustomParser = OptionChecks.Address,
    };

    private static readonly Option<string?> Profile = new("--limit-profile") { Description = "The account's tier, as in professional." };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = "Where the token lies: env:NAME or file:PATH. Without it the token is read from standard input and kept encrypted.",
    };

    public static Command Create() => Verb.Group(
        "connect",
        "Set up and test connections to CRMs.",
        Verb.Of("add", "Add a connection; it is read-only until writes are opened.", [Name, Crm, Kind, BaseUrl, Profile, Token], AddAsync),
        Verb.Of("list", "List the connections.", [], ListAsync),
        Verb.Of("test", "Ask the CRM who the credential is and which scopes it lacks.", [Name], TestAsync),
        Verb.Of("remove", "Remove a connection that was added by command, with its stored secret.", [Name], RemoveAsync));

    private static async Task<int> AddAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (parsed, installation, printer) = invocation;
        var name = parsed.GetRequiredValue(Name);
        var options = new ConnectionOptions
        {
            Crm = parsed.GetRequiredValue(Crm),
            Environment = parsed.GetValue(Kind),
            BaseUrl = parsed.GetValue(BaseUrl),
            LimitProfile = parsed.GetValue(Profile),
            Credentials = new CredentialOptions { Account = parsed.GetValue(Token) ?? $"store:{name}/account" },
        };

        var known = installation.Connections.All.Any(connection => connection.Profile.Name.Value == name);
        var faults = new ConnectionOptionsValidator(installation.Connectors.All)
            .Validate(new Dictionary<string, ConnectionOptions> { [name] = options });
        if (known || faults.Count > 0)
        {
            return printer.Fail(new Failure(
                FailureKind.Invalid, known ? $"There is a connection \"{name}\" already; remove it first." : string.Join(" ", faults)));
        }

        if (parsed.GetValue(Token) is null)
        {
            var token = (await Console.In.ReadLineAsync(cancellationToken))?.Trim();
            if (string.IsNullOrEmpty(token))
            {
                return printer.Fail(new Failure(FailureKind.Invalid, "No token came on standard input; pipe it in or name its place with --token env:NAME."));
            }

            await installation.Secrets.PutAsync($"{name}/account", token, cancellationToken);
        }

        AddedConnections.Write(installation.Settings.ConnectionsFolder, name, options);
        printer.Say($"Added {name}. It is read-only. Next: liaison connect test {name}");
        return ExitCode.Done;
    }

    private static Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyList<ConnectionView> views = [.. invocation.Installation.Connections.All.Select(ViewOf)];
        return Task.FromResult(invocation.Printer.Show(views, CliJson.Default.IReadOnlyListConnectionView, console => console.Write(Printer.TableOf(
            ["name", "crm", "environment", "writes", "version", "limits", "host"],
            views.Select(view => new[]
            {
                view.Name, view.Crm, view.Environment, view.WritesOpen ? "open" : "closed", view.ApiVersion, view.LimitProfile,
                view.BaseUrl.Authority,
            })))));
    }

    private static async Task<int> TestAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = new ConnectionName(invocation.Parsed.GetRequiredValue(Name));
        var tested = await invocation.Installation.Gateway.IdentifyAsync(
            Callers.Operator(invocation, Purpose.Administration), name, cancellationToken);
        if (!tested.TryGet(out var health, out var failure) || !invocation.Installation.Connections.Find(name).TryGet(out var connection, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var (account, missing) = (health.Account, health.MissingScopes);
        var view = new ConnectionTestView(
            ViewOf(connection), account.AccountId, account.CredentialKind, account.Reach.ToString(), account.UserId, account.TimeZone,
            account.Scopes, [.. missing.Select(need => new MissingScopeView(need.Feature, need.AnyOf))]);
        return invocation.Printer.Show(view, CliJson.Default.ConnectionTestView, console =>
        {
            console.Write(Printer.TableOf(
                ["what", "found"],
                [
                    ["account", view.AccountId], ["environment", view.Connection.Environment], ["credential", view.CredentialKind],
                    ["reach", view.Reach], ["time zone", view.TimeZone ?? "not told"],
                    ["scopes", view.Scopes is null ? "not told" : string.Join(" ", view.Scopes)],
                ]));
            foreach (var need in view.Missing)
            {
                console.WriteLine($"Missing for \"{need.Feature}\": one of {string.Join(", ", need.AnyOf)}");
            }
        });
    }

    private static async Task<int> RemoveAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Parsed.GetRequiredValue(Name);
        if (!AddedConnections.Remove(invocation.Installation.Settings.ConnectionsFolder, name))
        {
            return invocation.Printer.Fail(new Failure(
                FailureKind.NotFound, $"No connection \"{name}\" was added by command; one that stands in liaison.yaml is removed there."));
        }

        await invocation.Installation.Secrets.DeleteAsync($"{name}/account", cancellationToken);
        invocation.Printer.Say($"Removed {name} and its stored secret.");
        return ExitCode.Done;
    }

    private static ConnectionView ViewOf(Connection connection) => new(
        connection.Profile.Name.Value,
        connection.Profile.Crm,
        connection.Profile.Environment.ToString(),
        connection.Profile.BaseUrl,
        connection.Profile.ApiVersion,
        connection.Profile.LimitProfile,
        connection.Options.Writes == ConnectionWrites.Open);
}
