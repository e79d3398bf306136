using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Where a query stands; it holds no text of a record, only ids and times.</summary>
/// <param name="Query">Of which statement it is a cursor: the rest of another would be given without a word.</param>
/// <param name="LastId">The id of the last record given.</param>
/// <param name="LastTime">Where the order is by a time, that of the last record given.</param>
/// <param name="Rest">The path under which Salesforce keeps the rest, for two days; afterwards the query goes on behind the last record.</param>
/// <param name="Offset">How many records were given, in an order that can only be counted off.</param>
internal sealed record QueryCursor(string Query, string LastId, DateTimeOffset? LastTime, string? Rest, int Offset)
{
    internal string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, CursorJson.Default.QueryCursor));

    /// <returns><see langword="null"/> for a text that is no cursor of this query, or that would have any other call made than for the rest of one.</returns>
    internal static QueryCursor? Decode(string text, string query)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text)), CursorJson.Default.QueryCursor)
                is { LastId: not null, Offset: >= 0 } cursor && cursor.Query == query && (cursor.Rest is null || SalesforcePaths.IsRestOfQuery(cursor.Rest)) ? cursor : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Names a statement shortly.</summary>
    internal static string NameOf(string soql) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(soql)).AsSpan(..12));
}

/// <summary>The form in which a cursor travels to the caller and back.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(QueryCursor))]
internal sealed partial class CursorJson : JsonSerializerContext;
