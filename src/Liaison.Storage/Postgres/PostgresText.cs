using System.Text;

namespace Liaison.Storage.Postgres;

/// <summary>Texts as PostgreSQL takes them.</summary>
internal static class PostgresText
{
    /// <summary>Replaces what no PostgreSQL text can hold, the null character and halves of surrogate pairs, by the replacement character.</summary>
    /// <remarks>A CRM's words may hold anything; a sentence with one such character must not stop an item from getting its end.</remarks>
    public static string Storable(string text)
    {
        if (!NeedsMending(text))
        {
            return text;
        }

        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            mended.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return mended.ToString();
    }

    /// <summary>Cuts a time to the millisecond.</summary>
    public static DateTime ToMillisecond(this DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).UtcDateTime;

    private static bool NeedsMending(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text.Contains('\0', StringComparison.Ordinal);
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0 || rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }
}
