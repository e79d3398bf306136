namespace Liaison.Emulators.Hosting;

/// <summary>Seeded randomness: correlation ids, tokens, the order of batch answers.</summary>
internal sealed class IdSource(int seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly Lock _gate = new();
#pragma warning disable CA5394 // Reproducible by intent: an emulator guards no secret.
    private readonly Random _random = new(seed);

    /// <summary>Makes the correlation id of an answer.</summary>
    public Guid Correlation()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
        {
            _random.NextBytes(bytes);
        }

        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    public string Token(int length)
    {
        lock (_gate)
        {
            return string.Create(length, _random, (text, random) =>
            {
                for (var at = 0; at < text.Length; at++)
                {
                    text[at] = Alphabet[random.Next(Alphabet.Length)];
                }
            });
        }
    }

    /// <summary>Brings a batch's results into another order than that of its inputs (contract section 6.2).</summary>
    public void Shuffle<T>(List<T> items)
    {
        lock (_gate)
        {
            _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
        }
    }

    public double Chance()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }
#pragma warning restore CA5394
}
