namespace Liaison.Emulators.World;

/// <summary>A seeded source of chance (SplitMix64) whose draws are the same on every machine and .NET version.</summary>
/// <remarks>Only integer and IEEE basic arithmetic: <see cref="Math.Exp"/> and its like may differ in the last bit between platforms.</remarks>
internal sealed class Dice
{
    private ulong _state;

    public Dice(int seed, string stream)
    {
        // FNV-1a over the stream's name: a draw more in one part of the world leaves the others as they were.
        var hash = 14695981039346656037UL ^ (uint)seed;

        foreach (var letter in stream)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        _state = hash;
        Next();
    }

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Unit() < share;

    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>The index of one of the weights, likelier the heavier it is.</summary>
    public int Weighted(params ReadOnlySpan<int> weights)
    {
        var total = 0;

        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = Below(total);
        var index = 0;

        while (left >= weights[index])
        {
            left -= weights[index++];
        }

        return index;
    }

    /// <summary>A value near log-normal: a product of eight factors, each as likely to grow as to shrink it.</summary>
    public double Spread(double median, double reach)
    {
        var value = median;

        for (var factor = 0; factor < 8; factor++)
        {
            var step = 1 + (reach * Unit());
            value = Chance(0.5) ? value * step : value / step;
        }

        return value;
    }

    /// <summary>An instant between the two, in whole milliseconds as CRMs keep them; <paramref name="from"/> if they are in the wrong order.</summary>
    public DateTimeOffset Instant(DateTimeOffset from, DateTimeOffset to)
    {
        var milliseconds = (long)((to - from).TotalMilliseconds * Unit());

        return milliseconds <= 0 ? from : from.AddMilliseconds(milliseconds);
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;

        return mixed ^ (mixed >> 31);
    }
}
