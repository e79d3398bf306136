using System.CommandLine;
using System.Security.Cryptography;
using Liaison.Audit;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Cli.Commands;

/// <summary>The verbs that prove the audit: <c>verify</c>, <c>export</c> and <c>key</c>.</summary>
internal static class AuditProofCommands
{
    private const int MostUnclosed = 100;

    private static readonly Option<string?> ExportFile = new("--export") { Description = "Verify this export, offline: neither configuration nor installation is needed." };

    private static readonly Option<string?> PublicKey = new("--public-key") { Description = "Trust only the keys in this PEM file, as kept from liaison audit key." };

    private static readonly Option<string> To = new("--to") { Description = "The file to write.", Required = true };

    private static readonly Option<long?> From = new("--from") { Description = "The first entry; 1 where none is given.", CustomParser = OptionChecks.Sequence };

    private static readonly Option<long?> Until = new("--until") { Description = "The last entry; the newest where none is given.", CustomParser = OptionChecks.Sequence };

    /// <summary>Makes <c>liaison audit verify</c>, the one verb that opens an installation only where it needs one.</summary>
    public static Command Verify()
    {
        var command = new Command("verify", "Tell the first entry that is not as it was written, and what was done to it.") { ExportFile, PublicKey, GlobalOptions.As };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var printer = GlobalOptions.PrinterOf(parsed);
            if (!TrustedKeys(parsed.GetValue(PublicKey)).TryGet(out var trusted, out var failure))
            {
                return printer.Fail(failure);
            }

            using (trusted.Keys)
            {
                if (parsed.GetValue(ExportFile) is { } file)
                {
                    return await VerifyExportAsync(printer, file, trusted.Keys, cancellationToken);
                }

                await using var installation = await Installation.OpenAsync(
                    InstallationSettings.FromFile(parsed.GetValue(GlobalOptions.Config)!), cancellationToken);
                return await VerifyInstallationAsync(new Invocation(parsed, installation, printer), trusted.Keys, cancellationToken);
            }
        });
        return command;
    }

    public static Command Export() => Verb.Of("export", "Write entries into a file that proves itself elsewhere.", [To, From, Until, GlobalOptions.As], ExportAsync);

    public static Command Key() => Verb.Of(
        "key", "Print the public keys that checkpoints were signed with, as PEM, for an auditor to keep apart.", [], ShowKeysAsync);

    private static async Task<int> VerifyExportAsync(Printer printer, string file, AuditPublicKeys? trusted, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            file, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        return (await AuditExportVerification.VerifyAsync(stream, trusted, cancellationToken)).TryGet(out var verified, out var failure)
            ? Show(printer, AuditProof.Of(verified))
            : printer.Fail(failure);
    }

    private static async Task<int> VerifyInstallationAsync(
        Invocation invocation, AuditPublicKeys? trusted, CancellationToken cancellationToken)
    {
        var (_, installation, printer) = invocation;
        using var own = installation.AuditKeys.ReadPublicKeys();
        var head = installation.AuditKeys.ReadHead();
        var verified = await installation.Administration.VerifyAuditAsync(
            Callers.Of(invocation, Purpose.Administration), trusted ?? own, head, cancellationToken);
        if (!verified.TryGet(out var found, out var failure))
        {
            return printer.Fail(failure);
        }

        var unclosed = await installation.Audit.FindUnclosedAsync(MostUnclosed, cancellationToken);
        return Show(printer, AuditProof.Of(found, (trusted ?? own).Ids, unclosed, headKnown: head is not null));
    }

    private static int Show(Printer printer, AuditVerificationView view)
    {
        printer.Show(view, CliJson.Default.AuditVerificationView, console => AuditProof.Write(console, view));
        return view.Intact ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> ExportAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var file = parsed.GetValue(To)!;
        var written = await invocation.Installation.Administration.ExportAuditAsync(
            Callers.Of(invocation, Purpose.Administration),
            async () =>
            {
                await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write);
                return await invocation.Installation.AuditExport.WriteAsync(
                    stream, Environment.MachineName, parsed.GetValue(From) ?? 1, parsed.GetValue(Until), cancellationToken);
            },
            cancellationToken);
        if (!written.TryGet(out var exported, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var view = new AuditExportView(file, exported.First, exported.Last, exported.FirstBroken);
        invocation.Printer.Show(view, CliJson.Default.AuditExportView, console => AuditProof.Write(console, view));
        return exported.FirstBroken is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<int> ShowKeysAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        // Opening the key makes it where there was none yet, and keeps its public half.
        var current = invocation.Installation.AuditKey.Id;
        using var keys = invocation.Installation.AuditKeys.ReadPublicKeys();
        var view = new AuditKeyView(current, keys.Ids, keys.Pem);
        return Task.FromResult(invocation.Printer.Show(view, CliJson.Default.AuditKeyView, console => console.Profile.Out.Writer.Write(view.Pem)));
    }

    private static Result<Trusted> TrustedKeys(string? file)
    {
        if (file is null)
        {
            return new Trusted(null);
        }

        try
        {
            var keys = AuditPublicKeys.FromPem(File.ReadAllText(file));
            return keys.Ids.Count > 0
                ? new Trusted(keys)
                : new Failure(FailureKind.Invalid, $"{file} holds no public key; liaison audit key prints the ones of an installation.");
        }
        catch (CryptographicException wrong)
        {
            return new Failure(FailureKind.Invalid, $"{file}: {wrong.Message}");
        }
    }

    private sealed record Trusted(AuditPublicKeys? Keys);
}
