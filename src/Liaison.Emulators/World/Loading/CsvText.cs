using System.Text;

namespace Liaison.Emulators.World.Loading;

/// <summary>A file's text in lines, decoded as its bytes allow.</summary>
internal sealed record CsvText(IReadOnlyList<string> Lines, string? Note)
{
    public static CsvText Read(string path)
    {
        var bytes = Bytes(path);
        var (text, note) = Decode(bytes, Path.GetFileName(path));

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new WorldLoadException($"{path} is empty; expected a header line with column names.");
        }

        // Not ReplaceLineEndings: it would also break at U+0085, which is "…" in files of Western Windows.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

        return new CsvText(lines, note);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WorldLoadException($"{path} does not exist; expected a CSV file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WorldLoadException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static Decoded Decode(byte[] bytes, string name)
    {
        if (bytes is [0xFF, 0xFE, ..])
        {
            return new(Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2), $"{name} was read as UTF-16.");
        }

        if (bytes is [0xFE, 0xFF, ..])
        {
            return new(Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2), $"{name} was read as UTF-16.");
        }

        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;

        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return new(strict.GetString(bytes, start, bytes.Length - start), null);
        }
        catch (DecoderFallbackException)
        {
            return new(Encoding.Latin1.GetString(bytes), $"{name} is not valid UTF-8 and was read as Latin-1.");
        }
    }

    private readonly record struct Decoded(string Text, string? Note);
}
