using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Liaison.Failures;

namespace Liaison.Audit;

/// <summary>What the verification of an export found, made without the installation that wrote it.</summary>
/// <param name="First">The sequence that the export begins with.</param>
/// <param name="KeyIds">The fingerprints of the keys that it was held against.</param>
/// <param name="OwnKeys">Whether those keys stem from the export itself: then whoever forged it could have put theirs there.</param>
public sealed record AuditExportVerification(
    AuditVerification Found, string Installation, DateTimeOffset ExportedAt, long First, IReadOnlyList<string> KeyIds, bool OwnKeys)
{
    /// <summary>Verifies an export, holding one line at a time.</summary>
    /// <param name="trusted">The keys to hold it against; <see langword="null"/> takes those in its header.</param>
    /// <returns><see cref="FailureKind.Invalid"/> where the stream is no export of a version that is known here.</returns>
    public static async Task<Result<AuditExportVerification>> VerifyAsync(
        Stream export, AuditPublicKeys? trusted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(export);
        var lines = new AuditExportLines(export);
        if (await lines.NextAsync(cancellationToken) is not { } first || AuditExportFormat.ReadHeader(first.Span) is not { } header)
        {
            return new Failure(FailureKind.Invalid, "This is no export of the audit: its first line is no header; liaison audit export writes one.");
        }

        if (header.LiaisonAudit != AuditExportHeader.Version || header.From < 1)
        {
            return new Failure(FailureKind.Invalid, "This export was written in a format that is not known here; verify it with the version of liaison that wrote it.");
        }

        var headerHash = AuditExportFormat.HashOf(first.Span);
        using var own = KeysOf(header);
        if (own is null && trusted is null)
        {
            return new Failure(FailureKind.Invalid, "The header of this export holds no public keys that can be read; give them with --public-key.");
        }

        var keys = trusted ?? own!;
        var found = await WalkAsync(lines, new AuditWalk(keys, header.From, header.PreviousHash), keys, headerHash, cancellationToken);
        return new AuditExportVerification(found, header.Installation, header.ExportedAt, header.From, keys.Ids, trusted is null);
    }

    private static AuditPublicKeys? KeysOf(AuditExportHeader header)
    {
        try
        {
            return AuditPublicKeys.FromPem(header.PublicKeys);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<AuditVerification> WalkAsync(
        AuditExportLines lines, AuditWalk walk, AuditPublicKeys keys, string headerHash, CancellationToken cancellationToken)
    {
        while (await lines.NextAsync(cancellationToken) is { } text)
        {
            var line = AuditExportFormat.Read(text.Span);
            if (line.Seal is { } seal)
            {
                var fault = seal.Judge(walk, keys, headerHash)
                    ?? (await lines.NextAsync(cancellationToken) is null && !lines.Torn ? null : walk.Fault(AuditFaultKind.Inserted, walk.Next));
                return AuditVerification.Of(walk, fault) with { NotYetSigned = fault is null ? 0 : walk.Next - 1 - walk.VouchedFor };
            }

            if (line.Row is { } row && !walk.Follow(row))
            {
                await using var rest = RowsAsync(lines, cancellationToken).GetAsyncEnumerator(cancellationToken);
                return AuditVerification.Of(walk, await AuditDiagnosis.OfAsync(walk, row, rest));
            }

            if (line.Checkpoint is { } checkpoint && walk.Pass(checkpoint) is { } wrong)
            {
                return AuditVerification.Of(
                    walk, wrong.Kind == AuditFaultKind.Truncated ? await FindLackAsync(lines, walk, cancellationToken) : wrong);
            }

            if (line is { Row: null, Checkpoint: null })
            {
                return AuditVerification.Of(walk, walk.Fault(AuditFaultKind.Unreadable, walk.Next));
            }
        }

        return AuditVerification.Of(walk, walk.Fault(AuditFaultKind.Truncated, walk.Next));
    }

    // A checkpoint stands before the entry that it covers: that entry is gone, or stands further on.
    private static async Task<AuditFault> FindLackAsync(AuditExportLines lines, AuditWalk walk, CancellationToken cancellationToken)
    {
        await using var rest = RowsAsync(lines, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await rest.MoveNextAsync())
        {
            return walk.Fault(AuditFaultKind.Truncated, walk.Next);
        }

        return AuditChain.Follows(rest.Current, walk.Next, walk.Hash)
            ? walk.Fault(AuditFaultKind.OutOfOrder, walk.Next)
            : await AuditDiagnosis.OfAsync(walk, rest.Current, rest);
    }

    private static async IAsyncEnumerable<AuditRow> RowsAsync(
        AuditExportLines lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await lines.NextAsync(cancellationToken) is { } text)
        {
            if (AuditExportFormat.Read(text.Span).Row is { } row)
            {
                yield return row;
            }
        }
    }
}
