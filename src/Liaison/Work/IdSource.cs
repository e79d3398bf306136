namespace Liaison.Work;

/// <summary>Makes the ids of runs, change sets and traces: ordered by time, unguessable enough to be unique, easy to read out.</summary>
public sealed class IdSource(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Makes an id of 26 letters and digits behind a prefix that tells what it names, as in <c>run-01jd…</c>.</summary>
    public string Next(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(time.GetUtcNow()).TryWriteBytes(bytes, bigEndian: true, out _);

        return string.Create(prefix.Length + 27, (prefix, id: new UInt128(Read(bytes[..8]), Read(bytes[8..]))), static (text, state) =>
        {
            state.prefix.CopyTo(text);
            text[state.prefix.Length] = '-';
            var rest = state.id;
            for (var place = text.Length - 1; place > state.prefix.Length; place--)
            {
                text[place] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    private static ulong Read(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
