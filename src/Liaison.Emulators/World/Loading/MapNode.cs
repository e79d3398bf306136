using YamlDotNet.RepresentationModel;

namespace Liaison.Emulators.World.Loading;

/// <summary>A place in a map file that knows its line and refuses what was not expected there.</summary>
internal sealed class MapNode(string path, YamlNode node)
{
    public int Line => (int)node.Start.Line;

    public WorldLoadException Wrong(string what) => new($"{path}, line {Line}: {what}.");

    public string Text() =>
        node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Wrong("expected a single value");

    public string OneOf(params string[] expected)
    {
        var text = Text();

        return expected.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Wrong($"'{text}' is not known here; expected {string.Join(", ", expected)}");
    }

    public IReadOnlyList<string> Texts() =>
        node is YamlSequenceNode list
            ? [.. list.Children.Select(child => new MapNode(path, child).Text())]
            : throw Wrong("expected a list");

    public IReadOnlyList<MapEntry> Entries() =>
        node is YamlMappingNode mapping
            ? [.. mapping.Children.Select(pair => new MapEntry(new MapNode(path, pair.Key).Text(), new MapNode(path, pair.Value)))]
            : throw Wrong("expected a mapping of names");

    public MapNode? Find(string key) => Entries().FirstOrDefault(entry => entry.Key == key)?.Value;

    public void KnowsOnly(IReadOnlyList<string> keys)
    {
        if (Entries().FirstOrDefault(entry => !keys.Contains(entry.Key)) is { } unknown)
        {
            throw unknown.Value.Wrong($"'{unknown.Key}' is not known here; expected {string.Join(", ", keys)}");
        }
    }
}

/// <summary>A named place in a map file.</summary>
internal sealed record MapEntry(string Key, MapNode Value);
