using System.Text;

namespace Liaison.Emulators.World;

/// <summary>One embedded list file: lines of "key: value | value", whose values add up when a key comes again.</summary>
internal sealed class PartsFile
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly string _name;

    private PartsFile(string name) => _name = name;

    public IReadOnlyList<string> this[string key] =>
        _values.TryGetValue(key, out var values)
            ? values
            : throw new InvalidDataException($"The list file {_name} has no line '{key}:'.");

    public static PartsFile Read(string name)
    {
        var path = $"Liaison.Emulators.World.Parts.{name}.txt";
        using var stream = typeof(PartsFile).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidDataException($"The list file {path} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var file = new PartsFile(name);

        while (reader.ReadLine() is { } line)
        {
            file.Add(line);
        }

        return file;
    }

    private void Add(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);

        if (colon < 0 || line[0] == '#')
        {
            return;
        }

        if (!_values.TryGetValue(line[..colon], out var values))
        {
            _values[line[..colon]] = values = [];
        }

        values.AddRange(line[(colon + 2)..].Split(" | "));
    }
}
