using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison key</c>: the API keys by which agents and tools prove themselves.</summary>
internal static class KeyCommands
{
    private static readonly Argument<string> Id = new("key") { Description = "The key's id, as liaison key list shows it; never the key itself." };

    private static readonly Option<string> Name = new("--name") { Description = "What people call the key, as in \"Anna's assistant\".", Required = true };

    private static readonly Option<string> Subject = new("--subject")
    {
        Description = "Whose rights the key carries: a user's id, or a named principal.",
        Required = true,
    };

    private static readonly Option<string> Holder = new("--actor") { Description = "The agent or tool that will hold the key, as grants name it.", Required = true };

    private static readonly Option<string[]> Purposes = new("--purpose")
    {
        Description = "What the key may be used for; give it again for more. The first is meant where a request states none.",
        DefaultValueFactory = _ => [Purpose.Assistance.Name],
    };

    private static readonly Option<string[]> Connections = new("--connection")
    {
        Description = "A connection that the key reaches; give it again for more. The default is all that grants open.",
    };

    private static readonly Option<TimeSpan?> Life = new("--expires-in")
    {
        Description = "How long the key is valid, as in 90d or 12h; the default is 90 days, the most 366.",
        CustomParser = OptionChecks.Duration,
    };

    public static Command Create() => Verb.Group(
        "key",
        "Make, list and revoke API keys.",
        Verb.Of("create", "Make a key and print it, this once.", [Name, Subject, Holder, Purposes, Connections, Life, GlobalOptions.As], CreateAsync),
        Verb.Of("list", "List keys, newest first.", [GlobalOptions.As], ListAsync),
        Verb.Of("revoke", "Revoke a key for good, from its next request on.", [Id, GlobalOptions.As], RevokeAsync));

    private static async Task<int> CreateAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var request = new KeyRequest(
            parsed.GetRequiredValue(Name),
            parsed.GetRequiredValue(Subject),
            parsed.GetRequiredValue(Holder),
            [.. parsed.GetRequiredValue(Purposes).Select(name => new Purpose(name))],
            parsed.GetValue(Connections) is { Length: > 0 } names ? [.. names.Select(name => new ConnectionName(name))] : null,
            parsed.GetValue(Life));
        var created = await invocation.Installation.Administration.CreateKeyAsync(CallerOf(invocation), request, cancellationToken);
        if (!created.TryGet(out var issued, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var view = new IssuedKeyView(issued.Reveal(), ViewOf(issued.Key));
        return invocation.Printer.Show(view, CliJson.Default.IssuedKeyView, console =>
        {
            // Not through the table's console, which would break the line.
            Console.Out.WriteLine(view.Key);
            console.WriteLine($"This is the only time that it is shown. It is valid until {RunText.Moment(view.Details.ExpiresAt)}; liaison key revoke {view.Details.Id} ends it.");
        });
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (!(await invocation.Installation.Administration.ListKeysAsync(CallerOf(invocation), cancellationToken)).TryGet(out var keys, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var now = invocation.Installation.Time.GetUtcNow();
        IReadOnlyList<KeyView> views = [.. keys.Select(ViewOf)];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListKeyView, console => console.Write(Printer.TableOf(
            ["key", "name", "subject", "actor", "purposes", "connections", "state", "expires", "last used"],
            keys.Zip(views, (key, view) => new[]
            {
                view.Id, view.Name, view.Subject, view.Actor, string.Join(", ", view.Purposes),
                view.Connections is { } reach ? string.Join(", ", reach) : "all", key.RevokedAt is not null ? "revoked" : key.IsValid(now) ? "valid" : "expired",
                RunText.Moment(view.ExpiresAt), view.LastUsedAt is { } used ? RunText.Moment(used) : "never",
            }))));
    }

    private static async Task<int> RevokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var revoked = await invocation.Installation.Administration.RevokeKeyAsync(
            CallerOf(invocation), invocation.Parsed.GetRequiredValue(Id), cancellationToken);
        if (!revoked.TryGet(out var key, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        return invocation.Printer.Show(ViewOf(key), CliJson.Default.KeyView, console =>
            console.WriteLine($"{key.Id} proves nobody any more, since {RunText.Moment(key.RevokedAt!.Value)}."));
    }

    private static Caller CallerOf(Invocation invocation) => Callers.Of(invocation, Purpose.Administration);

    private static KeyView ViewOf(ApiKey key) => new(
        key.Id, key.Name, key.Subject.Kind, key.Subject.Id, key.Actor.Id, [.. key.Purposes.Select(purpose => purpose.Name)],
        key.Connections?.Select(connection => connection.Value).ToList(), key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}
