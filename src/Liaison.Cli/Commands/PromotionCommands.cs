using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison promotion</c>: which writes go to production, and on what ground.</summary>
internal static class PromotionCommands
{
    private static readonly Argument<string> Connection = new("connection") { Description = "The connection to production." };

    private static readonly Argument<string[]> Writes = new("writes")
    {
        Description = "The writes, as in contact.ai_score or contact.create-task.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> From = new("--from") { Description = "The connection to a sandbox of the same CRM that was seen to take the writes.", Required = true };

    private static readonly Option<string> Run = new("--run") { Description = "The sandbox run whose change sets alone count; it has to have passed. By default the newest change sets of the sandbox do." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why, in a sentence; the audit keeps it.", Required = true };

    public static Command Create() => Verb.Group(
        "promotion",
        "Let writes into production that a sandbox was seen to take, and take that back.",
        Verb.Of("list", "Tell how each write stands that grants open on a connection to production.", [Connection, GlobalOptions.As], ListAsync),
        Verb.Of("make", "Promote each write that is opened and that a sandbox was seen to take.", [Connection, From, Run, GlobalOptions.As], MakeAsync),
        Verb.Of("override", "Promote writes that no sandbox was seen to take, for a reason.", [Connection, Writes, Reason, GlobalOptions.As], OverrideAsync),
        Verb.Of("withdraw", "Take promotions back: the writes are shown from then on and not sent.", [Connection, Writes, Reason, GlobalOptions.As], WithdrawAsync));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken) => Tell(
        invocation,
        await invocation.Installation.PromotionGateway.ListAsync(CallerOf(invocation), ConnectionOf(invocation), cancellationToken));

    private static async Task<int> MakeAsync(Invocation invocation, CancellationToken cancellationToken) => Tell(
        invocation,
        await invocation.Installation.PromotionGateway.MakeAsync(
            CallerOf(invocation),
            ConnectionOf(invocation),
            new ConnectionName(invocation.Parsed.GetRequiredValue(From)),
            invocation.Parsed.GetValue(Run),
            cancellationToken));

    private static async Task<int> OverrideAsync(Invocation invocation, CancellationToken cancellationToken) => Tell(
        invocation,
        await invocation.Installation.PromotionGateway.OverrideAsync(
            CallerOf(invocation), ConnectionOf(invocation), invocation.Parsed.GetRequiredValue(Writes), invocation.Parsed.GetRequiredValue(Reason), cancellationToken));

    private static async Task<int> WithdrawAsync(Invocation invocation, CancellationToken cancellationToken) => Tell(
        invocation,
        await invocation.Installation.PromotionGateway.WithdrawAsync(
            CallerOf(invocation), ConnectionOf(invocation), invocation.Parsed.GetRequiredValue(Writes), invocation.Parsed.GetRequiredValue(Reason), cancellationToken));

    private static Caller CallerOf(Invocation invocation) => Callers.Of(invocation, Purpose.Administration);

    private static ConnectionName ConnectionOf(Invocation invocation) => new(invocation.Parsed.GetRequiredValue(Connection));

    private static int Tell(Invocation invocation, Result<IReadOnlyList<WriteStanding>> result)
    {
        if (!result.TryGet(out var standing, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<WriteStandingView> views = [.. standing.Select(WriteStandingView.Of)];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListWriteStandingView, console => console.Write(Printer.TableOf(
            ["write", "kept in", "opened to", "promoted", "on what ground"],
            views.Select(view => new[]
            {
                view.Write, view.NativeName ?? "", view.Level.ToLowerInvariant(), view.PromotedAt is { } at ? RunText.Moment(at) : "no", view.Ground,
            }))));
    }
}
