using System.Globalization;
using System.Text;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Cursors and the links that carry them.</summary>
internal static class Paging
{
    /// <summary>Wraps a record id so that nobody takes the cursor for one.</summary>
    public static string Encode(long id) => Convert.ToBase64String(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture))).TrimEnd('=');

    /// <summary>Reads a cursor; an absent one is the beginning, <see langword="null"/> one that was never given out.</summary>
    public static long? Decode(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return 0;
        }

        // Clients that kept a record id as their cursor are served too: an encoded cursor never is a number.
        if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        Span<byte> bytes = stackalloc byte[32];
        var padded = cursor.PadRight((cursor.Length + 3) / 4 * 4, '=');
        return padded.Length <= 40 && Convert.TryFromBase64String(padded, bytes, out var length)
            && long.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    public static void Write(Utf8JsonWriter json, string after, string link)
    {
        json.WriteStartObject("paging");
        json.WriteStartObject("next");
        json.WriteString("after", after);
        json.WriteString("link", link);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Gives the address of the next page: that of this one with another cursor.</summary>
    public static string Link(Call call, string after)
    {
        var link = new StringBuilder(call.Origin).Append(call.Request.Path.Value).Append('?');
        foreach (var (name, values) in call.Request.Query)
        {
            foreach (var value in values.Where(_ => name != "after"))
            {
                link.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? "")).Append('&');
            }
        }

        return link.Append("after=").Append(Uri.EscapeDataString(after)).ToString();
    }
}
