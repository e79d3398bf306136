namespace Liaison.Audit;

/// <summary>Reads a stream line by line; a line is as long as it is.</summary>
internal sealed class AuditExportLines(Stream stream)
{
    private const int Longest = 64 * 1024 * 1024;

    private byte[] buffer = new byte[128 * 1024];
    private int start;
    private int searched;
    private int end;

    /// <summary>Gets a value indicating whether the stream ended in the midst of a line, which is then not given.</summary>
    public bool Torn { get; private set; }

    /// <summary>Gives the next line without its end, good until the next call; <see langword="null"/> at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = buffer.AsMemory(start, searched + length - start);
                start = searched = searched + length + 1;
                return line;
            }

            searched = end;
            MakeRoom();
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                Torn = end > start;
                return null;
            }

            end += read;
        }
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (searched, end, start) = (searched - start, end - start, 0);
        }

        if (end == buffer.Length)
        {
            if (buffer.Length >= Longest)
            {
                throw new IOException("A line of the export is longer than any that was ever written.");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
