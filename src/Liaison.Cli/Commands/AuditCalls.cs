using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Identity;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison audit show --calls</c>: what was asked of the CRMs, and how it went.</summary>
internal static class AuditCalls
{
    public static Option<bool> Calls { get; } = new("--calls")
    {
        Description = "The calls to the CRMs instead of the entries, newest first; --trace takes the CRM's correlation id or the caller's own id as well.",
    };

    public static Option<bool> Failed { get; } = new("--failed") { Description = "With --calls: only those that failed." };

    public static Option<int?> Status { get; } = new("--status") { Description = "With --calls: only those with this HTTP status." };

    public static Option<long?> Before { get; } = new("--before") { Description = "With --calls: only those before this number, for the next page." };

    public static Option<bool> Bodies { get; } = new("--bodies") { Description = "With --calls: show the masked bodies, where they are kept." };

    /// <summary>Tells of options that go only with calls, or only without them.</summary>
    public static Failure? Mixed(ParseResult parsed, params IReadOnlyList<Option> ofEntries)
    {
        var asked = parsed.GetValue(Calls);
        IReadOnlyList<Option> wrong = asked ? ofEntries : [Failed, Status, Before, Bodies];
        return wrong.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } named
            ? new Failure(FailureKind.Invalid, asked ? $"{named.Name} is for entries and not for calls; leave it or --calls out." : $"{named.Name} is for calls; add --calls.")
            : null;
    }

    public static async Task<int> ShowAsync(Invocation invocation, CallQuery query, CancellationToken cancellationToken)
    {
        var listed = await invocation.Installation.Operations.ListCallsAsync(Callers.Of(invocation, Purpose.Administration), query, cancellationToken);
        if (!listed.TryGet(out var rows, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<CallDocument> calls = [.. rows.Select(CallDocument.Of)];
        return invocation.Printer.Show(calls, CliJson.Default.IReadOnlyListCallDocument, console => Write(console, calls, invocation.Parsed.GetValue(Bodies)));
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<CallDocument> calls, bool withBodies)
    {
        console.Write(Printer.TableOf(
            ["#", "at", "connection", "call", "status", "took", "records", "run or trace", "what failed", "CRM's id"],
            calls.Select(call => new[]
            {
                RunText.Number(call.Number), RunText.Moment(call.At), call.Connection, $"{call.Method} {call.Name}", call.Status is { } status ? $"{status}" : "none",
                FormattableString.Invariant($"{call.Milliseconds:0} ms"), RunText.Number(call.RecordIds.Count), call.RunId ?? call.TraceId ?? "",
                call.Told ?? call.Failure ?? "", call.CorrelationId ?? "",
            })));
        foreach (var call in withBodies ? calls : [])
        {
            console.WriteLine($"#{call.Number} {call.Method} {call.Url}");
            console.WriteLine($"  asked    {TerminalText.Safe(call.RequestBody ?? "nothing kept")}");
            console.WriteLine($"  answered {TerminalText.Safe(call.AnswerBody ?? "nothing kept")}");
        }
    }
}
