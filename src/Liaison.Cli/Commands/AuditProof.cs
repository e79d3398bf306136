using System.Globalization;
using Liaison.Audit;
using Liaison.Cli.Output;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>What was proven of the audit, and what was not, as machines and people read it.</summary>
internal static class AuditProof
{
    private const int MostNamed = 5;

    public static AuditVerificationView Of(
        AuditVerification found, IReadOnlyList<string> keys, IReadOnlyList<string> unclosed, bool headKnown) =>
        new(found.Entries, found.Fault is null, found.FirstBroken, unclosed)
        {
            Fault = found.Fault?.Kind,
            Told = found.Fault?.Sentence,
            Checkpoints = found.Checkpoints,
            NotYetSigned = found.NotYetSigned,
            KeyIds = keys,
            Notes = headKnown || found.Checkpoints == 0
                ? []
                : ["There is no keys/audit-head.json: a cut of the newest entries together with their checkpoints would not be seen."],
        };

    public static AuditVerificationView Of(AuditExportVerification verified) =>
        Of(verified.Found, verified.KeyIds, [], headKnown: true) with
        {
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture, $"Exported at {RunText.Moment(verified.ExportedAt)} from {verified.Installation}, beginning with entry {verified.First}."),
                .. verified.OwnKeys
                    ? new[] { "The keys were taken from the export itself; --public-key holds it against those that were kept apart." }
                    : [],
            ],
        };

    public static void Write(IAnsiConsole console, AuditVerificationView view)
    {
        console.WriteLine(view.Told ?? $"{RunText.Number(view.Entries)} entries, each follows from the one before.");
        if (view.Intact)
        {
            console.WriteLine(view.Checkpoints == 1 ? "1 checkpoint, its signature is good." : $"{RunText.Number(view.Checkpoints)} checkpoints, their signatures are good.");
            console.WriteLine($"not yet signed: {RunText.Number(view.NotYetSigned)}");
        }

        if (view.KeyIds.Count > 0)
        {
            console.WriteLine($"keys: {string.Join(", ", view.KeyIds)}");
        }

        foreach (var note in view.Notes)
        {
            console.WriteLine(TerminalText.Safe(note));
        }

        if (view.Unclosed.Count > 0)
        {
            console.WriteLine($"{view.Unclosed.Count} requests were opened and never closed: {string.Join(", ", view.Unclosed.Take(MostNamed))}");
        }
    }

    public static void Write(IAnsiConsole console, AuditExportView view)
    {
        console.WriteLine($"{view.File}: entries {RunText.Number(view.First)} to {RunText.Number(view.Last)}");
        if (view.FirstBroken is { } broken)
        {
            console.WriteLine($"The chain is broken at entry {RunText.Number(broken)}; the export holds it as it was found, liaison audit verify tells what was done.");
        }
    }
}
