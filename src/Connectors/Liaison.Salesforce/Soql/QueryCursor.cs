using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Salesforce.Soql;

/// <summary>Where a query stands; it holds no text of a record, only ids and times.</summary>
/// <param name="Query">Of which statement it is a cursor: a locator would give the rows of another without a word.</param>
/// <param name="LastId">The id of the last record given.</param>
/// <param name="LastTime">Where the order is by a time, that of the last record given.</param>
/// <param name="Locator">What Salesforce keeps the rest under, for two days; afterwards the query goes on behind the last record.</param>
/// <param name="Offset">How many records were given, in an order that can only be counted off.</param>
internal sealed record QueryCursor(string Query, string LastId, DateTimeOffset? LastTime, string? Locator, int Offset)
{
    private const int LongestLocator = 64;

    internal string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, CursorJson.Default.QueryCursor));

    /// <returns><see langword="null"/> for a text that is no cursor of this query.</returns>
    internal static QueryCursor? Decode(string text, string query)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text)), CursorJson.Default.QueryCursor)
                is { LastId: not null, Offset: >= 0 } cursor && cursor.Query == query && (cursor.Locator is null || IsLocator(cursor.Locator)) ? cursor : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Names a statement shortly.</summary>
    internal static string NameOf(string soql) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(soql)).AsSpan(..12));

    internal static bool IsLocator(string text) =>
        text.Length is > 0 and <= LongestLocator && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}

/// <summary>The form in which a cursor travels to the caller and back.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(QueryCursor))]
internal sealed partial class CursorJson : JsonSerializerContext;
