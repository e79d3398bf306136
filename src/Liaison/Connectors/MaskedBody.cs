using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Liaison.Connectors;

/// <summary>Brings a body to the form in which it may be kept: its shape and names, and of the values only those that are declared harmless.</summary>
/// <param name="shown">What the CRM's connector declares.</param>
/// <param name="fields">The fields whose values the configuration lets be shown.</param>
/// <param name="longest">How many characters are kept.</param>
internal sealed class MaskedBody(BodyDescriptor shown, IReadOnlySet<string> fields, int longest)
{
    /// <summary>What stands behind the last character that was kept.</summary>
    public const char Cut = '…';

    // Ids are looked for no further: what a call of such a size is about is told by its run.
    private const int LongestSearch = 1024 * 1024;
    private const int LongestWord = 100;

    private static readonly string[] ShownForm = ["grant_type", "token_type_hint"];

    private BodyDescriptor Shown => shown;

    private IReadOnlySet<string> Fields => fields;

    private int Longest => longest;

    /// <summary>Masks a body and gathers the ids of records in it.</summary>
    /// <param name="keep">Whether the text is wanted; without it only ids are gathered.</param>
    /// <param name="isRequest">Whether it is a request's, in which an id may be the value of a field.</param>
    public string? Read(ReadOnlySpan<byte> body, string? contentType, bool keep, bool isRequest, RecordIds ids)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        if (contentType == "application/x-www-form-urlencoded")
        {
            return keep ? Form(Encoding.UTF8.GetString(body)) : null;
        }

        var looksForIds = !(isRequest && Shown.ForeignKeyName is { } foreign && body.IndexOf(Encoding.UTF8.GetBytes($"\"{foreign}\"")) >= 0);
        var text = new StringBuilder();
        try
        {
            new Walk(this, text, keep, looksForIds ? ids : null).Run(body);
        }
        catch (Exception cut) when (cut is JsonException or InvalidOperationException)
        {
            // An answer that was cut short, or an edge's HTML: what was read so far may stand.
            text.Append(CultureInfo.InvariantCulture, $"[not JSON, {body.Length} bytes]");
        }

        return keep ? text.ToString() : null;
    }

    /// <summary>Tells whether a text is a word of the protocol and no sentence, address or secret.</summary>
    internal static bool IsWord(string text) =>
        text.Length is > 0 and <= LongestWord && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':');

    private static bool IsName(string text) => IsWord(text) && (char.IsAsciiLetter(text[0]) || text[0] == '_');

    private static string Masked(long length) => string.Create(CultureInfo.InvariantCulture, $"[text {length}]");

    private static string Form(string form) => string.Join('&', form.Split('&').Select(pair => pair.Split('=', 2) switch
    {
        [var name, var value] when IsName(name) => $"{name}={(ShownForm.Contains(name) && IsWord(value) ? value : Masked(value.Length))}",
        _ => "[name]",
    }));

    /// <summary>One walk along a body's tokens.</summary>
    private sealed class Walk(MaskedBody mask, StringBuilder text, bool keep, RecordIds? ids)
    {
        private readonly Stack<Level> levels = new([new Level("", isArray: true, isFields: false)]);
        private string name = "";
        private bool writes = keep;

        public void Run(ReadOnlySpan<byte> body)
        {
            var reader = new Utf8JsonReader(body);
            while ((writes || (ids is { IsFull: false } && reader.BytesConsumed < LongestSearch)) && reader.Read())
            {
                Take(ref reader);
                if (writes && text.Length > mask.Longest)
                {
                    text.Length = mask.Longest;
                    text.Append(Cut);
                    writes = false;
                }
            }
        }

        private void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    Write(levels.Peek().Separate(), "\"", IsName(name) ? name : "[name]", "\":");
                    break;

                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Begin(reader.TokenType == JsonTokenType.StartArray);
                    break;

                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    levels.Pop();
                    Write(reader.TokenType == JsonTokenType.EndArray ? "]" : "}");
                    break;

                default:
                    var level = levels.Peek();
                    Write(level.IsArray ? level.Separate() : "", Value(ref reader, level));
                    break;
            }
        }

        private void Begin(bool isArray)
        {
            var outer = levels.Peek();
            Write(outer.IsArray ? outer.Separate() : "", isArray ? "[" : "{");
            var called = outer.IsArray ? outer.Name : name;
            levels.Push(new Level(called, isArray, outer.IsFields || (!isArray && mask.Shown.FieldObjects.Contains(called))));
        }

        private string Value(ref Utf8JsonReader reader, Level level)
        {
            var called = level.IsArray ? level.Name : name;
            if (ids is not null && !level.IsFields && mask.Shown.RecordIdNames.Contains(called) && (reader.TokenType is JsonTokenType.String or JsonTokenType.Number))
            {
                var id = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                if (mask.Shown.IsRecordId(id))
                {
                    ids.Add(id);
                    return $"\"{id}\"";
                }
            }

            var isShown = mask.Fields.Contains(called) || (!level.IsFields && mask.Shown.ShownNames.Contains(called));
            return reader.TokenType switch
            {
                JsonTokenType.Null => "null",
                JsonTokenType.String when reader.ValueSpan.IsEmpty => "\"\"",
                JsonTokenType.String when isShown && reader.GetString() is { } word && IsWord(word) => $"\"{word}\"",
                JsonTokenType.String => $"\"{Masked(reader.ValueSpan.Length)}\"",
                _ when isShown => Encoding.UTF8.GetString(reader.ValueSpan),
                JsonTokenType.Number => "\"[number]\"",
                _ => "\"[flag]\"",
            };
        }

        private void Write(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
            {
                if (writes)
                {
                    text.Append(part);
                }
            }
        }
    }

    /// <summary>An open object or array.</summary>
    /// <param name="name">The name that its items go by.</param>
    /// <param name="isFields">Whether it is, or is within, the fields of a record.</param>
    private sealed class Level(string name, bool isArray, bool isFields)
    {
        private bool begun;

        public string Name => name;

        public bool IsArray => isArray;

        public bool IsFields => isFields;

        /// <summary>Gives what goes before the next item.</summary>
        public string Separate()
        {
            var separator = begun ? "," : "";
            begun = true;
            return separator;
        }
    }
}

/// <summary>The ids of the records that a call touched, each once, up to a bound.</summary>
internal sealed class RecordIds
{
    private const int Most = 2_000;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public bool IsFull => seen.Count >= Most;

    public IReadOnlyList<string> All => [.. seen];

    public void Add(string id)
    {
        if (!IsFull)
        {
            seen.Add(id);
        }
    }
}
