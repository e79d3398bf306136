using System.Globalization;
using System.Net.Http.Headers;

namespace Liaison.Connectors;

/// <summary>What one answer's headers say of one limit; what they leave out is <see langword="null"/>.</summary>
internal sealed record LimitReading(LimitKind Kind)
{
    public long? Permits { get; init; }

    public long? Remaining { get; init; }

    public TimeSpan? Window { get; init; }

    public static IReadOnlyList<LimitReading> Read(IReadOnlyList<LimitHeader> declared, HttpResponseHeaders? headers)
    {
        var readings = new List<LimitReading>();
        foreach (var header in declared)
        {
            if (headers is null || !headers.TryGetValues(header.Name, out var values))
            {
                continue;
            }

            var at = readings.FindIndex(reading => reading.Kind == header.Kind);
            var before = at < 0 ? new LimitReading(header.Kind) : readings[at];
            var after = before.With(header.Meaning, values.First());
            if (at >= 0)
            {
                readings[at] = after;
            }
            else if (after != before)
            {
                readings.Add(after);
            }
        }

        return readings;
    }

    // A header that cannot be read is as good as absent.
    private LimitReading With(LimitHeaderMeaning meaning, string text) => meaning switch
    {
        LimitHeaderMeaning.Permits => this with { Permits = Parse(text) },
        LimitHeaderMeaning.Remaining => this with { Remaining = Parse(text) },
        LimitHeaderMeaning.WindowMilliseconds => this with { Window = Parse(text) is { } window ? TimeSpan.FromMilliseconds(window) : null },
        LimitHeaderMeaning.SpentOfPermits => WithSpent(text),
    };

    private LimitReading WithSpent(string text)
    {
        var first = text.Split(';')[0];
        var pair = first[(first.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('/');
        return pair.Length == 2 && Parse(pair[0]) is { } spent && Parse(pair[1]) is { } permits
            ? this with { Permits = permits, Remaining = Math.Max(0, permits - spent) }
            : this;
    }

    // Lenient: Dataverse is seen to send thousands separators. A number beyond reason is no number.
    private static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue
            ? number
            : null;
}
