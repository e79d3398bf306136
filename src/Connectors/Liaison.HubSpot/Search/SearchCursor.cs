using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.HubSpot.Search;

/// <summary>By what a query goes on to its next page.</summary>
internal enum SearchStep
{
    /// <summary>From the last time seen, inclusive, less the records seen at it.</summary>
    Forward,

    /// <summary>Among records of one time, from the last id seen.</summary>
    Tie,

    /// <summary>By HubSpot's own offset, which ends at 10,000.</summary>
    Offset,
}

/// <summary>Where a query stands; it holds no text of a record, only times and ids.</summary>
/// <param name="Key">The time in milliseconds from which to go on; <see langword="null"/> on the first page.</param>
/// <param name="LastId">In a tie, the last id given.</param>
/// <param name="Seen">The ids that were given already and would be met again.</param>
/// <param name="After">HubSpot's own cursor, where a page brought nothing new although more follow.</param>
internal sealed record SearchCursor(SearchStep Step, long? Key, string? LastId, IReadOnlyList<string> Seen, string? After)
{
    internal static SearchCursor Beginning(SearchStep step) => new(step, null, null, [], null);

    internal string Encode() =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, CursorJson.Default.SearchCursor));

    /// <returns><see langword="null"/> for a text that is no cursor of this connector.</returns>
    internal static SearchCursor? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text)), CursorJson.Default.SearchCursor)
                is { Seen: not null } cursor && Enum.IsDefined(cursor.Step) ? cursor : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The form in which a cursor travels to the caller and back.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SearchCursor))]
internal sealed partial class CursorJson : JsonSerializerContext;
