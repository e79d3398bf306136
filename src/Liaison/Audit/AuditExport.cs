using System.Buffers;
using System.Text.Json;

namespace Liaison.Audit;

/// <summary>What an export holds.</summary>
/// <param name="Last">The last entry; one before <paramref name="First"/> where the export holds none.</param>
/// <param name="FirstBroken">The first entry that does not follow from the one before; the export holds it as it was found.</param>
public sealed record AuditExported(long First, long Last, long? FirstBroken);

/// <summary>Writes the chain into a file that proves itself without this installation.</summary>
/// <remarks>JSON lines: a header with the public keys, one line an entry with the bytes that were hashed, checkpoints in their places, a signed seal.</remarks>
public sealed class AuditExport(IAuditStore store, AuditSigner signer, AuditSigningKey key, AuditKeyFolder folder, TimeProvider time)
{
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes the entries from a sequence up to another, or up to the newest; holds a page of them at a time.</summary>
    /// <param name="installation">A name of this installation, for people.</param>
    public async Task<AuditExported> WriteAsync(
        Stream stream, string installation, long from, long? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        var closing = await signer.SignAsync(cancellationToken);
        var last = Math.Min(until ?? long.MaxValue, closing?.Sequence ?? 0);
        using var keys = folder.ReadPublicKeys();
        var query = new AuditQuery(After: from - 1, Limit: int.MaxValue) { Before = last + 1 };
        await using var rows = store.ReadAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var signed = new AuditCheckpointCursor(
            store.ReadCheckpointsAsync(from, cancellationToken).GetAsyncEnumerator(cancellationToken));
        await signed.AdvanceAsync();

        var any = await rows.MoveNextAsync();
        var walk = new AuditWalk(keys, from, any ? rows.Current.PreviousHash : AuditChain.Genesis);
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new AuditExportHeader(AuditExportHeader.Version, installation, time.GetUtcNow(), from, walk.Hash, keys.Pem),
            AuditExportJson.Default.AuditExportHeader);
        var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
        buffer.Write(header);
        buffer.Write("\n"u8);

        long? broken = null;
        await using var writer = AuditExportFormat.Writer(buffer);
        for (; any; any = await rows.MoveNextAsync())
        {
            var row = rows.Current;
            AuditExportFormat.Write(writer, row);
            broken ??= walk.Follow(row) ? null : walk.Next;
            EndLine(writer, buffer);
            if (signed.Next is { } checkpoint && checkpoint.Sequence == row.Sequence)
            {
                AuditExportFormat.Write(writer, checkpoint);
                EndLine(writer, buffer);
                await signed.AdvanceAsync();
            }

            if (buffer.WrittenCount >= FlushAt)
            {
                await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }
        }

        AuditExportFormat.Write(writer, AuditSeal.Sign(key, AuditExportFormat.HashOf(header), walk));
        EndLine(writer, buffer);
        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        return new AuditExported(from, walk.Next - 1, broken);
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }
}
