using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Output;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway.Documents;
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

    private static readonly Option<bool> OAuth = new("--oauth")
    {
        Description = "Sign in by consent in the browser. On a connection that is there already it asks for consent anew, as after a feature was turned on.",
    };

    private static readonly Option<bool> Jwt = new("--jwt") { Description = "Sign in by an assertion that the app's private key signs." };

    private static readonly Option<string?> ClientId = new("--client-id") { Description = "The app's public id, for --oauth and --jwt." };

    private static readonly Option<string?> ClientSecret = new("--client-secret") { Description = "Where the app's secret lies: env:NAME or file:PATH." };

    private static readonly Option<string?> PrivateKey = new("--private-key") { Description = "Where the app's private key lies, for --jwt: env:NAME or file:PATH." };

    private static readonly Option<string?> Username = new("--username") { Description = "The CRM user to act as, for --jwt." };

    private static readonly Option<string?> User = new("--user") { Description = "Whose own credential it is, by the user's id. Without it the credential is account-wide." };

    private static readonly Option<int> RedirectPort = OptionChecks.Within(
        new Option<int>("--redirect-port") { Description = "The loopback port that the browser comes back to; the app lists it.", DefaultValueFactory = _ => 8976 }, 1024, 65535);

    private static readonly Option<string> OtherVersion = new("--api-version") { Description = "The version to compare the pinned one with, as in 2026-09.", Required = true };

    public static Command Create() => Verb.Group(
        "connect",
        "Set up and test connections to CRMs.",
        Verb.Of("add", "Add a connection; it is read-only until writes are opened.", [Name, Crm, Kind, BaseUrl, Profile, Token, OAuth, Jwt, ClientId, ClientSecret, PrivateKey, Username, User, RedirectPort], AddAsync),
        Verb.Of("list", "List the connections.", [], ListAsync),
        Verb.Of("test", "Ask the CRM who the credential is and which scopes it lacks.", [Name], TestAsync),
        Verb.Of("check-version", "Ask the CRM the same at another API version and list what differs; nothing is written.", [Name, OtherVersion], CheckVersionAsync),
        Verb.Of("remove", "Remove a connection that was added by command: its tokens are given back to the CRM and its secrets deleted.", [Name], RemoveAsync));

    private static async Task<int> AddAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (parsed, installation, printer) = invocation;
        var name = parsed.GetRequiredValue(Name);
        if (parsed.GetValue(OAuth) && installation.Connections.Find(new ConnectionName(name)).TryGet(out var standing, out _))
        {
            return await ConsentAsync(invocation, standing, cancellationToken) is { Failure: { } refused }
                ? printer.Fail(refused)
                : await ResumeAsync(invocation, name, cancellationToken);
        }

        var options = OptionsOf(parsed, name);
        var known = installation.Connections.All.Any(connection => connection.Profile.Name.Value == name);
        var faults = new ConnectionOptionsValidator(installation.Connectors.All)
            .Validate(new Dictionary<string, ConnectionOptions> { [name] = options });
        if (known || faults.Count > 0)
        {
            return printer.Fail(new Failure(
                FailureKind.Invalid, known ? $"There is a connection \"{name}\" already; remove it first." : string.Join(" ", faults)));
        }

        if (parsed.GetValue(OAuth))
        {
            var connection = new ConnectionRegistry(new Dictionary<string, ConnectionOptions> { [name] = options }, installation.Connectors.All).All[0];
            if (!(await ConsentAsync(invocation, connection, cancellationToken)).TryGet(out var account, out var refused))
            {
                return printer.Fail(refused);
            }

            options.AccountId = account.Length == 0 ? null : account;
        }
        else if (parsed.GetValue(Token) is null && !parsed.GetValue(Jwt))
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
        return await ResumeAsync(invocation, name, cancellationToken);
    }

    private static async Task<int> ResumeAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        if (await ConnectedWork.ResumeAsync(invocation.Installation.Work, new ConnectionName(name), cancellationToken) is > 0 and var resumed)
        {
            invocation.Printer.Say($"{resumed} parked runs on {name} go on: a serving node takes them up, liaison run resume does it here.");
        }

        return ExitCode.Done;
    }

    private static ConnectionOptions OptionsOf(ParseResult parsed, string name)
    {
        var grant = parsed.GetValue(OAuth) ? GrantKind.AuthorizationCode : parsed.GetValue(Jwt) ? GrantKind.JwtBearer : GrantKind.StaticToken;
        var signIn = new SignInOptions
        {
            Grant = grant,
            Token = grant == GrantKind.StaticToken ? parsed.GetValue(Token) ?? $"store:{name}/account" : null,
            Username = parsed.GetValue(Username),
        };
        var user = parsed.GetValue(User);
        return new ConnectionOptions
        {
            Crm = parsed.GetRequiredValue(Crm),
            Environment = parsed.GetValue(Kind),
            BaseUrl = parsed.GetValue(BaseUrl),
            LimitProfile = parsed.GetValue(Profile),
            Credentials = new CredentialOptions
            {
                App = parsed.GetValue(ClientId) is { } id
                    ? new AppOptions { ClientId = id, ClientSecret = parsed.GetValue(ClientSecret), PrivateKey = parsed.GetValue(PrivateKey) }
                    : null,
                Account = user is null ? signIn : null,
                Users = user is null ? new Dictionary<string, SignInOptions>() : new Dictionary<string, SignInOptions> { [user] = signIn },
            },
        };
    }

    private static async Task<Result<string>> ConsentAsync(Invocation invocation, Connection connection, CancellationToken cancellationToken)
    {
        var (parsed, installation, printer) = invocation;
        if (!ConsentListener.Start(parsed.GetValue(RedirectPort)).TryGet(out var listener, out var taken))
        {
            return taken;
        }

        using (listener)
        {
            var begun = await installation.Consents.BeginAsync(connection, parsed.GetValue(User) ?? ConsentFlow.Account, listener.Address, cancellationToken);
            if (!begun.TryGet(out var request, out var refused))
            {
                return refused;
            }

            foreach (var need in request.Needs)
            {
                printer.Say($"{(request.Beyond.Contains(need) ? "Asks for" : "Keeps")} {string.Join(" or ", need.AnyOf)}: {need.Feature}");
            }

            // Whole and escaped, whatever the width of the terminal: a browser takes nothing else.
            printer.Say("Open this page and allow it:");
            Console.Out.WriteLine(request.Address.AbsoluteUri);
            if (!(await listener.WaitAsync(installation.Time, cancellationToken)).TryGet(out var back, out refused))
            {
                return refused;
            }

            var completed = await installation.Consents.CompleteAsync(request, back.State, back.Code, cancellationToken);
            if (!completed.TryGet(out var account, out refused))
            {
                return refused;
            }

            printer.Say($"Signed in to {connection.Profile.Name}.");
            return account ?? "";
        }
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var views = new List<ConnectionView>();
        foreach (var connection in invocation.Installation.Connections.All)
        {
            views.Add(await ViewAsync(invocation, connection, cancellationToken));
        }

        return invocation.Printer.Show<IReadOnlyList<ConnectionView>>(
            views, CliJson.Default.IReadOnlyListConnectionView, console => ConnectText.WriteList(console, views));
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
            await ViewAsync(invocation, connection, cancellationToken), account.AccountId, account.CredentialKind, account.Reach.ToString(), account.UserId, account.TimeZone,
            account.Scopes, [.. missing.Select(need => new MissingScopeView(need.Feature, need.AnyOf))]);
        return invocation.Printer.Show(view, CliJson.Default.ConnectionTestView, console => ConnectText.WriteTest(console, view));
    }

    private static async Task<int> CheckVersionAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var compared = await invocation.Installation.Gateway.CompareVersionsAsync(
            Callers.Operator(invocation, Purpose.Administration),
            new ConnectionName(invocation.Parsed.GetRequiredValue(Name)),
            invocation.Parsed.GetRequiredValue(OtherVersion),
            cancellationToken);
        if (!compared.TryGet(out var types, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<VersionDifferenceView> views =
        [
            .. types.SelectMany(type => type.Fields.Select(change => new VersionDifferenceView(type.Type.Name, change.Field, $"{change.Kind} {change.Before} -> {change.After}".TrimEnd(' ', '-', '>'), change.Breaking))
                .Concat(type.Told.Select(told => new VersionDifferenceView(type.Type.Name, null, told, Breaking: true)))),
        ];
        invocation.Printer.Say($"Compared {types.Count} record types; {views.Count} differences.");
        invocation.Printer.Show(views, CliJson.Default.IReadOnlyListVersionDifferenceView, console => console.Write(Printer.TableOf(
            ["type", "field", "difference", "breaking"],
            views.Select(view => new[] { view.Type, view.Field ?? "", view.Difference, view.Breaking ? "yes" : "" }))));
        return types.Any(type => type.Breaks) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<int> RemoveAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Parsed.GetRequiredValue(Name);
        var connected = invocation.Installation.Connections.Find(new ConnectionName(name));
        if (ConfigurationCheck.FaultsWithout(invocation.Installation.Settings.Options, name) is { Count: > 0 } named)
        {
            return invocation.Printer.Fail(new Failure(
                FailureKind.Conflict, $"{invocation.Installation.Settings.Source} names {name} and could not be used without it; take it out there first: {string.Join(" ", named)}"));
        }

        if (!AddedConnections.Remove(invocation.Installation.Settings.ConnectionsFolder, name))
        {
            return invocation.Printer.Fail(new Failure(
                FailureKind.NotFound, $"No connection \"{name}\" was added by command; one that stands in liaison.yaml is removed there."));
        }

        // Parked before the credential goes: who works on a run there stops, and ends no item for want of it.
        var parked = await ConnectedWork.ParkAsync(invocation.Installation.Work, new ConnectionName(name), cancellationToken);
        await invocation.Installation.Secrets.DeleteAsync($"{name}/account", cancellationToken);
        var left = connected.TryGet(out var connection, out _) ? await invocation.Installation.Consents.DisconnectAsync(connection, cancellationToken) : 0;
        invocation.Printer.Say(left == 0
            ? $"Removed {name} and its stored secrets."
            : $"Removed {name} and its stored secrets; the CRM did not take back {left} of its tokens: remove the app's access there.");
        if (parked > 0)
        {
            invocation.Printer.Say($"{parked} runs on it are parked; they go on once it is added again.");
        }

        return ExitCode.Done;
    }

    private static async Task<ConnectionView> ViewAsync(Invocation invocation, Connection connection, CancellationToken cancellationToken)
    {
        var profile = connection.Profile;
        var state = await invocation.Installation.ConnectionStates.ReadAsync(profile.Name, cancellationToken);
        return new ConnectionView(
            profile.Name.Value, profile.Crm, profile.Environment.ToString(), profile.BaseUrl, profile.ApiVersion, profile.LimitProfile,
            connection.Options.Writes == ConnectionWrites.Open,
            state.TryGet(out var stands, out var gone)
                ? ConnectionStateDocument.Of(stands, invocation.Installation.Time.GetUtcNow())
                : throw new InvalidOperationException(gone.Message));
    }
}
