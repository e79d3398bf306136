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
            if (headers is null || !headers.TryGetValues(header.Name, out var values) || Parse(values.First()) is not { } number)
            {
                continue;
            }

            var at = readings.FindIndex(reading => reading.Kind == header.Kind);
            var reading = With(at < 0 ? new LimitReading(header.Kind) : readings[at], header.Meaning, number);
            if (at < 0)
            {
                readings.Add(reading);
            }
            else
            {
                readings[at] = reading;
            }
        }

        return readings;
    }

    private static LimitReading With(LimitReading reading, LimitHeaderMeaning meaning, long number) => meaning switch
    {
        LimitHeaderMeaning.Permits => reading with { Permits = number },
        LimitHeaderMeaning.Remaining => reading with { Remaining = number },
        LimitHeaderMeaning.WindowMilliseconds => reading with { Window = TimeSpan.FromMilliseconds(number) },
    };

    // Lenient: Dataverse is seen to send thousands separators. A number beyond reason is no number.
    private static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue
            ? number
            : null;
}
